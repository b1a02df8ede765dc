"""One ordered, durable, followable log (house decision 4). It keeps events and does not know what they mean."""

from gazeti.log.ledger import Entry, Place, append, before, head, read

__all__ = ["Entry", "Place", "append", "before", "head", "read", "since"]
