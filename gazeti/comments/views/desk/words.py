"""How the desk says what was decided, why, and how long something waits."""

from collections.abc import Iterable
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from gazeti.comments.formats.cutting import cut_name
from gazeti.comments.formats.excerpts import LONGEST, excerpt
from gazeti.comments.forms import COMPLAINTS, REASONS
from gazeti.comments.models import Comment, Decision, Report
from gazeti.comments.queries.history import Writer
from gazeti.comments.queries.marked import Named, marked, named
from gazeti.comments.queries.queues import COUNTED, HELD, ILLEGAL, NEW, REPORTED, Waiting
from gazeti.comments.queries.undoing import LASTS
from gazeti.comments.rules import LONGEST_NAME, SENTENCES, Kind, Mode, State

QUEUES = MappingProxyType({HELD: _("Held"), REPORTED: _("Reported"), ILLEGAL: _("Illegal content"), NEW: _("New")})
HEADINGS = MappingProxyType({NEW: _("New: published, and not yet looked at by any of you")})
"""Where the queue's name alone does not say what stands in it."""
EMPTY = MappingProxyType(
    {
        HELD: _("Nothing is held."),
        REPORTED: _("No report is open."),
        ILLEGAL: _("No notice of illegal content is open."),
        NEW: _("Nothing is new: of all that was published in the last three days somebody has looked at each."),
    }
)
KINDS = MappingProxyType(
    {
        Kind.RECEIVED: _("Received"),
        Kind.EDITED: _("Edited by its writer"),
        Kind.APPROVED: _("Approved"),
        Kind.REJECTED: _("Rejected"),
        Kind.SPAM: _("Called spam"),
        Kind.DELETED: _("Deleted by its writer"),
        Kind.PICKED: _("Picked"),
        Kind.UNPICKED: _("No longer picked"),
        Kind.MUTED: _("Muted"),
        Kind.UNMUTED: _("No longer muted"),
        Kind.SUSPENDED: _("Suspended"),
        Kind.UNSUSPENDED: _("Suspension ended"),
        Kind.BANNED: _("Banned"),
        Kind.UNBANNED: _("No longer banned"),
        Kind.KEPT: _("Kept as it is"),
        Kind.UNDONE: _("Undone"),
    }
)
STATES = MappingProxyType(
    {
        State.PUBLISHED: _("published"),
        State.HELD: _("held"),
        State.REJECTED: _("rejected"),
        State.SPAM: _("spam"),
        State.DELETED: _("deleted by its writer"),
    }
)
MODES = MappingProxyType(
    {
        Mode.OPEN: _("Open: the rules decide"),
        Mode.HOLD: _("Hold all: each waits for a moderator"),
        Mode.CLOSED: _("Closed"),
    }
)

LONGEST_LINE = 80
"""Characters of a comment that stands in a list of a line each."""


class Undoing:
    """What a moderator decided and may still take back: one decision, or many that were made at once."""

    def __init__(self, decision: Decision, number: int = 1, *, by_itself: bool = False) -> None:
        """Tell it in a few words; `by_itself`: without what was decided at once with it."""
        together = "" if by_itself else decision.together
        self.at, self.until, self.number = decision.at, decision.at + LASTS, number
        self.field, self.value = ("together", together) if together else ("decision", str(decision.pk))
        self.kind = KINDS[Kind(decision.kind)]
        self.whose = name_of(decision) if number == 1 else ""
        self.comment = decision.comment if number == 1 else None


def name_of(decision: Decision) -> str:
    """Whose comment it was about, or who."""
    text = getattr(decision.comment, "text", None) if decision.comment else None
    return text.name if text else str(decision.reader.name if decision.reader else "")


def counted(number: int) -> str:
    """A number as it is written where more is not counted."""
    return f"{COUNTED}+" if number > COUNTED else str(number)


def age(since: datetime, *, now: datetime) -> str:
    """How long something waits, in one unit: "3 hours"."""
    return timesince(since, now, depth=1)


def many_done(number: int) -> str:
    """What is said once several were decided about."""
    return ngettext("One comment is decided.", "%(number)d comments are decided.", number) % {"number": number}


def many_overtaken(number: int) -> str:
    """What is said of those about which somebody else had decided, or whose writer changed them."""
    words = ngettext(
        "One was left alone: somebody had decided about it, or changed it, in the meantime.",
        "%(number)d were left alone: somebody had decided about them, or changed them, in the meantime.",
        number,
    )
    return words % {"number": number}


def still_held(number: int) -> str:
    """What is said on a writer's page of what came or was changed meanwhile, and of what was not ticked."""
    words = ngettext("One of theirs waits still: see below.", "%(number)d of theirs wait still: see below.", number)
    return words % {"number": number}


def still_published(number: int) -> str:
    """What is said there of what readers see still."""
    words = ngettext(
        "One of theirs is still published: see below.", "%(number)d of theirs are still published: see below.", number
    )
    return words % {"number": number}


def rule(name: str) -> str:
    """What a rule found, in a sentence for moderators."""
    return gettext(SENTENCES[name].moderator) if name in SENTENCES else name


def complaint(reason: str) -> str:
    """Why a reader reports."""
    return str(COMPLAINTS.get(reason, reason))


def who(decision: Decision) -> str:
    """Who decided: somebody by name, or the rules; whoever is deleted has no name left, unless it was imported."""
    name = str(decision.by) if decision.by else imported_name(decision)
    if name:
        return cut_name(name, most=LONGEST_NAME)
    by_writer = decision.kind in (Kind.EDITED, Kind.DELETED)
    return str(_("the writer") if by_writer else _("the rules") if decision.kind == Kind.RECEIVED else _("somebody"))


def imported_name(decision: Decision) -> str:
    """The name of who decided elsewhere, as an import brought it."""
    evidence = getattr(decision, "evidence", None) if decision.by_id is None else None
    return evidence.by_name if evidence else ""


class Told:
    """A decision, ready to be read; of the word to the writer, and the name, so many bytes."""

    def __init__(self, decision: Decision, *, most: int, longest: int = LONGEST) -> None:
        """Put it in words."""
        self.at, self.who = decision.at, excerpt(who(decision), most=most)
        self.kind = KINDS[Kind(decision.kind)]
        self.state = STATES[State(decision.after)] if decision.after in set(State) else ""
        self.until = _until(decision)
        self.rule = rule(decision.rule) if decision.rule else ""
        self.reason = REASONS.get(decision.reason, "")
        evidence = getattr(decision, "evidence", None)
        self.note = excerpt(evidence.note, most=most, longest=longest) if evidence else ""


def _until(decision: Decision) -> datetime | None:
    is_one = decision.kind == Kind.SUSPENDED and decision.after.isdecimal()
    return datetime.fromtimestamp(int(decision.after), tz=UTC) if is_one else None


def found_in(found: Iterable[str], *, most: int) -> Named:
    """Some of the words that a rule found, to be named: one at least, and as many as so many bytes hold."""
    each = named(found)
    first: list[str] = []
    for word in each.first:
        if first and len(" ".join([*first, word]).encode()) > most:
            break
        first.append(excerpt(word, most=most))
    return Named(first, each.more + len(each.first) - len(first))


def waiting(one: Waiting, *, most: int) -> dict[str, Any]:
    """A comment of a list, ready to be read: the beginning of it, marked."""
    return {
        "comment": one.comment,
        "since": one.since,
        "name": excerpt(one.name, most=most),
        "pieces": marked(excerpt(one.body, most=most), words=one.words),
        "named": found_in(one.words, most=most),
    }


def said(comment: Comment, *, most: int, longest: int = LONGEST) -> dict[str, Any]:
    """The beginning of a comment that stands beside another."""
    text: Any = getattr(comment, "text", None)
    return {
        "pk": comment.pk,
        "sent_at": comment.sent_at,
        "language": comment.language,
        "state": STATES[State(comment.state)],
        "name": excerpt(text.name, most=most) if text else "",
        "body": excerpt(text.body, most=most, longest=longest) if text else "",
    }


def reported(report: Report, *, most: int, longest: int = LONGEST) -> dict[str, Any]:
    """What somebody reported, ready to be read."""
    text: Any = getattr(report, "text", None)
    told = excerpt(text.text, most=most, longest=longest) if text else ""
    return {
        "one": report,
        "why": complaint(report.reason),
        "text": told,
        "is_cut": bool(text) and told != text.text,
        "name": excerpt(text.name, most=most) if text else "",
    }


def writer(found: Writer, *, now: datetime, most: int) -> dict[str, Any]:
    """Somebody who writes, ready to be read."""
    standing = found.standing
    until = standing.suspended_until if standing else None
    return {
        "pk": found.reader.pk,
        "name": found.reader.name or next((one.text.name for one in found.last if hasattr(one, "text")), ""),
        "is_proven": found.reader.is_proven,
        "since": found.reader.known_since,
        "numbers": [(STATES[state], found.numbers.get(state, 0)) for state in State if found.numbers.get(state)],
        "last": [said(one, most=most, longest=LONGEST_LINE) for one in found.last],
        "decisions": [Told(one, most=most) for one in found.decisions],
        "is_muted": bool(standing and standing.is_muted),
        "is_banned": bool(standing and standing.is_banned),
        "suspended_until": until if until and until > now else None,
        "held": found.held,
        "published": found.published,
        "bound": found.bound,
    }


def hours(number: int) -> str:
    """For how long something is set."""
    if not number:
        return str(_("until it is changed"))
    return ngettext("for an hour", "for %(number)d hours", number) % {"number": number}
