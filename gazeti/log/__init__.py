"""One ordered, durable, followable log (house decision 4). It keeps events and does not know what they mean."""

from gazeti.log.ledger import Entry, Place, Rotated, append, before, head, oldest, read, since

__all__ = ["Entry", "Place", "Rotated", "append", "before", "head", "oldest", "read", "since"]
