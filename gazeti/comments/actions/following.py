"""Following a discussion and muting somebody: beginning, ending, and what appeared for whoever follows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Value, When
from django.db.models.functions import Coalesce

from gazeti import log
from gazeti.accounts.actions import claimed_reader, hold_reader
from gazeti.accounts.models import Reader
from gazeti.comments.models import Appearance, Comment, Follow, Mute
from gazeti.comments.queries.following import KEPT, News, follow_of, news_for
from gazeti.log.clock import Item

PAUSE = timedelta(minutes=10)
"""The least between two mails to one reader about one discussion."""


@transaction.atomic
def follow_discussion(reader: Reader, *, story: int, root: int = 0, now: datetime) -> Follow:
    """Write to a reader of what appears from now on in a story, or in one of its threads; who follows it, goes on.

    Raises Erased.
    """
    hold_reader(reader)
    facts = {"since": now, "told_position": log.head()}
    return Follow.objects.get_or_create(reader=reader, story_id=story, root=root, defaults=facts)[0]


@transaction.atomic
def confirm_follow(email: str, *, story: int, root: int, now: datetime) -> Follow:
    """Let somebody follow who has the link that was sent to their address, and so the address. Raises Erased."""
    proven = Reader.objects.filter(user__isnull=False, email=email).first()
    return follow_discussion(proven or claimed_reader(email, now=now), story=story, root=root, now=now)


@transaction.atomic
def stop_follow(number: int) -> Follow | None:
    """Write no more; what ended, or None where it had. Somebody of whom nothing else is kept is forgotten."""
    follow = Follow.objects.select_related("story", "reader").filter(pk=number).first()
    if follow is not None:
        Follow.objects.filter(pk=number).delete()
        _forget_stranger(follow.reader)
    return follow


@transaction.atomic
def mute_writer(reader: Reader, *, comment: Comment, now: datetime) -> None:
    """Show a reader nothing more of whoever wrote the comment, unless it was themselves. Raises Erased."""
    hold_reader(reader)
    if comment.reader_id and comment.reader_id != reader.pk:
        Mute.objects.get_or_create(reader=reader, muted_id=comment.reader_id, defaults={"since": now})


def unmute_writer(reader: Reader, *, number: int) -> None:
    """End a reader's own mute."""
    Mute.objects.filter(reader=reader, pk=number).delete()


def note_appearances(entries: Sequence[log.Entry]) -> None:
    """Of what was published, note what appeared where somebody follows, and when each of them is written to.

    Called by the log's follower, once for each entry; a comment that was shown before is not new.
    """
    published = {entry.data["comment"]: entry for entry in entries if entry.kind == "published"}
    if not published:
        return
    followed = Follow.objects.filter(story=OuterRef("story"))
    comments = Comment.objects.filter(Exists(followed), pk__in=published).values_list("pk", "story", "root")
    rows = [
        Appearance(comment_id=pk, story_id=story, position=published[pk].position, at=published[pk].at)
        for pk, story, _root in comments
    ]
    Appearance.objects.bulk_create(rows, ignore_conflicts=True)
    _let_know({(story, root) for _pk, story, root in comments}, now=entries[-1].at)


def take_news(item: Item, *, now: datetime) -> News | None:
    """What a follower is now to be written of; None where nothing of it is there for them any more."""
    follow = follow_of(item, is_to_be_written=True)
    if follow is None or not follow.due_at or follow.due_at > now:
        return None
    news = news_for(follow)
    told = {"told_at": now} if news.total else {}
    Follow.objects.filter(pk=follow.pk).update(due_at=None, told_position=news.position, **told)
    return news if news.total else None


def drop_appearances(_item: Item, *, now: datetime) -> None:
    """Forget what appeared long ago."""
    Appearance.objects.filter(at__lte=now - KEPT).delete()


def _let_know(threads: set[tuple[int, int]], *, now: datetime) -> None:
    """Whoever was written to lately waits, so that one mail tells of all that appears meanwhile.

    Also the rows of those who wait already are written, so that this waits for whoever empties them just now.
    """
    next_mail = Case(When(told_at__gt=now - PAUSE, then=F("told_at") + PAUSE), default=Value(now))
    for story in {story for story, _root in threads}:
        roots = [0, *(root for one, root in threads if one == story)]
        follows = Follow.objects.filter(story=story, root__in=roots)
        follows.update(due_at=Coalesce(F("due_at"), next_mail, output_field=DateTimeField()))


def _forget_stranger(reader: Any) -> None:
    """Whoever never signed in, and neither wrote nor follows anything, was known for this follow alone."""
    is_known = reader.is_proven or any(rows.exists() for rows in (reader.comments, reader.follows, reader.decisions))
    if not is_known:
        reader.delete()
