"""What a client accepts, said in one line or in several, which are one list (RFC 9110, 5.3)."""

from typing import Any

import pytest

from tests.edge.stage import STORY, Stage, nothing_more, played, stage


async def coding_of(scene: Stage, *lines: bytes) -> str:
    """In which coding the story comes to a client that sends these lines."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), *((b"accept-encoding", line) for line in lines)]
    scope = {"type": "http", "method": "GET", "path": STORY, "query_string": b"", "headers": headers}
    await scene.edge(scope, nothing_more, send)
    return dict(sent[0]["headers"]).get(b"content-encoding", b"identity").decode()


@pytest.mark.parametrize(
    ("lines", "coding"),
    [
        ([b"gzip", b"zstd;q=0.1"], "gzip"),
        ([b"zstd;q=0.1", b"gzip"], "gzip"),
        ([b"gzip", b"gzip;q=0"], "identity"),
        ([b"unheard-of", b"br"], "br"),
        ([b"br", b"unheard-of"], "br"),
        ([b"gzip"], "gzip"),
        ([], "identity"),
    ],
)
def test_several_lines_are_one_list_whether_the_page_is_ready_or_not(lines: list[bytes], coding: str) -> None:
    scene = stage()

    async def play() -> None:
        # Each single line first, so that a page is ready for it.
        for line in lines:
            await coding_of(scene, line)
        for _ in range(3):
            assert await coding_of(scene, *lines) == coding

    played(play)
