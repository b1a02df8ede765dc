"""Posting, editing, retracting and pinning updates, and writing the summary: each one event."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gazeti import guard
from gazeti.edge.tags import named
from gazeti.live.actions.events import Refused, WasRefused, about, append, locked, purge, summary_named
from gazeti.live.actions.pictures import erase_at_pictures
from gazeti.live.actions.words import fit
from gazeti.live.formats import without_ids
from gazeti.live.models import Coverage, Update, UpdatePicture, Wording
from gazeti.live.queries.reporting import earlier_summaries
from gazeti.live.queries.waiting import was_refused
from gazeti.live.rules import MOST_PINNED, Kind, State, Words, taken_key
from gazeti.media.models import Picture
from gazeti.stories.formats import picture_ids

OPEN = (State.LIVE, State.PAUSED)


def post_update(story: int, *, words: Words, by: Any, now: datetime, key: str = "") -> Update:
    """Post an update. The same key again is the update that was posted by it, and nothing is written.

    Raises Refused where the coverage is not open, WasRefused, NotReady for words that may not go out.
    """
    if key and (there := posted_by(story, key=key)):
        return there
    words = fit(words, story=story, now=now)
    with transaction.atomic():
        coverage = locked(story)
        if was_refused(story, key=key):
            raise WasRefused
        return post_fit(coverage, words=words, by=by, now=now, key=key)


def posted_by(story: int, *, key: str) -> Update | None:
    """The update that a key has posted before, or that somebody has taken up which was sent in under it."""
    found: Update | None = Update.objects.filter(coverage=story, key__in=(key, taken_key(key))).first()
    return found


def post_fit(coverage: Coverage, *, words: Words, by: Any, now: datetime, key: str = "") -> Update:
    """Post fit words in a coverage that the caller has locked, in the caller's transaction."""
    if key and (there := posted_by(coverage.pk, key=key)):
        return there
    if coverage.state == State.CLOSED:
        raise Refused(_("The coverage is closed: open it first."))
    if coverage.state not in OPEN:
        raise Refused(_("The coverage has not begun: open it first."))
    number = coverage.head + 1
    update = Update.objects.create(
        coverage=coverage, number=number, version=number, posted_at=now, is_key=words.is_key, by=by, key=key
    )
    _word(coverage, words, number=number, update=update, now=now)
    append(coverage, kind=Kind.POST, update=number, words=number, by=by)
    purge(coverage.pk)
    return update


def edit_update(
    story: int, *, number: int, words: Words, now: datetime, seen: int | None = None, by: Any = None
) -> Update:
    """Give an update other words; the same words again write nothing. `seen` is the event whose words the writer saw.

    Raises Refused where it is gone, or somebody else gave it other words since; NotReady for words that may not go out.
    """
    words = fit(words, story=story, now=now)
    with transaction.atomic():
        coverage, update = _there(story, number=number)
        if _says(update, words):
            return update
        if seen is not None and update.version != seen:
            raise Refused(_("Somebody has changed this update in the meantime. Read it again, then change it."))
        update.version, update.edited_at, update.is_key = coverage.head + 1, now, words.is_key
        update.save(update_fields=["version", "edited_at", "is_key"])
        lost = _word(coverage, words, number=update.version, update=update, now=now)
        append(coverage, kind=Kind.EDIT, update=number, words=update.version, by=by)
        purge(story, pictures=named("picture", lost))
        return update


@transaction.atomic
def retract_update(story: int, *, number: int, now: datetime, erases: bool = False, by: Any = None) -> Update:
    """Take an update back: readers are shown that it is gone. With `erases` its words are too, for good.

    Raises Refused where it is gone already, unless its words are to be erased now.
    """
    coverage = locked(story)
    update = _known(coverage, number=number)
    if update.retracted_at and not erases:
        raise Refused(_("This update was taken back already."))
    words = coverage.wordings.filter(update_number=number) if erases else Wording.objects.none()
    erased = list(words)
    words.delete()
    # Answers that were kept for who sends a call again say what it said.
    guard.unkeep(about(story, what=number))
    if update.retracted_at is None:
        update.retracted_at, update.pinned_at = now, 0
        update.save(update_fields=["retracted_at", "pinned_at"])
        append(coverage, kind=Kind.RETRACT, update=number, by=by)
        shown = list(update.pictures.values_list("picture", flat=True))
        purge(story, is_hidden=True, pictures=named("picture", shown))
    erase_at_pictures(erased)
    return update


def pin_update(story: int, *, number: int, by: Any = None) -> Update:
    """Keep an update above all others. Raises Refused where it is gone or pinned, or where ten are."""
    return _pin(story, number=number, is_pinned=True, by=by)


def unpin_update(story: int, *, number: int, by: Any = None) -> Update:
    """Let an update stand where it was posted. Raises Refused where it is gone or not pinned."""
    return _pin(story, number=number, is_pinned=False, by=by)


@transaction.atomic
def _pin(story: int, *, number: int, is_pinned: bool, by: Any) -> Update:
    coverage, update = _there(story, number=number)
    if bool(update.pinned_at) is is_pinned:
        raise Refused(_("This update is pinned already.") if is_pinned else _("This update is not pinned."))
    if is_pinned and coverage.updates.exclude(pinned_at=0).count() >= MOST_PINNED:
        raise Refused(_("Ten updates are pinned already. Let one of them go first."))
    update.pinned_at = coverage.head + 1 if is_pinned else 0
    update.save(update_fields=["pinned_at"])
    append(coverage, kind=Kind.PIN if is_pinned else Kind.UNPIN, update=number, words=update.version, by=by)
    purge(story)
    return update


def summarise(story: int, *, words: Words, now: datetime, by: Any = None) -> int:
    """Give the coverage another summary, or none where `words` has no body; the event's number.

    Raises NotReady for words that may not go out.
    """
    words = fit(words, story=story, now=now, is_summary=True)
    with transaction.atomic():
        coverage = locked(story)
        number = coverage.head + 1
        coverage.summary_at = number if words.body else 0
        _word(coverage, words, number=number, update=None, now=now)
        append(coverage, kind=Kind.SUMMARY, update=None, words=coverage.summary_at or None, by=by)
        purge(story)
        return number


@transaction.atomic
def erase_earlier_summaries(story: int) -> int:
    """Delete for good what earlier summaries said, which ranges of events still told; how many there were.

    No event goes: each of them is told as one without words.
    """
    coverage = locked(story)
    erased = list(earlier_summaries(coverage))
    if erased:
        coverage.wordings.filter(pk__in=[one.pk for one in erased]).delete()
        # Whoever sends one of them again is not to write it again.
        guard.empty(*(about(story, what=summary_named(one.number)) for one in erased))
        purge(story, is_hidden=True)
        erase_at_pictures(erased)
    return len(erased)


def _there(story: int, *, number: int) -> tuple[Coverage, Update]:
    coverage = locked(story)
    update = _known(coverage, number=number)
    if update.retracted_at:
        raise Refused(_("This update was taken back."))
    return coverage, update


def _known(coverage: Coverage, *, number: int) -> Update:
    found: Update | None = coverage.updates.select_for_update().filter(number=number).first()
    if found is None:
        raise Refused(_("There is no such update in this coverage."))
    return found


def _says(update: Update, words: Words) -> bool:
    """Whether the update has these words already, as after an answer that was lost on its way."""
    there = Wording.objects.filter(coverage=update.coverage_id, number=update.version).first()
    if there is None or (there.heading, there.author_id, there.is_key) != (words.heading, words.author, words.is_key):
        return False
    is_same = without_ids(there.body.get_prep_value()) == without_ids(words.body)
    return is_same and there.correction == words.correction


def _word(coverage: Coverage, words: Words, *, number: int, update: Update | None, now: datetime) -> set[int]:
    """Keep the words of an event, and which pictures the update now shows; those that it shows no more."""
    Wording.objects.create(
        coverage=coverage,
        number=number,
        update_number=update.number if update else None,
        heading=words.heading,
        body=words.body,
        author_id=words.author,
        is_key=words.is_key,
        correction=words.correction,
        at=now,
    )
    return _show(update, picture_ids(words.body)) if update else set()


def _show(update: Update, wanted: set[int]) -> set[int]:
    shown = set(update.pictures.values_list("picture", flat=True))
    new = Picture.objects.filter(pk__in=wanted - shown).values_list("pk", flat=True)
    for pk in new:
        # One by one: the desk's list of where a picture is used hears of saved rows alone.
        UpdatePicture.objects.create(update=update, picture_id=pk)
    update.pictures.filter(picture__in=shown - wanted).delete()
    return shown - wanted
