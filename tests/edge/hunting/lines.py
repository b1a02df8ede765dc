"""Single answers on connections of their own."""

from collections.abc import Iterator

from bench.wire import fetch


def answers(port: int, path: str, *, times: int) -> Iterator[tuple[int, str, bytes]]:
    """Ask so often, each time on a new connection: status, coding and body."""
    for coding in ("gzip", "br", "identity")[:times]:
        answer = fetch(port, path, encodings=coding)
        yield answer.status, answer.headers.get("content-encoding", "identity"), answer.body
