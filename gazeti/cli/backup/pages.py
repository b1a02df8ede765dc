"""Every address that the public can read, and the fingerprint of what is there: the list a drill compares with."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

MEMBER = "pages"
MOVED = (301, 302)
ALWAYS = ("/recent/", "/robots.txt", "/favicon.svg", "/favicon.ico")


class Page(NamedTuple):
    """What a reader gets at an address: the status, and the SHA-256 of the body, or of where it sends them."""

    address: str
    status: int
    digest: str


def as_text(pages: Iterable[Page]) -> str:
    """One page a line."""
    return "".join(f"{page.status} {page.digest} {page.address}\n" for page in pages)


def of_text(text: str) -> list[Page]:
    """The pages of such a text."""
    parts = (line.split(" ", 2) for line in text.splitlines())
    return [Page(address, int(status), digest) for status, digest, address in parts]


def fingerprint(status: int, body: bytes, location: str) -> tuple[int, str]:
    """What makes an answer the same as another."""
    said = location.encode() if status in MOVED else body
    return status, hashlib.sha256(said).hexdigest()


def public_addresses() -> list[str]:
    """Pages of the tree, all pages of all lists, what was withdrawn, and where old addresses lead; each once."""
    found = [*_of_the_tree(), *_of_lists(), *_of_coverages(), *_taken_back(), *_moved(), *ALWAYS]
    return list(dict.fromkeys(found))


def rendered(addresses: Iterable[str]) -> Iterator[Page]:
    """What Django answers to an anonymous reader in this process, so from the database as this process sees it."""
    from django.core.handlers.wsgi import WSGIHandler

    answers = WSGIHandler()
    with _connection_kept():
        for address in addresses:
            yield Page(address, *_answer(answers, address))


@contextmanager
def _connection_kept() -> Iterator[None]:
    """Let no request close the database's connection: its transaction may be what holds the snapshot."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    doors = (request_started, request_finished)
    closing = [door for door in doors if door.disconnect(close_old_connections)]
    try:
        yield
    finally:
        for door in closing:
            door.connect(close_old_connections)


def public_files(sums: Mapping[str, str]) -> Iterator[Page]:
    """The renditions and documents that the public may have, by the checksums of those that are there."""
    from wagtail.documents import get_document_model

    from gazeti.media.models import Picture
    from gazeti.stories.queries import is_document_public, public_pictures

    shown = Picture.objects.filter(public_pictures(), rights_over=False).order_by("pk").values_list("served", flat=True)
    found = [(f"/media/{one['path']}", one["path"]) for served in shown for one in served]
    documents = [one for one in get_document_model().objects.order_by("pk") if is_document_public(one)]
    found += [(one.url, one.file.name) for one in documents if not one.collection.get_view_restrictions().exists()]
    yield from (Page(address, 200, sums[name]) for address, name in found if name in sums)


def _of_the_tree() -> Iterator[str]:
    from gazeti.base.models import InformationPage, address_of
    from gazeti.stories.models import Front, Section, Story
    from gazeti.stories.queries import public_pages

    for model in (Front, Section, InformationPage, Story):
        fields = public_pages(model).order_by("path").only("url_path")
        yield from (address_of(page) for page in fields.iterator())


def _of_lists() -> Iterator[str]:
    from gazeti.stories.models import Author, Section, Topic
    from gazeti.stories.queries import public_pages, public_stories

    stories = public_stories()
    yield from _each_page("/recent/", total=stories.count())
    for section in public_pages(Section):
        yield from _each_page(section.address, total=stories.filter(path__startswith=section.path).count())
    for author in Author.objects.order_by("pk"):
        yield from _each_page(author.address, total=stories.filter(bylines__author=author).count())
    for topic in Topic.objects.order_by("pk"):
        yield from _each_page(topic.address, total=stories.filter(topics=topic).count())


def _of_coverages() -> Iterator[str]:
    """All live coverage, and the first events of each, whose numbers go on where they stood."""
    from gazeti.live.models import Coverage
    from gazeti.stories.queries import public_stories

    yield "/live/"
    for coverage in (
        Coverage.objects.filter(story__in=public_stories().order_by()).select_related("story").order_by("pk")
    ):
        yield f"{coverage.story.address}after/0/"


def _each_page(address: str, *, total: int) -> Iterator[str]:
    from gazeti.front.rules import RECENT_ON_PAGE

    yield address
    pages = -(-total // RECENT_ON_PAGE)
    # The second page leads back to ?page=1, which is an address of its own.
    yield from (f"{address}?page={number}" for number in range(1, pages + 1) if pages > 1)


def _taken_back() -> Iterator[str]:
    from gazeti.stories.models import Story
    from gazeti.stories.queries import Standing, standing_of

    for story in Story.objects.once_public().filter(live=False).order_by("path"):
        if standing_of(story) is Standing.GONE:
            yield story.address


def _moved() -> Iterator[str]:
    from wagtail.contrib.redirects.models import Redirect

    from gazeti.stories.queries import moved_from

    paths = Redirect.objects.order_by("pk").values_list("old_path", flat=True)
    yield from (path for path in paths if moved_from(path))


def _answer(answers: Any, address: str) -> tuple[int, str]:
    said: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
        said.update(status=int(status[:3]), headers={name.lower(): value for name, value in headers})

    response = answers(_request(address), start)
    try:
        body = b"".join(response)
    finally:
        response.close()
    return fingerprint(said["status"], body, said["headers"].get("location", ""))


def _request(address: str) -> dict[str, Any]:
    """A request for an address as WSGI has it (PEP 3333)."""
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    }
