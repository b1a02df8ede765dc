"""What content delivery networks are told: nothing, until the newsroom names one that it can purge by tag.

Then each answer carries lifetimes and tags for it, and each purge of the log becomes a task that purges it too.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any
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
NOT_KEPT = (b"cdn-cache-control", b"no-store")
TOLD = frozenset({b"cdn-cache-control", b"surrogate-key", b"cache-tag"})
WHILE_RENEWED = 30
"""Seconds for which a network may give an answer that time alone made old, while it asks for a new one."""
PAUSES = tuple(timedelta(seconds=one) for one in (1, 5, 30, 120, 600, 1800, 3600))
"""How long a network that did not take a purge is left alone, after the first try, the second and so on."""
ONCE_MORE = timedelta(seconds=5)
"""After this a purge is sent again: what was on its way while the first was taken may have been kept after it."""


def headers(
    tags: Iterable[str], *, lasts: float = KEPT_SECONDS, stated: int | None = None
) -> list[tuple[bytes, bytes]]:
    """Lifetimes (RFC 9213) and tags for the network; none while there is no network.

    An answer lasts so many seconds from its render on, as its `Age` counts; one that has `stated` for how long caches
    may keep it, no longer than that, and is not given while a new one is asked for.
    """
    return list(_headers(frozenset(tags), int(lasts), stated)) if settings.GAZETI_CDN else []


def withheld(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer that was purged already, so that no network keeps what no purge would take from it."""
    others = [pair for pair in headers if pair[0] not in TOLD]
    return [*others, NOT_KEPT] if settings.GAZETI_CDN else others


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
def purge_network(tags: list[str], tries: int = 1, *, only: list[str] | None = None) -> None:
    """Purge every network of these tags, or only those of these names. One that does not take it is tried again later,
    seven times, by itself: it keeps no other waiting. Twice does no harm.
    """
    from wagtail.contrib.frontend_cache.utils import get_backends

    words = [_word(tag) for tag in tags]
    tried = {name: _refusal(network, words) for name, network in get_backends(backends=only).items()}
    refusals = {name: error for name, error in tried.items() if error}
    for name, error in refusals.items():
        logger.warning("A purge of %s could not be sent, at try %s: %s.", name, tries, error)
    if refusals and tries > len(PAUSES):
        raise next(iter(refusals.values()))
    if refusals:
        again = purge_network.using(run_after=timezone.now() + PAUSES[tries - 1])
        again.enqueue(tags, tries + 1, only=list(refusals))


def _refusal(network: Any, words: list[str]) -> Exception | None:
    """Why a network did not take a purge; None if it did."""
    from gazeti.edge.networks import NotTaken

    try:
        network.purge_tags(words)
    except NotTaken as error:
        return error
    return None


@lru_cache(maxsize=4096)
def _headers(tags: frozenset[str], lasts: int, stated: int | None) -> tuple[tuple[bytes, bytes], ...]:
    words = [ALL, *sorted(map(_word, tags))]
    keys = " ".join(words).encode("ascii")
    if len(keys) > MOST_BYTES:
        return (NOT_KEPT,)
    lifetime = f"max-age={lasts}, stale-while-revalidate={WHILE_RENEWED}" if stated is None else f"max-age={stated}"
    control = f"{lifetime}, stale-if-error={int(KEPT_SECONDS)}"
    return (
        (b"cdn-cache-control", control.encode("ascii")),
        (b"surrogate-key", keys),
        (b"cache-tag", keys.replace(b" ", b",")),
    )


def _word(tag: str) -> str:
    """A tag as networks can carry it: ASCII, without a space or comma."""
    return ALL if tag == EVERYTHING else quote(tag, safe=PLAIN)
