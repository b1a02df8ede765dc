"""The jobs that apps have registered: what is due by a moment, and the one action that does it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from gazeti.log.models import Failure


class Item(NamedTuple):
    """One thing that is due at a moment.

    The key is the same whenever the same thing is asked for, and another once it is due anew; `about` is the id of
    what it concerns, for whoever lists what failed.
    """

    key: str
    at: datetime
    about: int | None = None


class Due(Protocol):
    """Tells what is due by a moment."""

    def __call__(self, *, now: datetime) -> Iterable[Item]:
        """Items, in any order."""


class Deed(Protocol):
    """Does something for one item."""

    def __call__(self, item: Item, /, *, now: datetime) -> Any:
        """Do it, and return what follows it needs to know, None if nothing follows."""


class Follow(Protocol):
    """Enqueues what follows."""

    def __call__(self, outcome: Any, /, *, now: datetime) -> None:
        """Take what was returned."""


@dataclass(frozen=True)
class Job:
    """One kind of thing that time brings."""

    name: str
    due: Due
    carry_out: Deed
    prepare: Deed | None
    follow: Follow | None
    told: "Callable[[Failure], None] | None"


JOBS: dict[str, Job] = {}


def register(
    name: str,
    *,
    due: Due,
    carry_out: Deed,
    prepare: Deed | None = None,
    follow: Follow | None = None,
    told: "Callable[[Failure], None] | None" = None,
) -> None:
    """Let the clock do a job; the same name again replaces it. Call it from `AppConfig.ready`.

    `due(now=…)` reads, cheaply: it is asked every five seconds, and a little ahead. `carry_out(item, now=…)` is one
    action, called inside a transaction; it looks again whether the item is still due, and raises an error whose
    `reasons` are sentences for the desk if it cannot be done. `prepare(item, now=…)` is called before that transaction
    opens, for what takes long; `follow(outcome, now=…)` after the action with what it returned, inside the transaction,
    to enqueue. `told(failure)` is called once for an item that failed, inside a transaction, to enqueue the mail.
    """
    JOBS[name] = Job(name, due, carry_out, prepare, follow, told)
