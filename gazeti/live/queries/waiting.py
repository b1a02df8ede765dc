"""What waits to become an update: whose time has come, and its words."""

from datetime import datetime

from gazeti.live.models import Coverage, RefusedKey, Waiting
from gazeti.live.rules import State, Words, key_digest
from gazeti.log.clock import Item


def words_of(row: Waiting) -> Words:
    """The words of what waits."""
    raw = row.body.get_prep_value()
    return Words(body=raw, heading=row.heading, author=row.author_id, is_key=row.is_key)


def key_of(row: Waiting) -> str:
    """The key under which it is posted: its sender's, or one of its own, so that it is posted once in any case."""
    return row.key or f"waiting:{row.pk}"


def was_refused(story: int, *, key: str) -> bool:
    """Whether what was sent into a coverage under this key was refused; never without a key."""
    return bool(key) and RefusedKey.objects.filter(coverage=story, digest=key_digest(key)).exists()


def name_of(row: Waiting) -> str:
    """What kept answers call it that tell of it."""
    return f"waiting/{row.pk}"


def updates_due(*, now: datetime) -> list[Item]:
    """The updates whose time has come and that nothing has kept back yet, in the order in which they go out."""
    due = Waiting.objects.filter(due_at__lte=now, failed="").order_by("due_at", "pk")
    return [Item(str(pk), at, story) for pk, at, story in due.values_list("pk", "due_at", "coverage") if at]


def openings_due(*, now: datetime) -> list[Item]:
    """The planned coverages that begin by then."""
    planned = Coverage.objects.filter(state=State.PLANNED, starts_at__lte=now).order_by("starts_at", "pk")
    return [Item(str(pk), at, pk) for pk, at in planned.values_list("pk", "starts_at") if at]
