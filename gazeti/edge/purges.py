"""Purges: which tags changed, appended to the log in the transaction that changed them (house decision 3)."""

from collections.abc import Iterable

from gazeti import log

STREAM = "purges"


def purge(tags: Iterable[str]) -> log.Place | None:
    """Append one purge of these tags; nothing for none. It holds if the caller's transaction does."""
    names = sorted(set(tags))
    return log.append(STREAM, "purge", {"tags": names}) if names else None
