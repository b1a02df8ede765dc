"""One ordered, durable, followable log (house decision 4). It keeps events and does not know what they mean."""

from gazeti.log.ledger import Entry, New, Place, Rotated, append, append_all, before, head, oldest, read, since

__all__ = [
    "Entry",
    "New",
    "Place",
    "Rotated",
    "append",
    "append_all",
    "before",
    "head",
    "oldest",
    "read",
    "since",
]
