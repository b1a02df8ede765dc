"""What content delivery networks are told: nothing, until the newsroom names one that it can purge."""

from collections.abc import Iterable


def headers(tags: Iterable[str]) -> list[tuple[bytes, bytes]]:
    """Lifetimes (RFC 9213) and tags for the network; none while there is no network."""
    return []
