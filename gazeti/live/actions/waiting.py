"""What waits to become an update: sent in, given a time, taken up, changed, refused; none is ever posted twice."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gazeti import guard
from gazeti.live.actions.events import Refused, WasRefused, about, locked
from gazeti.live.actions.pictures import erase_at_pictures
from gazeti.live.actions.times import refuse_out_of_reach
from gazeti.live.actions.updates import post_fit, posted_by
from gazeti.live.actions.words import NotReady, fit, render
from gazeti.live.models import Coverage, RefusedKey, Update, Waiting
from gazeti.live.queries.waiting import key_of, name_of, was_refused, words_of
from gazeti.live.rules import Reached, State, Words, key_digest, taken_key
from gazeti.log.clock import Item
from gazeti.stories.rules import Finding

LONGEST_REASON = 300


class Gone(Refused):
    """Somebody was faster."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(_("This was posted or refused already."))


def send_in(story: int, *, words: Words, by: Any, key: str, now: datetime) -> Waiting | Update:
    """Send an update in for others to post. The same key again is what was sent by it, or the update it became.

    Raises Refused where the coverage is closed, WasRefused, NotReady for words that could not go out.
    """
    return _let_wait(story, words=words, by=by, key=key, now=now, due_at=None)


def schedule(story: int, *, words: Words, due_at: datetime, by: Any, now: datetime, key: str = "") -> Waiting | Update:
    """Give an update the time at which it goes out. The same key again is what was given one, or the update it became.

    Raises Refused where the coverage is closed or the time has passed, WasRefused, NotReady for words that could not go
    out and for a time out of reach.
    """
    return _let_wait(story, words=words, by=by, key=key, now=now, due_at=due_at)


def take_up(waiting: int, *, by: Any, now: datetime, words: Words | None = None) -> Update:
    """Post what waits, with these words where somebody has changed them; whoever does answers for it.

    Raises Refused where somebody has posted or refused it before, where the coverage is not open, and for its words.
    """
    row = _there(waiting)
    kept = fit(words or words_of(row), story=row.coverage_id, now=now)
    with transaction.atomic():
        coverage, row = _locked(waiting)
        return _become(coverage, row, words=kept, by=by, now=now)


@transaction.atomic
def refuse(waiting: int, *, by: Any = None) -> None:
    """Take out what waits; its words are gone, and by its key it does not come back.

    Raises Refused where it was posted or refused before.
    """
    row = _locked(waiting)[1]
    # Whoever sent it in and had no answer sends it once more: it must not be back.
    guard.empty(about(row.coverage_id, what=name_of(row)))
    if row.key:
        RefusedKey.objects.get_or_create(coverage=row.coverage, digest=key_digest(row.key))
    row.delete()
    erase_at_pictures([row])


def change_waiting(
    waiting: int, *, words: Words, now: datetime, due_at: datetime | None = None, by: Any = None
) -> Waiting:
    """Give what waits other words, and another time where it has one; what kept it from going out is forgotten.

    Raises Refused where it was posted or refused before, or the time has passed; NotReady for its words and time.
    """
    kept = fit(words, story=_there(waiting).coverage_id, now=now)
    _refuse_correction(kept)
    _refuse_past(due_at, now=now)
    with transaction.atomic():
        row = _locked(waiting)[1]
        if row.reached == Reached.SCHEDULED:
            row.due_at = due_at or row.due_at
        row.heading, row.body, row.author_id, row.is_key, row.failed = (
            kept.heading, kept.body, kept.author, kept.is_key, "",
        )  # fmt: skip
        row.save()
    return row


def finish_due(item: Item, *, now: datetime) -> None:
    """Make the renditions that a due update's pictures still lack, before the clock's transaction opens."""
    row = Waiting.objects.filter(pk=item.key).first()
    if row is not None:
        # Which picture cannot be read is said by the posting, where it is kept.
        with suppress(Refused):
            render(words_of(row))


@transaction.atomic
def post_due(item: Item, *, now: datetime) -> None:
    """Post an update whose time has come; one that cannot go out stays, says why, and is tried no more by itself."""
    with suppress(Gone):
        coverage, row = _locked(int(item.key))
        if row.due_at and row.due_at <= now and not row.failed:
            _try(coverage, row, now=now)


def _try(coverage: Coverage, row: Waiting, *, now: datetime) -> None:
    try:
        _become(coverage, row, words=fit(words_of(row), story=coverage.pk, now=now), by=row.by, now=now)
    except Refused as refusal:
        Waiting.objects.filter(pk=row.pk).update(failed=str(refusal)[:LONGEST_REASON])


def _let_wait(
    story: int, *, words: Words, by: Any, key: str, now: datetime, due_at: datetime | None
) -> Waiting | Update:
    if key and (there := _by_key(story, key=key)):
        return there
    kept = fit(words, story=story, now=now)
    _refuse_correction(kept)
    _refuse_past(due_at, now=now)
    with transaction.atomic():
        # Whoever takes it up has the coverage locked too: it is there as the one or as the other.
        coverage = locked(story)
        if key and (there := _by_key(story, key=key)):
            return there
        if coverage.state == State.CLOSED:
            raise Refused(_("The coverage is closed: nothing is taken in any more."))
        return Waiting.objects.create(
            coverage=coverage,
            reached=Reached.SCHEDULED if due_at else Reached.SENT,
            heading=kept.heading,
            body=kept.body,
            author_id=kept.author,
            is_key=kept.is_key,
            by=by,
            key=key,
            received_at=now,
            due_at=due_at,
        )


def _by_key(story: int, *, key: str) -> Waiting | Update | None:
    """What was sent under a key, if anything was. Raises WasRefused."""
    if was_refused(story, key=key):
        raise WasRefused
    return posted_by(story, key=key) or Waiting.objects.filter(coverage=story, key=key).first()


def _become(coverage: Coverage, row: Waiting, *, words: Words, by: Any, now: datetime) -> Update:
    """Post a row in its coverage, which is locked, and let the row go."""
    key = key_of(row)
    is_own = by is None or by.pk == row.by_id
    update = post_fit(coverage, words=words, by=by, now=now, key=key if is_own else taken_key(key))
    # By its own key the update is found that it became.
    guard.unkeep(about(row.coverage_id, what=name_of(row)))
    row.delete()
    return update


def _there(waiting: int) -> Waiting:
    found: Waiting | None = Waiting.objects.filter(pk=waiting).first()
    if found is None:
        raise Gone
    return found


def _locked(waiting: int) -> tuple[Coverage, Waiting]:
    """What waits and its coverage, both kept for this transaction: the coverage first, as by whoever posts."""
    coverage = locked(_there(waiting).coverage_id)
    row: Waiting | None = Waiting.objects.select_for_update().filter(pk=waiting).first()
    if row is None:
        raise Gone
    return coverage, row


def _refuse_correction(words: Words) -> None:
    """What nobody has read yet has nothing to correct, and nothing that waits keeps a correction. Raises NotReady."""
    if words.correction:
        sentence = _("What is not out yet needs no correction. Give it once it is out, by changing it there.")
        raise NotReady([Finding(words=sentence, field="correction", rule="correction")])


def _refuse_past(due_at: datetime | None, *, now: datetime) -> None:
    refuse_out_of_reach(now=now, due_at=due_at)
    if due_at is not None and due_at <= now:
        raise Refused(_("This time has passed. Give one to come, or post it now."))
