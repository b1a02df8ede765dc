"""Following the log live: one thread in each process reads it, whoever listens (docs/decisions/0016)."""

from gazeti.log.following.crowds import follow
from gazeti.log.following.listening import Listener
from gazeti.log.following.reading import Reader, reader, stop

__all__ = ["Listener", "Reader", "follow", "reader", "stop"]
