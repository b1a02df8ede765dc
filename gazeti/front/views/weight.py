"""What a story weighs for a reader, before it goes out: rendered, encoded and counted as its answer will be."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.security import SecurityMiddleware
from django.utils import timezone

from gazeti.edge.middleware import Encoding, SecurityHeaders
from gazeti.front.queries.weight import phone_bytes
from gazeti.front.views.pages import page_answer
from gazeti.stories.models import Story

SERVER = b"server: granian\r\ndate: Thu, 04 Jul 2024 06:12:00 GMT\r\n"
EDGE = b'etag: "abcdefghijkl-gzip"\r\nlast-modified: Thu, 04 Jul 2024 06:12:00 GMT\r\nage: 86400\r\n'
"""What the server and the edge add of their own; these lines are never longer."""


@dataclass(frozen=True)
class Weight:
    """Bytes: of the first view on the wire (status line, headers, document with its style, gzip), of its pictures."""

    first_view: int
    pictures: int


def weigh(story: Story) -> Weight:
    """What readers will load of a story as it is in memory, whether it is out, a draft or not saved yet."""
    dated = story.published_at
    # It gets its date as it goes out.
    story.published_at = dated or timezone.now()
    try:
        documents: list[str] = []
        answer = _layers(story, documents)(_request(story))
    finally:
        story.published_at = dated
    return Weight(first_view=wire_bytes(answer), pictures=phone_bytes(documents[0]))


def wire_bytes(answer: HttpResponse) -> int:
    """Bytes of an HTTP/1.1 answer (RFC 9112): status line, headers, an empty line, body."""
    lines = [f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\r\n"]
    lines += [f"{name}: {value}\r\n" for name, value in answer.headers.items()]
    return sum(len(line.encode()) for line in lines) + len(SERVER + EDGE) + len(b"\r\n") + len(answer.content)


def _layers(story: Story, documents: list[str]) -> Callable[[HttpRequest], Any]:
    """The layers of the middleware that touch a reader's answer, around the renderer of pages."""

    def rendered(request: HttpRequest) -> HttpResponseBase:
        answer = page_answer(story, request)
        documents.append(answer.content.decode())
        return answer

    secured: Any = SecurityMiddleware(Encoding(rendered))
    return SecurityHeaders(secured)


def _request(story: Story) -> HttpRequest:
    """What a phone's browser asks."""
    address = urlsplit(settings.GAZETI_ADDRESS)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": story.address,
            "SERVER_NAME": address.hostname,
            "SERVER_PORT": str(address.port or 80),
            "wsgi.url_scheme": address.scheme,
            "wsgi.input": BytesIO(),
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd",
        }
    )
