"""The list of public pages holds whatever a reader reaches by following links, and no more than the public may see."""

import re
from urllib.parse import unquote, urljoin

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from gazeti.base.actions import file_information_page, publish_information_page
from gazeti.cli.backup.belongings import media_named
from gazeti.cli.backup.pages import Page, as_text, fingerprint, of_text, public_addresses, public_files, rendered
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, topic_named
from tests.media.pictures import halves, ready, written
from tests.newsroom import make_draft, make_paper, make_section, make_story, make_withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINK = re.compile(r'(?:href|src|srcset)="([^"]*)"')
HERE = "http://localhost:8000"
NO_PAGES = ("/desk/", "/search/", "/static/", "/api/")


def edition(stories: int = 2) -> set[str]:
    """Make a paper in which there is each kind of page; return the addresses that no link leads to."""
    front = make_paper()
    sections = [make_section(front, title) for title in ("City Affairs", "Business")]
    page = file_information_page(front, title="About", slug="about", body=[{"type": "text", "value": "<p>We.</p>"}])
    publish_information_page(page)
    picture = ready(written(halves(300, 200), "JPEG"), title="One", description="A bridge", credit="Amina Farah")
    ready(written(halves(240, 200), "JPEG"), title="Two", description="Shown nowhere", credit="Amina Farah")
    facts = {"authors": [author_named("Amina Farah")], "topics": [topic_named("Bridges")]}
    out = [make_story(sections[0], lead_picture=picture, **facts) for _ in range(stories)]
    make_draft(sections[0], headline="Nobody may see this yet")
    gone = make_withdrawn(sections[0])
    Redirect.objects.create(old_path="/old/address", redirect_page=out[0])
    return {gone.address, "/old/address", "/robots.txt", "/favicon.ico"}


def crawled(start: str = "/") -> set[str]:
    """Return every address of the paper that a reader reaches by links, from its front."""
    client, seen, open_ = Client(), set(), {start}
    while open_:
        address = open_.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer["Content-Type"].startswith("text/html"):
            open_ |= links(answer.content.decode(), at=address) - seen
    return seen


def links(html: str, *, at: str) -> set[str]:
    """Return the addresses of the paper that a page names."""
    parts = (part.split()[0] for value in LINK.findall(html) for part in value.split(", ") if part.split())
    found = {urljoin(f"{HERE}{at}", part).partition("#")[0] for part in parts if not part.startswith("data:")}
    paths = {one.removeprefix(HERE) for one in found if one.startswith(f"{HERE}/")}
    return {path for path in paths if not path.startswith(NO_PAGES)}


def test_it_holds_what_links_lead_to_and_nothing_that_the_public_may_not_see() -> None:
    alone = edition(22)
    sums = dict.fromkeys(media_named(), "0" * 64)
    listed = {*public_addresses(), *(page.address for page in public_files(sums))}
    reached = crawled()
    assert {"/recent/?page=2", "/city-affairs/?page=2", "/topics/bridges/?page=1"} <= reached
    assert any(address.endswith(".avif") for address in reached)
    assert reached <= listed
    # Of a picture that readers are shown each rendition is public, also one that no page here needs.
    assert all(address.startswith("/media/pictures/") for address in listed - reached - alone)
    hidden = {f"/media/{one['path']}" for one in Picture.objects.get(title="Two").served}
    assert not hidden & listed
    assert not any("nobody-may-see" in address for address in listed)


def test_a_file_that_is_not_in_the_backup_is_not_listed() -> None:
    edition()
    assert list(public_files({})) == []
    assert len(list(public_files(dict.fromkeys(media_named(), "0")))) > 3


def test_what_is_rendered_here_is_what_a_reader_gets() -> None:
    edition()
    addresses = ["/", "/recent/?page=2", "/robots.txt", "/old/address", "/never/there/"]
    client, pages = Client(), list(rendered(addresses))
    for page in pages:
        answer = client.get(page.address)
        expected = fingerprint(answer.status_code, answer.content, answer.get("Location", ""))
        assert (page.status, page.digest) == expected


def test_the_list_is_read_as_it_was_written() -> None:
    pages = [Page("/", 200, "a" * 64), Page("/documents/1/with%20space.pdf", 200, "b" * 64), Page("/a b/", 410, "c")]
    assert of_text(as_text(pages)) == pages
    assert unquote(pages[1].address).endswith("with space.pdf")
