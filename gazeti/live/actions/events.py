"""Appending an event of a coverage: the number, the log and the purge, in the transaction of the change itself."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from gazeti import edge, log
from gazeti.live.models import Coverage
from gazeti.live.queries.coverages import COVERAGES
from gazeti.live.rules import Kind, Words, stream_of

__all__ = [
    "Refused",
    "WasRefused",
    "Words",
    "about",
    "append",
    "locked",
    "purge",
    "summary_named",
    "tag_of",
    "tag_of_past",
]


class Refused(Exception):
    """Nothing was written; the message says why, for whoever asked."""

    @property
    def reasons(self) -> list[str]:
        """The same as sentences, one for each thing that is wrong."""
        return [str(self)]


class WasRefused(Refused):
    """It was sent in before under the same key, and somebody has decided that it is not posted."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(_("This was sent in before and is not posted: it was refused. What you change counts as new."))


def locked(story: int) -> Coverage:
    """The coverage of a story, kept for this transaction: whoever else appends waits, then sees what this one did."""
    found: Coverage = Coverage.objects.select_for_update().get(pk=story)
    return found


def append(coverage: Coverage, *, kind: Kind, update: int | None, by: Any = None, **facts: Any) -> int:
    """Append one event and save the coverage with it, which the caller has locked; the event's number.

    The log holds numbers and kinds alone: {"update", "by", "words"}, `words` that of the event whose wording is meant.
    """
    number = coverage.head + 1
    coverage.head = number
    coverage.save()
    place = log.append(stream_of(coverage.pk), kind, {"update": update, "by": by.pk if by else None, **facts})
    if place.number != number:
        raise RuntimeError(f"the stream of coverage {coverage.pk} is at {place.number}, the coverage at {number}")
    return number


def tag_of(story: int) -> str:
    """The tag of whatever shows a coverage as it stands."""
    return f"live:{story}"


def tag_of_past(story: int) -> str:
    """The tag of ranges of events that are full: only a retraction changes them."""
    return f"live-past:{story}"


def about(story: int, *, what: int | str) -> str:
    """What a kept answer tells of a coverage, by name: an update by its number, or what waits."""
    return f"live:{story}/{what}"


def summary_named(number: int) -> str:
    """What `about` calls the summary that an event gave."""
    return f"summary {number}"


def purge(story: int, *, is_state: bool = False, is_hidden: bool = False, pictures: Iterable[str] = ()) -> None:
    """Everything that shows the coverage; with `is_state` what tells where it stands; with `is_hidden` something is to
    be seen no more, at once, and neither are these pictures' files (by their tags).
    """
    tags = {tag_of(story)} | ({COVERAGES} if is_state else set())
    edge.purge(tags, forget={tag_of(story), tag_of_past(story), *pictures} if is_hidden else set(pictures))
