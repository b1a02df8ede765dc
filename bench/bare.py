"""The bare text of a story: the least that a page with these words can be, served as bytes that are ready.

Run by Granian as `bench.bare:application` with BENCH_PAGE naming the file of the compressed page.
"""

import gzip
import os
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from typing import Any

from bench.text import PageText

Send = Callable[[dict[str, Any]], Awaitable[None]]
BYLINE = "By First Reporter and Second Reporter, 4 July 2024"


def bare_html(text: PageText) -> str:
    """Headline, standfirst, byline, paragraphs and the recent headlines as links: no style, no picture."""
    paragraphs = [text.standfirst, BYLINE, *text.paragraphs]
    links = [f'<li><a href="/{number}/">{escape(one)}</a></li>' for number, one in enumerate(text.recent, start=1)]
    lines = [
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(text.headline)}</title><h1>{escape(text.headline)}</h1>",
        *(f"<p>{escape(one, quote=False)}</p>" for one in paragraphs),
        "<h2>Recent stories</h2><ul>",
        *links,
        "</ul></html>",
    ]
    return "\n".join(lines)


def packed(html: str) -> bytes:
    """The page compressed as well as gzip can, the same bytes each time."""
    return gzip.compress(html.encode(), compresslevel=9, mtime=0)


def bare_application(body: bytes) -> Callable[..., Awaitable[None]]:
    """An ASGI application that answers every request with this gzip body."""
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-encoding", b"gzip"),
        (b"content-length", str(len(body)).encode("ascii")),
    ]

    async def answer(_scope: dict[str, Any], _receive: Any, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


if "BENCH_PAGE" in os.environ:
    application = bare_application(Path(os.environ["BENCH_PAGE"]).read_bytes())
