"""The bench's servers, its byte counter and its browser: they measure what they say. Nothing here is timed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench import first_paint, live_header, weight, wire
from bench.bare import bare_html, packed
from bench.newsroom import WrongAnswer
from bench.servers import NotStarted, serving
from bench.text import PageText, page_text

BARE = "bench.bare:application"


@pytest.fixture
def text(tmp_path: Path) -> PageText:
    """Words that every machine has."""
    return page_text(tmp_path / "page.txt")


@pytest.fixture
def bare_port(tmp_path: Path, text: PageText) -> Iterator[int]:
    """Granian serving the bare text."""
    with serving(BARE, weight.bare_page(tmp_path, text)) as port:
        yield port


def test_the_bare_text_is_served_as_packed_and_counted_to_the_byte(bare_port: int, text: PageText) -> None:
    answer = wire.fetch(bare_port, "/")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body == packed(bare_html(text))
    assert answer.plain.decode() == bare_html(text)
    assert answer.total == len(answer.head) + len(answer.body)
    assert answer.head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.head.endswith(b"\r\n\r\n")


def test_every_byte_that_a_server_sent_is_counted() -> None:
    sent = b"HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\nx-more: a:b\r\n\r\nhello"
    with one_answer(sent) as port:
        answer = wire.fetch(port, "/nothing/")
    assert (answer.status, answer.total, answer.plain) == (404, len(sent), b"hello")
    assert answer.headers["x-more"] == "a:b"


def test_an_answer_without_a_length_is_refused() -> None:
    with one_answer(b"HTTP/1.1 200 OK\r\n\r\nhello") as port, pytest.raises(ValueError, match="how long"):
        wire.fetch(port, "/")


def test_a_server_that_ends_at_once_is_told() -> None:
    with pytest.raises(NotStarted, match=r"bench\.nothing:application"), serving("bench.nothing:application", {}):
        pass


def test_a_server_is_gone_when_its_part_is_over(tmp_path: Path, text: PageText) -> None:
    with serving(BARE, weight.bare_page(tmp_path, text)) as port:
        pass
    with pytest.raises(OSError, match=r".+"):
        wire.fetch(port, "/")


def test_the_copy_with_the_live_link_has_the_themes_masthead_and_one_rule_more(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "gazeti.db").write_bytes(b"rows")
    other = live_header.copy_with_live_header(home, tmp_path / "other")
    style = (other / "static/gazeti/css/masthead.css").read_text(encoding="utf-8")
    assert style == live_header.MASTHEAD.read_text(encoding="utf-8") + live_header.LIVE_STYLE + "\n"
    assert (other / "gazeti.db").read_bytes() == b"rows"
    assert live_header.live_link(path="/") == '<a class="live" href="/live/">Live updates</a>'


@pytest.mark.browser
def test_the_phone_is_throttled_and_its_paint_is_read(bare_port: int) -> None:
    """The round trip is a least time, so this holds on any machine."""
    found = first_paint.paint_in_turns({"bare text": f"http://127.0.0.1:{bare_port}/"}, rounds=1)
    (sample,) = found["bare text"]
    assert sample.paint >= sample.last_byte >= first_paint.LATENCY_MS
    assert sample.server >= 0


@pytest.mark.browser
def test_a_page_that_fails_is_not_measured() -> None:
    failed = b"HTTP/1.1 500 Oh\r\ncontent-length: 5\r\ncontent-type: text/html\r\n\r\nhello"
    with first_paint.chromium() as browser, one_answer(failed) as port, pytest.raises(WrongAnswer, match="500"):
        first_paint.paint(browser, f"http://127.0.0.1:{port}/")


@contextmanager
def one_answer(sent: bytes) -> Iterator[int]:
    """A server that gives one answer, whatever it is asked; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_answer, args=(listening, sent))
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def _answer(listening: socket.socket, sent: bytes) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(sent)
