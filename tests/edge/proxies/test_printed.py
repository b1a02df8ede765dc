"""The printed configurations, run: nginx or Caddy serve what is filed, all else reaches Gazeti as it came."""

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from email.utils import formatdate
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gazeti.edge import proxies
from gazeti.edge.proxies import Facts
from gazeti.edge.store import Store, kinds
from tests.cli.processes import free_port
from tests.edge.proxies.asking import Said, ask
from tests.edge.proxies.upstream import upstream
from tests.edge.store.samples import PAGES, never, page, prepared
from tests.services import caddy as caddies
from tests.services import nginx as nginxes

PICTURES = kinds.Kind("pictures", "/media/pictures/", {"webp": "image/webp"}, lambda: {"Cache-Control": "immutable"})
ROBOTS = kinds.Kind("robots", "/robots.txt", {"txt": "text/plain; charset=utf-8"})


class Front(NamedTuple):
    """A running server in front, the store whose files it serves, and which it is."""

    address: str
    store: Store
    which: str

    def asks(self, path: str, **more: Any) -> Said:
        return ask(self.address, path, **more)


SERVERS = [
    pytest.param("nginx", marks=pytest.mark.nginx),
    pytest.param("caddy", marks=pytest.mark.caddy),
]


def run(which: str, facts: Facts, folder: Path) -> AbstractContextManager[str]:
    if which == "nginx":
        return nginxes.nginx(proxies.nginx(facts), folder)
    return caddies.caddy(proxies.caddy(facts), folder)


@pytest.fixture(scope="module", params=SERVERS)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Run a server in front of one that tells what it was asked."""
    folder = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch, upstream() as port:
        patch.setattr(kinds, "_declared", {kind.name: kind for kind in (PAGES, PICTURES, ROBOTS)})
        root = folder / "the store" / "pages" / kinds.shape()
        facts = Facts(host="localhost", is_tls=False, port=port, root=root, kinds=tuple(kinds.declared()))
        with run(request.param, facts, folder / "server") as address:
            yield Front(address, prepared(folder / "the store"), request.param)


@pytest.fixture
def front(running: Front) -> Front:
    """Return it with nothing filed."""
    running.store.pages.empty()
    return running


def reached(said: Said) -> dict[str, Any]:
    """Return what Gazeti was asked; fail where it was not."""
    assert said.status == 418, said
    found: dict[str, Any] = json.loads(said.body or b"{}")
    return found


def file_of(kind: kinds.Kind, path: str, content_type: str) -> Any:
    listed = {**{name.lower(): value for name, value in kind.headers().items()}, "content-type": content_type}
    headers = tuple((name.encode(), value.encode()) for name, value in listed.items())
    return page(path, headers=headers, bodies={"identity": b"RIFF"})


def test_a_page_is_served_in_each_coding_with_its_headers_and_date(front: Front) -> None:
    answer = page()
    assert front.store.file(answer, never)
    plain = front.asks(answer.path)
    assert (plain.status, plain.body) == (200, answer.bodies["identity"])
    assert plain.headers["last-modified"] == formatdate(answer.modified, usegmt=True)
    assert "accept-ranges" not in plain.headers
    expected = {name.lower(): value for name, value in PAGES.headers().items()}
    assert {name: plain.headers.get(name) for name in expected} == expected
    assert plain.headers["content-type"] == "text/html; charset=utf-8"
    packed = front.asks(answer.path, accept_encoding="gzip, deflate")
    assert (packed.headers["content-encoding"], packed.body) == ("gzip", answer.bodies["gzip"])
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["vary"] == "Accept-Encoding"
    assert front.asks(answer.path, accept_encoding="gzip;q=0").body == plain.body


def test_brotli_is_served_where_the_server_can(front: Front) -> None:
    answer = page()
    front.store.file(answer, never)
    found = front.asks(answer.path, accept_encoding="gzip, br")
    can = front.which == "caddy" or nginxes.has_brotli()
    assert found.headers["content-encoding"] == ("br" if can else "gzip")
    assert found.body == answer.bodies["br" if can else "gzip"]
    assert found.headers["vary"] == "Accept-Encoding"


def test_head_has_the_headers_alone_and_what_was_not_modified_no_body(front: Front) -> None:
    answer = page()
    front.store.file(answer, never)
    whole, head = front.asks(answer.path), front.asks(answer.path, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}
    dated = front.asks(answer.path, if_modified_since=whole.headers["last-modified"])
    marked = front.asks(answer.path, if_none_match=whole.headers["etag"])
    for found in (dated, marked):
        assert (found.status, found.body) == (304, b"")
        assert found.headers["cache-control"] == whole.headers["cache-control"]


def test_files_have_their_own_headers(front: Front) -> None:
    picture = file_of(PICTURES, "/media/pictures/ab12/width-720.webp", "image/webp")
    robots = file_of(ROBOTS, "/robots.txt", "text/plain; charset=utf-8")
    assert front.store.file(picture, never)
    assert front.store.file(robots, never)
    found = front.asks(picture.path, accept_encoding="gzip, br")
    assert (found.status, found.body, found.headers["content-type"]) == (200, b"RIFF", "image/webp")
    assert found.headers["cache-control"] == "immutable"
    assert "vary" not in found.headers
    said = front.asks("/robots.txt")
    assert (said.status, said.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert "cache-control" not in said.headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/city/absent/"),
        ("GET", "/city/bridge/?page=2"),
        ("GET", "/city/bridge/?utm_source=a%20b&x=%2F"),
        ("GET", "/city/bridge"),
        ("GET", "/city//bridge/"),
        ("GET", "/city/%62ridge/"),
        ("GET", "/city/bridge/index.html"),
        ("GET", "/city/bridge/index.html.gz"),
        ("GET", "/caf%C3%A9/"),
        ("GET", "/media/pictures/ab12/absent.webp"),
        ("GET", "/desk/"),
        ("GET", "/healthz"),
        ("POST", "/city/bridge/"),
        ("DELETE", "/city/bridge/"),
        ("OPTIONS", "/city/bridge/"),
        ("HEAD", "/city/absent/"),
    ],
)
def test_what_is_no_filed_page_reaches_gazeti_as_it_came(front: Front, method: str, path: str) -> None:
    front.store.file(page(), never)
    said = front.asks(path, method=method, **({"body": b"name=Amina"} if method == "POST" else {}))
    asked = reached(said)
    if method != "HEAD":
        assert (asked["method"], asked["address"]) == (method, path)
    # What Gazeti says is all that is said.
    assert "content-security-policy" not in said.headers


def test_gazeti_is_told_who_asks_and_how(front: Front) -> None:
    found = {name.lower(): value for name, value in reached(front.asks("/recent/?page=2"))["headers"].items()}
    assert found["host"] == front.address.removeprefix("http://")
    assert (found["x-forwarded-for"], found["x-forwarded-proto"]) == ("127.0.0.1", "http")
    assert "accept-encoding" not in found, "what nobody asked to be compressed is not"


def test_the_figures_are_closed(front: Front) -> None:
    assert front.asks("/metrics").status == 403


def test_a_purged_page_is_gone_at_once_and_its_next_version_whole(front: Front) -> None:
    before, after = page(text="It is open. "), page(text="It is closed. ", position=8)
    front.store.file(before, never)
    assert front.asks(before.path).body == before.bodies["identity"]
    front.store.pages.position = 7
    front.store.flush(8)
    reached(front.asks(before.path))
    front.store.file(after, never)
    assert gzip.decompress(front.asks(before.path, accept_encoding="gzip").body) == after.bodies["identity"]


def test_a_page_taken_away_while_it_is_looked_for_is_asked_of_gazeti(front: Front) -> None:
    """Found and not opened, or opened and whole: never a 404 or half a page."""
    answer, stopped, said = page(), threading.Event(), set()

    def take_away_again_and_again() -> None:
        while not stopped.is_set():
            front.store.file(answer, never)
            front.store.pages.empty()

    thread = threading.Thread(target=take_away_again_and_again)
    thread.start()
    try:
        # Each of the two must have happened: on a loaded machine that may take more than the 400 asked at least.
        for _ in takewhile(lambda asked: asked < 400 or len(said) < 2, range(20_000)):
            found = front.asks(answer.path, accept_encoding="gzip")
            said.add(found.body if found.status == 200 else reached(found)["address"])
    finally:
        stopped.set()
        thread.join()
        front.store.pages.clear_away()
    assert said <= {answer.path, answer.bodies["gzip"], answer.bodies["identity"]}
    assert len(said) > 1


def test_what_is_found_and_cannot_be_opened_is_asked_of_gazeti(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    place = front.store.pages.root / kinds.shape() / "city" / "bridge"
    place.mkdir(parents=True)
    monkeypatch.chdir(place)
    with socket.socket(socket.AF_UNIX) as door:
        # Nobody, root neither, opens a socket as a file.
        door.bind("index.html")
        assert reached(front.asks("/city/bridge/"))["address"] == "/city/bridge/"


@pytest.mark.parametrize("which", SERVERS)
def test_while_gazeti_is_away_readers_have_the_pages_and_a_plain_word(
    which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "_declared", {"pages": PAGES})
    store, answer = prepared(tmp_path / "store"), page()
    root = tmp_path / "store" / "pages" / kinds.shape()
    facts = Facts(host="localhost", is_tls=False, port=free_port(), root=root, kinds=(PAGES,))
    store.file(answer, never)
    with run(which, facts, tmp_path / "server") as address:
        assert ask(address, answer.path).body == answer.bodies["identity"]
        absent = ask(address, "/city/absent/")
        assert (absent.status, absent.headers["retry-after"]) == (503, "30")
        assert absent.headers["cache-control"] == "no-store"
        assert "try again" in absent.body.decode()
        assert ask(address, "/desk/").status == 503


@pytest.mark.parametrize("which", SERVERS)
def test_with_a_cdn_that_purges_by_tag_everything_reaches_the_edge(
    which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "_declared", {"pages": PAGES})
    prepared(tmp_path / "store").file(page(), never)
    with upstream() as port:
        facts = Facts(host="localhost", is_tls=False, port=port, root=None, kinds=(PAGES,))
        with run(which, facts, tmp_path / "server") as address:
            assert reached(ask(address, "/city/bridge/"))["address"] == "/city/bridge/"
            assert ask(address, "/metrics").status == 403
