"""Renders of readers' pages: Django asked for an address as nobody in particular, by threads with lasting connections.

What Django is asked never holds anything of the reader: no cookie, no condition, no encoding, no address.
"""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse, HttpResponseBase
from django.urls import set_script_prefix

from gazeti.edge.answers import MADE_HERE, Answer, Header
from gazeti.edge.encodings import encoded
from gazeti.edge.facts import rendering
from gazeti.edge.routes import exact
from gazeti.edge.tags import read_by, tags_of
from gazeti.edge.truth import truth

THREADS = 4
"""Renders at a time in one worker. Python runs one of them; the others are for those that wait for the database."""
THREADS_FOR_UNKNOWN = 2
"""The same for addresses at which nothing was ever seen; `lanes` tells which they are."""
KEPT_STATUSES = frozenset({200, 301, 302, 404, 410})
NEVER = frozenset({"no-store", "private"})
UNKNOWN = -1
"""The position of a render that began while the log could not be asked."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What Django answered. `answer` is set if it may be kept."""

    status: int
    headers: tuple[Header, ...]
    body: bytes
    tags: frozenset[str]
    position: int
    is_private: bool
    answer: Answer | None

    @property
    def has_failed(self) -> bool:
        """Whether Django could not answer, so that what was good before is better."""
        return self.status >= 500

    @property
    def sets_cookie(self) -> bool:
        """Whether it is for one person alone, however many waited for it."""
        return any(name == b"set-cookie" for name, _value in self.headers)


class Renders:
    """Asks Django, a few at a time."""

    def __init__(self) -> None:
        """Load Django's layers once."""
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="render")
        self.unknown = ThreadPoolExecutor(THREADS_FOR_UNKNOWN, thread_name_prefix="render unknown")

    def render(self, path: str, query: bytes) -> Rendered:
        """Ask Django for an address; called in one of the pool's threads. Raises nothing that Django can answer."""
        found = self._asked(path, query)
        if found.has_failed and connection.errors_occurred:
            # The connection was cut, as when the database started again: once more, on a new one.
            found = self._asked(path, query)
        return found

    def _asked(self, path: str, query: bytes) -> Rendered:
        keep_connected()
        position = _position()
        request = ASGIRequest(_scope(path, query), BytesIO())
        set_script_prefix("")
        with rendering(position):
            response = self.handler.get_response(request)
        try:
            return _taken(response, path, query, reads=read_by(request), position=position)
        finally:
            # Closing the answer ends the request, which would end a connection that has an end.
            connection.close_at = None
            response.close()


def _taken(response: HttpResponseBase, path: str, query: bytes, *, reads: frozenset[str], position: int) -> Rendered:
    body = response.content if isinstance(response, HttpResponse) else b"".join(response)
    listed = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]
    is_private = bool(NEVER & set(_words(response.get("Cache-Control", "").lower())))
    tags = tags_of(response)
    answer = None
    # None for what no shorter query names: kept by less than Django was asked, it would be another page's answer.
    kept_by = exact(query, reads)
    if tags and not is_private and position >= 0 and kept_by is not None and _may_be_kept(response):
        answer = _answer(response.status_code, listed, body, tags=tags, position=position, place=(path, kept_by, reads))
    cookies = tuple((b"set-cookie", morsel.OutputString().encode()) for morsel in response.cookies.values())
    plain = tuple(pair for pair in listed if pair[0] != b"content-length") + cookies
    return Rendered(response.status_code, plain, body, tags, position, is_private, answer)


def _answer(
    status: int,
    listed: Iterable[Header],
    body: bytes,
    *,
    tags: frozenset[str],
    position: int,
    place: tuple[str, str, frozenset[str]],
) -> Answer:
    path, query, reads = place
    now = time.time()
    kind = next((value for name, value in listed if name == b"content-type"), b"")
    return Answer(
        path=path,
        query=query,
        status=status,
        headers=tuple(pair for pair in listed if pair[0] not in MADE_HERE),
        bodies=encoded(body, kind),
        tags=tags,
        position=position,
        at=now,
        modified=int(now),
        reads=reads,
    )


def _may_be_kept(response: HttpResponseBase) -> bool:
    """An answer that anybody may get: it sets no cookie, and varies by nothing but the encoding."""
    varies = {name.lower() for name in _words(response.get("Vary", ""))} - {"accept-encoding"}
    sets_cookie = bool(response.cookies) or response.has_header("Set-Cookie")
    return response.status_code in KEPT_STATUSES and not sets_cookie and not varies


def _words(field: str) -> Iterable[str]:
    return (word.strip() for word in field.split(",") if word.strip())


def _position() -> int:
    """Up to where this process knows the log; whatever is read after this is at least as new."""
    try:
        return truth.catch_up()
    except (DatabaseError, InterfaceError):
        return UNKNOWN


def keep_connected() -> None:
    """Close a connection that broke; a good one stays for the next render."""
    if connection.in_atomic_block:  # whoever opened it still needs it
        return
    connection.close_at = None
    connection.close_if_unusable_or_obsolete()


def _scope(path: str, query: bytes) -> dict[str, Any]:
    address = urlsplit(settings.GAZETI_ADDRESS)
    host = address.netloc.encode("ascii")
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "scheme": address.scheme,
        "headers": [(b"host", host)],
        "server": (address.hostname, address.port or (443 if address.scheme == "https" else 80)),
        "client": None,
    }
