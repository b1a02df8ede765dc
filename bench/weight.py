"""Bytes of a first view on the wire: status line, headers and gzip body of each type of page, style inlined.

Beside it stands what peers weigh, measured on the same page on another day (docs/measurements.md).
"""

from collections.abc import Mapping
from pathlib import Path

from bench.bare import bare_html, packed
from bench.figures import Part, Table
from bench.newsroom import checked, settings_of
from bench.servers import serving
from bench.text import PageText
from bench.wire import Answer, fetch

PROMISED = 10_000
"""Bytes of the seed's story with 20 recent stories, and of the front (issue, step 1)."""
FIRST_WINDOW = 10 * 1460
"""Bytes that a server sends before it hears back: ten segments (RFC 6928)."""
PEERS = {"Wagtail 8, its news template": 15_200, "WordPress 6.1": 18_600, "Ghost 6.65": 26_000}
COLUMNS = ("page", "status", "headers", "gzip body", "bytes on the wire", "times the bare text", "HTML and style")


def measure(home: Path, text: PageText, addresses: Mapping[str, str]) -> Part:
    """Weigh each type of page as Granian sends it."""
    with serving("gazeti.config.asgi:application", settings_of(home)) as port:
        answers = {name: fetch(port, path) for name, path in addresses.items()}
    for name, answer in answers.items():
        checked(name, answer.status)
    bare = bare_answer(home, text)
    rows = [row("bare text", bare, bare.total), *(row(name, one, bare.total) for name, one in answers.items())]
    rows += [(name, "", "", "", total, total / bare.total, "") for name, total in PEERS.items()]
    note = (
        f"Promised for story and front: at most {PROMISED:,} bytes. The first {FIRST_WINDOW:,} bytes need no second "
        "round trip (RFC 6928). Peers: the same story with the style that blocks its first paint, measured earlier."
    )
    data = {name: {"head": len(one.head), "body": len(one.body), "total": one.total} for name, one in answers.items()}
    data["bare text"] = {"head": len(bare.head), "body": len(bare.body), "total": bare.total}
    return Part([Table("Weight of a first view", COLUMNS, rows, note)], data)


def bare_answer(home: Path, text: PageText) -> Answer:
    """The bare text as the same server sends it."""
    with serving("bench.bare:application", bare_page(home, text)) as port:
        return fetch(port, "/")


def bare_page(home: Path, text: PageText) -> dict[str, str]:
    """The environment of a server of the bare text, whose compressed page is written into the newsroom's folder."""
    page = home / "bare.html.gz"
    page.write_bytes(packed(bare_html(text)))
    return {"BENCH_PAGE": str(page)}


def row(name: str, answer: Answer, bare: int) -> tuple[object, ...]:
    """One type of page in the table."""
    sizes = (len(answer.head), len(answer.body), answer.total)
    return name, answer.status, *sizes, answer.total / bare, len(answer.plain)
