"""How a kept answer stands in its file: a checksum, a line of JSON, the bodies. A torn one is never taken for whole."""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from gazeti.edge.answers import Answer

FORM = b"gazeti-2"
"""The first word of a file; another form of files has another."""
LONGEST_HEAD = 1_000_000


class Head(NamedTuple):
    """What a file says of its answer before the bodies."""

    path: str
    query: str
    tags: frozenset[str]
    position: int
    at: float


def written(answer: Answer) -> bytes:
    """The bytes of a file that holds the answer."""
    head = {
        "path": answer.path,
        "query": answer.query,
        "status": answer.status,
        "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in answer.headers],
        "bodies": {coding: len(body) for coding, body in answer.bodies.items()},
        "tags": sorted(answer.tags),
        "position": answer.position,
        "at": answer.at,
        "modified": answer.modified,
        "reads": sorted(answer.reads),
        "mark": answer.mark,
    }
    rest = b"".join([json.dumps(head).encode(), b"\n", *answer.bodies.values()])
    return b"%b %b\n%b" % (FORM, _sum(rest), rest)


def whole(content: bytes) -> Answer | None:
    """The answer that a file holds; None if a byte of it is missing or other than it was."""
    first, _, rest = content.partition(b"\n")
    if first != b"%b %b" % (FORM, _sum(rest)):
        return None
    line, _, bodies = rest.partition(b"\n")
    head = json.loads(line)
    return Answer(
        path=head["path"],
        query=head["query"],
        status=head["status"],
        headers=tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in head["headers"]),
        bodies=_parted(bodies, head["bodies"]),
        tags=frozenset(head["tags"]),
        position=head["position"],
        at=head["at"],
        modified=head["modified"],
        reads=frozenset(head["reads"]),
        mark=head["mark"],
    )


def head_of(path: Path) -> Head | None:
    """What a file says of its answer, its bodies unread and unchecked; None for what is no file of ours."""
    try:
        with path.open("rb") as file:
            first, line = file.readline(200), file.readline(LONGEST_HEAD)
        head: dict[str, Any] = json.loads(line) if first.startswith(FORM) else {}
        return Head(head["path"], head["query"], frozenset(head["tags"]), head["position"], head["at"])
    except (OSError, ValueError, KeyError):
        return None


def _sum(rest: bytes) -> bytes:
    return hashlib.blake2b(rest, digest_size=16).hexdigest().encode("ascii")


def _parted(bodies: bytes, lengths: dict[str, int]) -> dict[str, bytes]:
    found, start = {}, 0
    for coding, length in lengths.items():
        found[coding] = bodies[start : start + length]
        start += length
    return found
