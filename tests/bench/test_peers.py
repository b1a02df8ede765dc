"""The peers of `PEERS=1`: where they are laid, when they are left out, and that only nginx's cache is measured."""

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench import sides, throughput
from bench.cores import NotMeasurable
from bench.newsroom import WrongAnswer
from bench.peers import GHOST, WORDPRESS, cached, ground, peers, wordpress
from bench.servers import NotStarted
from bench.text import PageText
from bench.wire import Answer
from tests.services import nginx

needs_nginx = pytest.mark.skipif(nginx.program() is None, reason="no nginx found")
TEXT = PageText("A bridge is opened", "It took two years.", ("One.", "Two."), ("Another",))
BEFORE = f"""proxy_cache_path {{cache}} keys_zone=peer:1m;
server {{
  listen 127.0.0.1:{{port}};
  location / {{
    proxy_pass http://127.0.0.1:%d; proxy_cache peer; proxy_cache_valid 200 60s;
    add_header {cached.KEPT_AS} $upstream_cache_status;
  }}
}}"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's for whatever a peer would lay."""
    monkeypatch.setenv(ground.PLACE, str(tmp_path / "peers"))
    return tmp_path / "peers"


def test_peers_are_sides_only_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer, ours = Answer(200, b"", b""), sides.Served(0, None)  # type: ignore[arg-type]
    monkeypatch.delenv("PEERS", raising=False)
    without = sides.others(tmp_path, ours, answer, TEXT, "/story/")
    monkeypatch.setenv("PEERS", "1")
    beside = sides.others(tmp_path, ours, answer, TEXT, "/story/")
    assert set(beside) - set(without) == {WORDPRESS, GHOST}


def test_the_store_is_held_to_its_promise_beside_each_peer() -> None:
    speeds = {sides.STORE: [1350.0], WORDPRESS: [1000.0], GHOST: [500.0]}
    told = list(throughput.kept_promises(speeds))
    assert told == [
        f"{sides.STORE}: 1.35 of {WORDPRESS} (promised: 1.35).",
        f"{sides.STORE}: 2.70 of {GHOST} (promised: 1.35).",
    ]


def test_peers_are_laid_outside_of_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path) -> None:
    assert ground.ground("wordpress") == place / "wordpress"
    monkeypatch.delenv(ground.PLACE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert ground.ground("ghost") == tmp_path / "caches" / "gazeti-bench-peers" / "ghost"


def test_asking_for_peers_lays_nothing_until_one_is_entered(place: Path) -> None:
    assert list(peers(TEXT)) == [WORDPRESS, GHOST]
    assert not place.exists()


def test_a_peer_is_laid_once_for_the_same_words(place: Path) -> None:
    laid: list[str] = []
    for text in (TEXT, TEXT, replace(TEXT, headline="Another headline")):
        path = ground.laid(place, text, lambda: laid.append("again") or "/post/")  # type: ignore[func-returns-value]
        assert path == "/post/"
    assert len(laid) == 2


def test_what_was_laid_in_part_is_laid_anew(place: Path) -> None:
    def fails() -> str:
        (place / "half").touch()
        raise NotStarted("npm ended with status 1")

    with pytest.raises(NotStarted):
        ground.laid(place, TEXT, fails)
    assert ground.laid(place, TEXT, lambda: "/whole/") == "/whole/"
    assert not (place / "half").exists()


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such package')"]
    with pytest.raises(NotStarted, match=r"status 1: no such package"):
        ground.done(command, folder=tmp_path)


def test_wordpress_that_is_not_installed_is_left_out_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path
) -> None:
    monkeypatch.setattr(wordpress, "PACKAGED", tmp_path / "nothing")
    with pytest.raises(NotMeasurable, match="apt-get install wordpress"), wordpress.wordpress_side(TEXT):
        pass
    assert not place.exists()


@needs_nginx
def test_a_peer_is_measured_once_the_cache_itself_answers() -> None:
    with backend(compressed=True) as asked, cached.cached("peer", "/post/", TEXT, servers=BEFORE % asked.port) as side:
        assert side.url.endswith("/post/")
        again = cached.asked(int(side.url.split(":")[2].partition("/")[0]), "/post/")
    assert again == ("HIT", TEXT.headline)
    assert asked.count == 1


@needs_nginx
@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"compressed": False}, "did not compress"),
        ({"compressed": True, "cookie": True}, "never kept"),
        ({"compressed": True, "page": "Error establishing a database connection"}, "another page"),
    ],
)
def test_a_peer_whose_cache_does_not_give_the_story_is_refused(answers: dict[str, object], why: str) -> None:
    with (
        backend(**answers) as asked,  # type: ignore[arg-type]
        pytest.raises(WrongAnswer, match=why),
        cached.cached("peer", "/post/", TEXT, servers=BEFORE % asked.port),
    ):
        pass


class Backend(ThreadingHTTPServer):
    """A peer's back end: it counts how often it was asked."""

    count = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def backend(*, compressed: bool, cookie: bool = False, page: str = TEXT.headline) -> Iterator[Backend]:
    """Serve one page on a free port until the end."""
    body = gzip.compress(page.encode()) if compressed else page.encode()

    class Page(BaseHTTPRequestHandler):
        server: Backend

        def do_GET(self) -> None:
            self.server.count += 1
            self.send_response(200)
            for name, value in (("Content-Encoding", "gzip"),) if compressed else ():
                self.send_header(name, value)
            if cookie:
                self.send_header("Set-Cookie", "seen=1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with Backend(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
