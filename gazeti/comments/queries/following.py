"""Who follows what, what is new for them, whom they mute; the links by which following begins and ends."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery

from gazeti import guard
from gazeti.accounts.models import Reader
from gazeti.comments.models import Appearance, CommentText, Follow, Mute
from gazeti.comments.rules import State
from gazeti.log.clock import Item
from gazeti.stories.models import Story
from gazeti.stories.queries import public_stories

BEGINS, ENDS = "follow a discussion", "stop following"
ASKED_LASTS, LINK_LASTS = timedelta(days=3), timedelta(days=400)
AT_ONCE = 200
"""Followers that the clock writes to before it looks at its other jobs."""
NAMED = 20
"""Comments that one mail links to; of more it tells the number."""
KEPT = timedelta(days=30)
"""How long it is remembered that a comment appeared: shown once more after that, it is told of once more."""


class News(NamedTuple):
    """What one mail tells: how many comments appeared, and the numbers of the first; `position` is the last one's."""

    follow: Follow
    total: int
    numbers: list[int]
    position: int


class Asked(NamedTuple):
    """What the link of a mail confirms."""

    story: int
    root: int
    email: str


def begin_link(asked: Asked) -> str:
    """The link that confirms; what was asked for stands in it, so that nothing is kept of who never confirms."""
    token = guard.sign(BEGINS, list(asked), lasts=ASKED_LASTS)
    return f"{settings.GAZETI_ADDRESS}/comments/follow/{token}/"


def asked_in(token: str) -> Asked:
    """What a link confirms. Raises guard.NotGood."""
    return Asked(*guard.read(BEGINS, token))


def end_link(follow: Follow) -> str:
    """The link that ends a follow by one click (RFC 8058)."""
    return f"{settings.GAZETI_ADDRESS}/comments/stop/{guard.sign(ENDS, follow.pk, lasts=LINK_LASTS)}/"


def ended_by(token: str) -> int:
    """The id of the follow that a link ends, whether or not it is still there. Raises guard.NotGood."""
    return int(guard.read(ENDS, token))


def follows_due(*, now: datetime) -> Iterator[Item]:
    """Whoever is to be written to, those who wait longest first."""
    due = Follow.objects.filter(due_at__lte=now).order_by("due_at", "pk").values_list("pk", "due_at")[:AT_ONCE]
    for pk, at in due:
        if at:
            yield Item(f"{pk} {at.isoformat()}", at)


def appearances_due(*, now: datetime) -> Iterator[Item]:
    """The first that appeared too long ago to matter, which stands for all of them."""
    oldest = Appearance.objects.filter(at__lte=now - KEPT).order_by("at").first()
    if oldest:
        yield Item(f"appearance {oldest.pk}", oldest.at + KEPT)


def follow_of(item: Item, *, is_to_be_written: bool = False) -> Follow | None:
    """The follow that the clock means; nobody else writes its row while it is to be written."""
    number = int(item.key.partition(" ")[0])
    found = Follow.objects.select_related("story", "reader").filter(pk=number)
    return (found.select_for_update(of=("self",)) if is_to_be_written else found).first()


def news_for(follow: Follow) -> News:
    """What appeared since the last mail and is still there: not their own, and nobody's whom they mute."""
    appeared = Appearance.objects.filter(story=follow.story_id, position__gt=follow.told_position)
    last = appeared.aggregate(last=Max("position"))["last"] or follow.told_position
    theirs = appeared.filter(comment__state=State.PUBLISHED).exclude(comment__reader__email=follow.reader.email)
    theirs = theirs.exclude(comment__reader__in=Mute.objects.filter(reader=follow.reader_id).values("muted"))
    if follow.root:
        theirs = theirs.filter(comment__root=follow.root)
    if not public_stories().filter(pk=follow.story_id).exists():
        theirs = theirs.none()
    numbers = list(theirs.order_by("position").values_list("comment__number", flat=True)[:NAMED])
    return News(follow, theirs.count() if len(numbers) == NAMED else len(numbers), numbers, last)


def follows_of(readers: list[Reader]) -> QuerySet[Follow]:
    """What these follow, the latest first."""
    return Follow.objects.filter(reader__in=readers).select_related("story").order_by("-since", "-pk")


def mutes_of(reader: Reader) -> QuerySet[Mute]:
    """Whom somebody mutes, the latest first, by the `name` that readers know them by."""
    published = CommentText.objects.filter(comment__reader=OuterRef("muted"), comment__state=State.PUBLISHED)
    name = published.order_by("-pk").values("name")[:1]
    return Mute.objects.filter(reader=reader).annotate(name=Subquery(name)).order_by("-since", "-pk")


def does_follow(reader: Reader | None, *, story: Story, root: int) -> Any:
    """The follow of a reader; None where they do not."""
    return Follow.objects.filter(reader=reader, story=story.pk, root=root).first() if reader else None
