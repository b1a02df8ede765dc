"""One answer as the edge keeps it: its bytes in every encoding, its headers, and what makes it untrue."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

Header = tuple[bytes, bytes]
IDENTITY = "identity"
KEPT_SECONDS = 86_400.0
"""How long an answer may be given after Django could last be asked for it."""
ABSENT_SECONDS = 10.0
"""How long a 404 is kept, unless something comes to its address before."""
MADE_HERE = frozenset({b"content-length", b"content-encoding", b"etag", b"last-modified", b"age", b"date", b"vary"})
"""Headers that the edge writes itself, whatever the answer came with."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to anybody who asks for an address.

    `query` is canonical: the parameters that the view reads, sorted; empty for none. `headers` are lower-case and
    without those the edge makes. `bodies` holds "identity", and other content codings where they are smaller (RFC 9110,
    8.4.1). `position` is that of the log before the render began; `at` and `modified` are Unix times, of the render
    and of the first render with these bytes. `reads` are the parameters of which `query` is made. `is_found` tells that
    it was rendered by another process, or before this one began.
    """

    path: str
    query: str
    status: int
    headers: tuple[Header, ...]
    bodies: Mapping[str, bytes]
    tags: frozenset[str]
    position: int
    at: float
    modified: int
    reads: frozenset[str] = frozenset()
    mark: str = ""
    is_found: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        """Derive the mark from the bytes, unless it was stored with them."""
        if not self.mark:
            object.__setattr__(self, "mark", mark_of(self.status, self.headers, self.bodies[IDENTITY]))

    @property
    def key(self) -> str:
        """The address with its canonical query."""
        return key_of(self.path, self.query)

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        texts = sum(len(name) + len(value) + 120 for name, value in self.headers)
        texts += 4 * (len(self.path) + len(self.query))
        return sum(map(len, self.bodies.values())) + texts + sum(len(tag) + 60 for tag in self.tags) + 1_500

    def etag(self, encoding: str) -> bytes:
        """The strong validator of the bytes in one encoding (RFC 9110, 8.8.3)."""
        suffix = "" if encoding == IDENTITY else f"-{encoding}"
        return f'"{self.mark}{suffix}"'.encode("ascii")

    def lasts(self) -> float:
        """Seconds after which time alone makes it old."""
        return ABSENT_SECONDS if self.status == 404 else KEPT_SECONDS

    def since(self, modified: int) -> "Answer":
        """The same answer, whose bytes were there before."""
        return replace(self, modified=modified)


def key_of(path: str, query: str) -> str:
    """The name by which an answer is kept. A path begins with a slash, whatever is in it, and a query has no space."""
    return f"?{query} {path}" if query else path


def mark_of(status: int, headers: Iterable[Header], body: bytes) -> str:
    """Twelve characters that other bytes or other headers would not have."""
    digest = hashlib.blake2b(str(status).encode(), digest_size=9)
    for name, value in headers:
        digest.update(b"%b:%b\n" % (name, value))
    digest.update(body)
    return base64.urlsafe_b64encode(digest.digest()).decode("ascii")
