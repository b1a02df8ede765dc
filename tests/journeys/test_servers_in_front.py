"""nginx and Caddy say of every kind of page what the edge says, header by header; what is kept outlives a restart."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.processes import until
from tests.edge.proxies.asking import Said, ask
from tests.journeys.conftest import ADDRESSES
from tests.journeys.newsrooms import GAZETI, ran, served
from tests.services.caddy import caddy
from tests.services.nginx import nginx

FILED = (
    "front", "section", "section, empty", "story", "story, in Swahili", "recent", "author", "topic", "information",
    "robots", "favicon", "picture",
)  # fmt: skip
ASKED = ("recent, second page", "search with results", "not found", "gone")
MAY_DIFFER = {"etag", "age", "surrogate-key", "cache-tag"}
"""What the two may say differently of the same page."""
BY_THE_SERVER = {"date", "server", "connection", "keep-alive"}
"""What is said of the connection, by whichever server holds it."""
BY_CADDY = {"transfer-encoding", "content-length"}
"""Caddy sends a compressed file in chunks, and no `Last-Modified` with a 304 that has an `ETag` (RFC 9110, 15.4.5)."""
ADDRESS = "http://paper.example"


class Both(NamedTuple):
    """The same newsroom, by its edge and by a server in front of it."""

    edge: str
    front: str
    which: str
    paths: dict[str, str]
    files: Path


@pytest.fixture(scope="module")
def home(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the edition whose address does not change with its port."""
    folder = tmp_path_factory.mktemp("in-front") / "paper"
    shutil.copytree(edition, folder, ignore=shutil.ignore_patterns("store", "*-wal", "*-shm"))
    settings = folder / "gazeti.toml"
    settings.write_text(f'address = "{ADDRESS}"\n' + re.sub(r"(?m)^address.*\n", "", settings.read_text()))
    return folder


@pytest.fixture(scope="module")
def paths(home: Path) -> dict[str, str]:
    """Return where each kind of page is."""
    found: dict[str, str] = json.loads((home / ADDRESSES).read_text())
    return {**found, "robots": "/robots.txt", "favicon": "/favicon.svg"}


@pytest.fixture(scope="module")
def edge(home: Path) -> Iterator[str]:
    """Serve it; give its address."""
    with served(home) as address:
        yield address


@pytest.fixture(
    scope="module",
    params=[pytest.param("nginx", marks=pytest.mark.nginx), pytest.param("caddy", marks=pytest.mark.caddy)],
)
def both(request: pytest.FixtureRequest, home: Path, edge: str, paths: dict[str, str]) -> Iterator[Both]:
    """Run a server in front as its operator would; every page that may be filed is."""
    port = edge.rpartition(":")[2]
    command = ["env", f"PORT={port}", *GAZETI, "--home", str(home), "doctor", f"--{request.param}"]
    printed = ran(*command, home=home)
    found = re.search(r'root "(.+)"', printed)
    assert found
    files = Path(found[1])
    story = ask(edge, paths["story"]).body.decode()
    paths = {**paths, "picture": re.findall(r"/media/pictures/[\w/-]+\.avif", story)[0]}
    for kind in FILED:
        assert ask(edge, paths[kind]).status == 200
    until(lambda: all(file_of(files, paths[kind]).exists() for kind in FILED), "every page is filed")
    run = {"nginx": nginx, "caddy": caddy}[request.param]
    with run(printed, home.parent / request.param) as front:
        yield Both(edge, front, request.param, paths, files)


def file_of(files: Path, path: str) -> Path:
    return files / path[1:] / "index.html" if path.endswith("/") else files / path[1:]


def compared(said: Said, *, which: str = "nginx") -> dict[str, str]:
    """Return the headers that both must say alike."""
    left_out = MAY_DIFFER | BY_THE_SERVER
    if which == "caddy":
        left_out |= BY_CADDY | ({"last-modified"} if said.status == 304 else set())
    return {name: value for name, value in said.headers.items() if name not in left_out}


@pytest.mark.parametrize("coding", ["", "gzip", "gzip, br"])
@pytest.mark.parametrize("kind", FILED)
def test_a_file_is_what_the_edge_says(both: Both, kind: str, coding: str) -> None:
    accepted = {"accept_encoding": coding} if coding else {}
    by_edge, by_file = (ask(server, both.paths[kind], **accepted) for server in (both.edge, both.front))
    assert "age" in by_edge.headers
    assert "age" not in by_file.headers, "the server in front did not serve it by itself"
    if by_file.headers.get("content-encoding") == by_edge.headers.get("content-encoding"):
        assert (by_file.status, by_file.body) == (200, by_edge.body)
        assert compared(by_file, which=both.which) == compared(by_edge, which=both.which)
    else:
        # An nginx without Brotli's module.
        assert (coding, by_file.headers["content-encoding"]) == ("gzip, br", "gzip")


@pytest.mark.parametrize("kind", FILED)
def test_head_and_what_was_not_modified_are_alike(both: Both, kind: str) -> None:
    path = both.paths[kind]
    heads = [ask(server, path, method="HEAD") for server in (both.edge, both.front)]
    assert [(head.status, head.body) for head in heads] == [(200, b"")] * 2
    assert compared(heads[0], which=both.which) == compared(heads[1], which=both.which)
    dated = [ask(one, path, if_modified_since=heads[0].headers["last-modified"]) for one in (both.edge, both.front)]
    assert [(said.status, said.body) for said in dated] == [(304, b"")] * 2
    assert compared(dated[0], which=both.which) == compared(dated[1], which=both.which)


@pytest.mark.parametrize("kind", ASKED)
def test_what_is_not_filed_is_the_edges_own_answer(both: Both, kind: str) -> None:
    by_edge, by_front = (ask(server, both.paths[kind], accept_encoding="gzip") for server in (both.edge, both.front))
    assert (by_front.status, by_front.body) == (by_edge.status, by_edge.body)
    assert compared(by_front) == compared(by_edge)


def test_another_method_reaches_gazeti(both: Both) -> None:
    assert ask(both.front, both.paths["story"], method="POST", body=b"").status == 405


def test_cookies_change_nothing(both: Both) -> None:
    found = ask(both.front, both.paths["front"], cookie="sessionid=1; csrftoken=2")
    assert "age" not in found.headers
    assert found.body == ask(both.edge, both.paths["front"]).body


def test_a_file_lies_there_with_the_date_that_is_told(both: Both) -> None:
    path = file_of(both.files, both.paths["story"])
    changed = ask(both.edge, both.paths["story"]).headers["last-modified"]
    assert ask(both.front, both.paths["story"]).headers["last-modified"] == changed
    assert path.with_name("index.html.gz").stat().st_mtime == path.stat().st_mtime


def test_a_server_that_starts_gives_what_was_kept_without_a_render(
    home: Path, edge: str, paths: dict[str, str]
) -> None:
    kinds = ("front", "section", "story", "recent", "author")
    before = {kind: ask(edge, paths[kind]) for kind in kinds}
    until(lambda: len(list((home / "store" / "records").rglob("*/*/*"))) >= len(kinds), "they are kept")
    with served(home) as address:
        after = {kind: ask(address, paths[kind]) for kind in kinds}
        assert renders(address) == 0
        assert ask(address, "/never-asked-before/").status == 404
        assert renders(address) == 1
    for kind in kinds:
        assert after[kind].body == before[kind].body
        assert [after[kind].headers[name] for name in ("etag", "last-modified")] == [
            before[kind].headers[name] for name in ("etag", "last-modified")
        ]


def renders(address: str) -> int:
    """Return how many answers to readers Django has made since the start."""
    figures = ask(address, "/metrics").body.decode()
    counts = re.findall(
        r'^gazeti_answers_total\{kind="(?:reader|media)",status="\d+"\} ([\d.]+)$', figures, re.MULTILINE
    )
    return int(sum(map(float, counts)))
