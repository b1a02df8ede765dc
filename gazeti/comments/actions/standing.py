"""What a moderator decides about somebody who writes: muted, suspended for days, banned, and none of it any more."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from gazeti.accounts.models import Reader
from gazeti.comments.actions.states import Overtaken, note_decision
from gazeti.comments.models import Decision, ReaderStanding
from gazeti.comments.rules import Kind

LONGEST_SUSPENSION = 365
"""Days."""
YES, NO = "yes", "no"
FIELDS = {Kind.MUTED: "is_muted", Kind.UNMUTED: "is_muted", Kind.BANNED: "is_banned", Kind.UNBANNED: "is_banned"}
SWITCHED_ON = (Kind.MUTED, Kind.BANNED)


@transaction.atomic
def switch_standing(reader: Reader, *, kind: Kind, now: datetime, by: Any, note: str = "") -> Decision:
    """Mute or ban somebody, or end that. Raises Overtaken where it is so already."""
    standing, field, is_on = _locked(reader), FIELDS[kind], kind in SWITCHED_ON
    if getattr(standing, field) == is_on:
        raise Overtaken(_last_about(reader))
    return _changed(standing, field=field, value=is_on, kind=kind, at=now, by=by, note=note)


@transaction.atomic
def suspend_reader(reader: Reader, *, days: int, now: datetime, by: Any, note: str = "") -> Decision:
    """Take nothing from somebody for so many days, 1 to 365. Raises Overtaken where they are suspended as long."""
    standing, until = _locked(reader), now + timedelta(days=max(1, min(days, LONGEST_SUSPENSION)))
    until = until.replace(microsecond=0)
    if standing.suspended_until and standing.suspended_until >= until:
        raise Overtaken(_last_about(reader))
    return _changed(standing, field="suspended_until", value=until, kind=Kind.SUSPENDED, at=now, by=by, note=note)


@transaction.atomic
def end_suspension(reader: Reader, *, now: datetime, by: Any) -> Decision:
    """Take comments from them again. Raises Overtaken where they are not suspended."""
    standing = _locked(reader)
    if not standing.suspended_until or standing.suspended_until <= now:
        raise Overtaken(_last_about(reader))
    return _changed(standing, field="suspended_until", value=None, kind=Kind.UNSUSPENDED, at=now, by=by)


def restore_standing(decision: Decision) -> None:
    """Bring back what stood before a decision about a reader. Raises Overtaken where another came after it."""
    standing = _locked(decision.reader)
    last = _last_about(decision.reader)
    if last != decision:
        raise Overtaken(last)
    field = FIELDS.get(Kind(decision.kind), "suspended_until")
    setattr(standing, field, _read(decision.before))
    standing.save(update_fields=[field])


def _locked(reader: Reader) -> ReaderStanding:
    ReaderStanding.objects.bulk_create([ReaderStanding(reader=reader)], ignore_conflicts=True)
    return ReaderStanding.objects.select_for_update().get(reader=reader)


def _last_about(reader: Reader) -> Decision | None:
    return Decision.objects.filter(reader=reader, comment=None).order_by("-pk").first()


def _changed(standing: ReaderStanding, *, field: str, value: Any, kind: Kind, **why: Any) -> Decision:
    before, after = _written(getattr(standing, field)), _written(value)
    setattr(standing, field, value)
    standing.save(update_fields=[field])
    return note_decision(None, reader=standing.reader, kind=kind, before=before, after=after, **why)


def _written(value: Any) -> str:
    """A switch as yes or no; the end of a suspension as its second since 1970, none as nothing.

    A decision holds ids, kinds and times alone.
    """
    if isinstance(value, bool):
        return YES if value else NO
    return str(int(value.timestamp())) if value else ""


def _read(written: str) -> Any:
    if written in (YES, NO):
        return written == YES
    return datetime.fromtimestamp(int(written), tz=UTC) if written else None
