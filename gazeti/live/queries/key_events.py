"""The list of key events as it stood after an event that took a row out of it: who follows knows only the rows that the
page showed, and is told here which ones stand there now.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from gazeti import log
from gazeti.live.models import Update, Wording
from gazeti.live.rules import MOST_KEYS, Kind

TAKE = (Kind.EDIT, Kind.RETRACT)
Listed = dict[int, int]
"""Key events: the event that gave an update its words, by the update's number."""


def listed_before(story: int, *, entries: Sequence[log.Entry]) -> Listed:
    """The newest key events before the first of these entries that may take one out, as many as the entries may need.

    One query, or none. Those that were taken back since are none of them, so that nothing is told of them any more:
    whoever still has them in the list is told it once more by the event that took them back.
    """
    taking = [one for one in entries if one.kind in TAKE]
    if not taking:
        return {}
    before = Wording.objects.filter(coverage=story, number__lt=taking[0].number)
    later = before.filter(update_number=OuterRef("update_number"), number__gt=OuterRef("number"))
    there = Update.objects.filter(coverage=story, number=OuterRef("update_number"), retracted_at=None)
    found = before.filter(~Exists(later), Exists(there), is_key=True).order_by("-update_number")
    rows: Iterable[Any] = found.values_list("update_number", "number")[: MOST_KEYS + len(taking)]
    return dict(rows)


def listed_after(
    entries: Sequence[log.Entry],
    *,
    before: Listed,
    updates: Mapping[int, Update],
    wordings: Mapping[int, Wording],
) -> dict[int, Listed]:
    """The list after each of these entries that took a row out of it, or may have; by the entry's number.

    It is as it stood then, the same whenever it is asked for but for what was taken back since.
    """
    begin = next((one.number for one in entries if one.kind in TAKE), 0)
    there, told = dict(before), {}
    for entry in entries:
        update, words = updates.get(entry.data["update"]), wordings.get(entry.data.get("words") or 0)
        if update is None or entry.number < begin:
            continue
        if entry.kind == Kind.RETRACT:
            is_taken = _may_be_listed(update, there)
        elif entry.kind not in (Kind.POST, Kind.EDIT) or update.retracted_at or words is None:
            continue
        else:
            is_taken = not words.is_key and update.number in _newest(there)
            there.pop(update.number, None)
            there |= {update.number: words.number} if words.is_key else {}
        if is_taken:
            told[entry.number] = _newest(there)
    return told


def _may_be_listed(update: Update, there: Listed) -> bool:
    """Whether somebody may have an update in the list that was taken back: it is a key event, or was one once."""
    newest = _newest(there)
    is_old = len(newest) == MOST_KEYS and update.number < min(newest)
    return not is_old and (update.is_key or update.version != update.number)


def _newest(there: Listed) -> Listed:
    return {number: there[number] for number in sorted(there, reverse=True)[:MOST_KEYS]}
