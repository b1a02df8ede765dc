"""What a moderator's form asks for, read from its fields; nothing is taken that the form does not offer."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gazeti.comments.models import Comment
from gazeti.comments.queries import queues
from gazeti.comments.rules import Kind, Reason

DIGITS = 18
LONGEST_NOTE = 500
OF_COMMENTS = (Kind.APPROVED, Kind.REJECTED, Kind.SPAM, Kind.KEPT, Kind.PICKED, Kind.UNPICKED)
OF_MANY = (Kind.APPROVED, Kind.REJECTED, Kind.SPAM, Kind.KEPT)


class Asked(NamedTuple):
    """A decision as a form asks for it."""

    kind: Kind
    reason: str
    note: str


class Incomplete(Exception):
    """A decision that is not taken as it was sent; `words` say what it lacks, or has too much of."""

    def __init__(self, words: str) -> None:
        """Keep the sentence."""
        super().__init__(words)
        self.words = words


def number(value: str | None) -> int:
    """A number of a row. Raises BadRequest."""
    if not value or not value.isascii() or not value.isdecimal() or len(value) > DIGITS:
        raise BadRequest("that is no number")
    return int(value)


def optional_number(value: str | None) -> int | None:
    """A number of a row; None where there is none."""
    is_one = value and value.isascii() and value.isdecimal() and len(value) <= DIGITS
    return int(value) if is_one and value else None


def kind_of(value: str, among: Iterable[Kind]) -> Kind:
    """What was pressed. Raises BadRequest for anything else."""
    found = next((kind for kind in among if kind == value), None)
    if found is None:
        raise BadRequest("that is no decision")
    return found


def decision_of(form: Mapping[str, str], value: str, among: Iterable[Kind]) -> Asked:
    """The decision with its reason and note. Raises BadRequest, and Incomplete without a reason or with a long note."""
    kind = kind_of(value, among)
    if kind is not Kind.REJECTED:
        return Asked(kind, "", "")
    reason = form.get("reason", "")
    if reason not in set(Reason):
        raise Incomplete(_("Choose a reason first: the writer is told."))
    note = " ".join(form.get("note", "").replace("\x00", "").split())
    if len(note) > LONGEST_NOTE:
        facts = {"most": LONGEST_NOTE, "are": len(note)}
        raise Incomplete(_("A word to the writer has %(most)d characters at most. This one has %(are)d.") % facts)
    return Asked(kind, reason, note)


def choice_of(comment: Comment) -> str:
    """A comment with the number of decisions that its page shows, as a tick carries it: an edit is one of them."""
    return f"{comment.pk}:{comment.decisions_made}"


def chosen_in(values: Iterable[str]) -> dict[int, int]:
    """Comments with the number of decisions that was seen, as "12:1" says. Raises BadRequest."""
    pairs = [value.partition(":") for value in values]
    return {number(pk): number(seen) for pk, _colon, seen in pairs}


def queue_of(request: HttpRequest) -> str:
    """The queue that somebody looks at or came from; the held where none is named."""
    name = request.POST.get("queue") or request.GET.get("queue", "")
    return name if name in queues.NAMES else queues.HELD
