"""A job for the clock that a test fills: what is due until it is done, and what goes wrong with it."""

from datetime import UTC, datetime

from gazeti import log
from gazeti.log import clock
from gazeti.log.models import Failure

NOW = datetime(2024, 7, 4, 6, 12, tzinfo=UTC)


class Refused(Exception):
    """An error that says what to do."""

    reasons = ("The standfirst is missing. Write one.",)


class Desk:
    """A job that a test fills: what is due until it is done, and what goes wrong with it."""

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.waiting: dict[str, datetime] = {}
        self.wrong: dict[str, list[Exception]] = {}
        self.done: list[str] = []
        self.told: list[str] = []
        clock.register(name, due=self.due, carry_out=self.carry_out, told=self.tell)

    def due(self, *, now: datetime) -> list[clock.Item]:
        return [clock.Item(key, at, about=7) for key, at in self.waiting.items() if at <= now]

    def carry_out(self, item: clock.Item, *, now: datetime) -> None:
        log.append("letters", "sent", {"key": item.key})
        if self.wrong.get(item.key):
            raise self.wrong[item.key].pop(0)
        self.done.append(item.key)
        self.waiting.pop(item.key, None)

    def tell(self, failure: Failure) -> None:
        self.told.append(failure.key)

    def fails(self, key: str, *errors: Exception, at: datetime = NOW) -> None:
        self.waiting[key] = at
        self.wrong[key] = list(errors)


def sent() -> list[str]:
    return [entry.data["key"] for entry in log.read(stream="letters")]
