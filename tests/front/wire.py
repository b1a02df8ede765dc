"""What a reader's first view weighs on the wire."""

from pathlib import Path

from django.http import HttpResponse
from django.test import Client

SERVER = b"server: granian\r\ndate: Thu, 04 Jul 2024 06:12:00 GMT\r\n"
EDGE = b'etag: "abcdefghijkl-gzip"\r\nlast-modified: Thu, 04 Jul 2024 06:12:00 GMT\r\nage: 86400\r\n'
"""What Granian and the edge add of their own; `make bench` weighs the real wire."""


def fetch(client: Client, path: str) -> HttpResponse:
    """Answer as a phone's browser asks: with gzip taken."""
    return client.get(path, headers={"accept-encoding": "gzip, deflate, br, zstd"})


def weight(response: HttpResponse) -> int:
    """Bytes of status line, headers and body of an HTTP/1.1 answer."""
    lines = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n".encode()]
    lines += [f"{name.lower()}: {value}\r\n".encode() for name, value in response.headers.items()]
    return sum(map(len, lines)) + len(SERVER + EDGE) + len(b"\r\n") + len(response.content)


def seed_paragraphs(shared: Path) -> list[str]:
    """The body of the seed, cut here by hand: from the standfirst's next paragraph to the comments."""
    lines = (shared / "seed/page.txt").read_text(encoding="utf-8").split("\n\n")
    start = lines.index("By |") + 2
    return lines[start : lines.index("Reader comments")]


def seed_headlines(shared: Path) -> list[str]:
    """The twenty recent headlines of the seed, each once, as printed the first time."""
    tail = (shared / "seed/page.txt").read_text(encoding="utf-8").split("Recent Stories")[1]
    lines = [line for line in tail.splitlines() if line.strip() and "July 4, 2024" not in line]
    return [line for line in dict.fromkeys(lines) if line != "Live Updates"]
