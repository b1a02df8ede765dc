"""A peer behind nginx's cache, as its operators run it: measured only once the cache itself answers."""

import gzip
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection

from bench.newsroom import WrongAnswer
from bench.nginx import nginx
from bench.servers import HOST, free_port
from bench.sides import Side
from bench.text import PageText
from bench.wire import SECONDS

KEPT_AS = "x-kept"
"""The header in which nginx says whether its cache answered."""
TRIES = 50


@contextmanager
def cached(name: str, path: str, text: PageText, *, servers: str) -> Iterator[Side]:
    """Put nginx before a peer with these lines, `{port}` and `{cache}` filled in. Raises WrongAnswer, NotStarted."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="gazeti-bench-cache-") as cache:
        lines = servers.replace("{port}", str(port)).replace("{cache}", cache)
        with nginx(port, lines):
            from_cache(port, path, text)
            yield Side(name, f"http://{HOST}:{port}{path}")


def from_cache(port: int, path: str, text: PageText) -> None:
    """Ask until the cache gives the story, whole and compressed. Raises WrongAnswer."""
    for _ in range(TRIES):
        kept, page = asked(port, path)
        if text.headline[:12] not in page:
            raise WrongAnswer(f"port {port} gave another page than the story for {path}")
        if kept == "HIT":
            return
    raise WrongAnswer(f"nginx's cache never kept {path}")


def asked(port: int, path: str) -> tuple[str, str]:
    """What the cache said, and the page, which may come in chunks. Raises WrongAnswer unless it came compressed."""
    connection = HTTPConnection(HOST, port, timeout=SECONDS)
    with closing(connection):
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        if answer.status != 200 or answer.headers["Content-Encoding"] != "gzip":
            raise WrongAnswer(f"port {port} gave {answer.status} for {path}, or did not compress it")
        return answer.headers.get(KEPT_AS, ""), gzip.decompress(answer.read()).decode()
