"""What content delivery networks are told: nothing, until the newsroom names one that it can purge by tag.

Then each answer carries lifetimes and tags for it, and each purge of the log becomes a task that purges it too.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from gazeti import log
from gazeti.edge.answers import KEPT_SECONDS
from gazeti.edge.truth import EVERYTHING, STREAM
from gazeti.log import followers

logger = logging.getLogger(__name__)

NAME = "cdn"
ALL = "everything"
"""What a network calls the tag that every answer has."""
PLAIN = ":/-._~"
"""What stays as it is in a tag; a comma or a space would divide it."""
MOST_BYTES = 8000
"""Longer lists of tags are cut off by some networks: such an answer is left to the edge."""
WHILE_RENEWED = 30
"""Seconds for which a network may give an answer that time alone made old, while it asks for a new one."""
PAUSES = tuple(timedelta(seconds=one) for one in (1, 5, 30, 120, 600, 1800, 3600))
"""How long a network that did not take a purge is left alone, after the first try, the second and so on."""
ONCE_MORE = timedelta(seconds=5)
"""After this a purge is sent again: what was on its way while the first was taken may have been kept after it."""


def headers(tags: Iterable[str], *, lasts: float = KEPT_SECONDS) -> list[tuple[bytes, bytes]]:
    """Lifetimes (RFC 9213) and tags for the network, for an answer that lasts so many seconds from its render on, as
    its `Age` counts; none while there is no network.
    """
    return list(_headers(frozenset(tags), int(lasts))) if settings.GAZETI_CDN else []


def register() -> None:
    """Let the purges of the log be followed, if the newsroom has named a network."""
    if settings.GAZETI_CDN:
        followers.register(NAME, enqueue, streams=[STREAM])


def enqueue(entries: list[log.Entry]) -> None:
    """Enqueue one purge of all that these purges name, and another for what was on its way."""
    tags = sorted({tag for entry in entries for tag in entry.data["tags"]})
    purge_network.enqueue(tags)
    purge_network.using(run_after=timezone.now() + ONCE_MORE).enqueue(tags)


@task()
def purge_network(tags: list[str], tries: int = 1) -> None:
    """Purge the network of these tags; if it does not take it, try again later, seven times. Twice does no harm."""
    from wagtail.contrib.frontend_cache.utils import get_backends

    from gazeti.edge.networks import NotTaken

    try:
        for network in get_backends().values():
            network.purge_tags([_word(tag) for tag in tags])
    except NotTaken as error:
        logger.warning("A purge could not be sent, at try %s: %s.", tries, error)
        if tries > len(PAUSES):
            raise
        again = purge_network.using(run_after=timezone.now() + PAUSES[tries - 1])
        again.enqueue(tags, tries + 1)


@lru_cache(maxsize=4096)
def _headers(tags: frozenset[str], lasts: int) -> tuple[tuple[bytes, bytes], ...]:
    words = [ALL, *sorted(map(_word, tags))]
    keys = " ".join(words).encode("ascii")
    if len(keys) > MOST_BYTES:
        return ((b"cdn-cache-control", b"no-store"),)
    control = f"max-age={lasts}, stale-while-revalidate={WHILE_RENEWED}, stale-if-error={int(KEPT_SECONDS)}"
    return (
        (b"cdn-cache-control", control.encode("ascii")),
        (b"surrogate-key", keys),
        (b"cache-tag", keys.replace(b" ", b",")),
    )


def _word(tag: str) -> str:
    """A tag as networks can carry it: ASCII, without a space or comma."""
    return ALL if tag == EVERYTHING else quote(tag, safe=PLAIN)
