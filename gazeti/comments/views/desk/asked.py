"""What a moderator's form asks for, read from its fields; nothing is taken that the form does not offer."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
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
    """A decision that is not taken as it was sent; `words` say what its `field` lacks, or has too much of."""

    def __init__(self, words: str, *, field: str) -> None:
        """Keep the sentence."""
        super().__init__(words)
        self.words, self.field = words, field


class Typed(NamedTuple):
    """What a form held that was not taken, as it is shown again, with what is wrong and at which field."""

    fault: str = ""
    field: str = ""
    reason: str = ""
    note: str = ""
    chosen: frozenset[str] = frozenset()
    """What was ticked, as a tick carries it."""


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
        raise Incomplete(_("Choose a reason first: the writer is told."), field="reason")
    note = " ".join(form.get("note", "").replace("\x00", "").split())
    if len(note) > LONGEST_NOTE:
        facts = {"most": LONGEST_NOTE, "are": len(note)}
        told = _("A word to the writer has %(most)d characters at most. This one has %(are)d.") % facts
        raise Incomplete(told, field="note")
    return Asked(kind, reason, note)


NOTHING_TYPED = Typed()


def typed_in(form: QueryDict, lack: Incomplete) -> Typed:
    """What stood in a form that lacks something: its ticks, or the one comment whose button was pressed."""
    pressed = form.get("one", "").partition(":")[2]
    chosen = frozenset([pressed] if pressed else form.getlist("chosen"))
    return Typed(lack.words, lack.field, form.get("reason", ""), form.get("note", ""), chosen)


def choice_of(comment: Comment) -> str:
    """A comment with the number of decisions that its page shows, as a tick carries it: an edit is one of them."""
    return f"{comment.pk}:{comment.decisions_made}"


def chosen_in(values: Iterable[str]) -> dict[int, int]:
    """Comments with the number of decisions seen, as "12:1" says. Raises BadRequest, and Incomplete where none is."""
    pairs = [value.partition(":") for value in values]
    if not pairs:
        raise Incomplete(_("Tick the comments first that you decide about."), field="chosen")
    return {number(pk): number(seen) for pk, _colon, seen in pairs}


def queue_of(request: HttpRequest) -> str:
    """The queue that somebody looks at or came from; the held where none is named."""
    name = request.POST.get("queue") or request.GET.get("queue", "")
    return name if name in queues.NAMES else queues.HELD


def after_of(request: HttpRequest) -> int | None:
    """The comment behind which that part of the queue begins; None for its first."""
    return optional_number(request.POST.get("after") or request.GET.get("after"))


def start_of(request: HttpRequest) -> str:
    """The address of the beginning of that queue."""
    return f"{reverse('comments_desk')}?queue={queue_of(request)}"


def part_of(request: HttpRequest) -> str:
    """The address of the part of a queue that somebody looks at or came from."""
    after = after_of(request)
    return start_of(request) if after is None else f"{start_of(request)}&after={after}"


def back_of(request: HttpRequest) -> str:
    """The address at the desk where a form was sent that says so (`next`); the part of a queue for any other."""
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith(reverse("comments_desk"))
    return wanted if is_ours and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else part_of(request)
