"""An answer as it goes over the wire, counted byte by byte from the socket."""

import gzip
import socket
from collections.abc import Callable
from dataclasses import dataclass

import brotli
import zstandard

from bench.servers import HOST

ENCODINGS = "gzip, deflate, br, zstd"
"""What Chromium offers."""
SECONDS = 30.0
UNPACKED: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: bytes(zstandard.ZstdDecompressor().decompress(body)),
}
"""How to read each encoding; all check themselves but brotli, whose end is marked."""


@dataclass(frozen=True)
class Answer:
    """Bytes of an HTTP/1.1 answer: `head` is status line and headers with the empty line, `body` what was sent."""

    status: int
    head: bytes
    body: bytes

    @property
    def total(self) -> int:
        """All bytes of the answer."""
        return len(self.head) + len(self.body)

    @property
    def headers(self) -> dict[str, str]:
        """The headers by their lower-case names."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        named = (line.partition(":") for line in lines if line)
        return {name.lower(): value.strip() for name, _, value in named}

    @property
    def plain(self) -> bytes:
        """The body as it was before compression."""
        return UNPACKED[self.headers.get("content-encoding", "identity")](self.body)


def fetch(port: int, path: str, *, encodings: str = ENCODINGS) -> Answer:
    """Ask once on a new connection, as a browser with an empty cache does, and read the answer whole.

    Raises ValueError for an answer that does not say its length.
    """
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: {encodings}\r\n\r\n"
    with socket.create_connection((HOST, port), timeout=SECONDS) as connection:
        connection.sendall(asked.encode("ascii"))
        with connection.makefile("rb") as stream:
            head = b"".join(iter(stream.readline, b"\r\n")) + b"\r\n"
            bare = Answer(status=int(head.split()[1]), head=head, body=b"")
            if "content-length" not in bare.headers:
                raise ValueError(f"{path} does not say how long its answer is")
            return Answer(bare.status, head, stream.read(int(bare.headers["content-length"])))
