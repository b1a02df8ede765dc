"""What Django is asked, and which of its answers may be kept."""

import json
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections

from gazeti import log
from gazeti.edge.renders import Rendered, Renders
from gazeti.edge.truth import Truth
from gazeti.stories.actions import withdraw_story
from tests.edge import strange_urls
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Truth]:
    """A truth of the test's own; the end of a request leaves the test's connection open, as Django's client does."""
    truth = Truth()
    monkeypatch.setattr("gazeti.edge.renders.truth", truth)
    monkeypatch.setattr("gazeti.edge.facts.truth", truth)
    request_finished.disconnect(close_old_connections)
    yield truth
    request_finished.connect(close_old_connections)


@pytest.fixture
def strange(settings: object) -> None:
    settings.ROOT_URLCONF = "tests.edge.strange_urls"  # type: ignore[attr-defined]


def rendered(path: str, query: bytes = b"") -> Rendered:
    return Renders().render(path, query)


@pytest.mark.database
def test_a_story_is_kept_with_its_tags_its_codings_and_where_the_log_was() -> None:
    story = make_story(headline="Water returns")
    answer = rendered(story.address, b"fbclid=1").answer
    assert answer is not None
    assert (answer.status, answer.path, answer.query) == (200, story.address, "")
    assert {f"story:{story.pk}", "recent", "site"} <= answer.tags
    assert set(answer.bodies) == {"identity", "br", "gzip", "zstd"}
    assert b"Water returns" in answer.bodies["identity"]
    assert answer.position == log.head()
    names = {name for name, _value in answer.headers}
    assert {b"content-type", b"cache-control", b"content-security-policy", b"x-content-type-options"} <= names
    assert not names & {b"content-length", b"vary", b"etag", b"set-cookie"}


def test_what_is_gone_moved_or_not_there_is_kept_too() -> None:
    story = make_story(headline="Taken back")
    withdraw_story(story, now=NOW, note="We were wrong.")
    gone = rendered(story.address)
    nothing = rendered("/nothing/")
    assert [(one.status, one.answer is not None) for one in (gone, nothing)] == [(410, True), (404, True)]
    assert nothing.answer
    assert "path:/nothing/" in nothing.answer.tags


@pytest.mark.usefixtures("strange")
class TestStrange:
    """By views of the test's own."""

    def test_the_plain_one_is_kept(self) -> None:
        assert rendered("/plain/").answer is not None

    @pytest.mark.parametrize("path", ["/cookie/", "/cookie-by-hand/", "/varying/", "/private/", "/untagged/"])
    def test_what_is_not_for_anybody_is_not_kept(self, path: str) -> None:
        found = rendered(path)
        assert found.status == 200
        assert found.answer is None

    def test_a_cookie_reaches_the_one_who_asked(self) -> None:
        assert any(name == b"set-cookie" for name, _value in rendered("/cookie/").headers)

    def test_a_body_in_parts_is_put_together(self) -> None:
        assert rendered("/parts/").body == b"one two"

    def test_django_is_asked_by_nobody_in_particular(self) -> None:
        told = json.loads(rendered("/asked/").body)
        host = told["host"]
        assert told == {"seen": {"HTTP_HOST": host}, "host": host, "method": "GET", "secure": False}
        assert f"http://{host}" == settings.GAZETI_ADDRESS

    def test_the_parameters_that_a_view_reads_make_its_query(self) -> None:
        answer = rendered("/pages/", b"x=1&page=2").answer
        assert answer is not None
        assert (answer.query, answer.reads) == ("page=2", {"page"})

    def test_a_connection_that_was_cut_is_tried_once_more(self) -> None:
        strange_urls.fails["left"] = 1
        assert rendered("/broken/").answer is not None

    def test_a_database_that_is_away_is_told_with_when_to_come_again(self) -> None:
        strange_urls.fails["left"] = 2
        found = rendered("/broken/")
        assert (found.status, found.answer, found.has_failed) == (503, None, True)
        assert dict(found.headers)[b"retry-after"] == b"30"

    def test_while_the_log_cannot_be_read_nothing_is_kept(self, known: Truth, monkeypatch: pytest.MonkeyPatch) -> None:
        def away() -> int:
            raise OperationalError

        monkeypatch.setattr(known, "catch_up", away)
        found = rendered("/plain/")
        assert (found.status, found.answer) == (200, None)
