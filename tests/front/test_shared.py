"""Facts that pages share are kept from one render to the next, and never past a purge of what they show."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from gazeti.base.actions import name_newspaper
from gazeti.edge.renders import Renders
from gazeti.edge.truth import Truth
from gazeti.front import rules
from gazeti.stories.models import Story
from tests.newsroom import NOW, make_paper, make_section, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def renders(monkeypatch: pytest.MonkeyPatch) -> Iterator[Renders]:
    """Django as the edge asks it, with a truth of the test's own; its connection stays open, as by Django's client."""
    truth = Truth()
    monkeypatch.setattr("gazeti.edge.renders.truth", truth)
    monkeypatch.setattr("gazeti.edge.facts.truth", truth)
    request_finished.disconnect(close_old_connections)
    yield Renders()
    request_finished.connect(close_old_connections)


@pytest.fixture
def stories() -> list[Story]:
    make_paper()
    section = make_section()
    return [make_story(section, published_at=NOW - timedelta(days=days)) for days in range(4)]


def body(renders: Renders, path: str) -> str:
    rendered = renders.render(path, b"")
    assert rendered.status == 200
    return rendered.body.decode()


def queries(renders: Renders, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        body(renders, path)
    return len(caught)


def test_a_second_render_reads_what_is_its_own_alone(renders: Renders, stories: list[Story]) -> None:
    first = queries(renders, stories[0].address)
    assert queries(renders, stories[0].address) <= first - 4


def test_each_story_has_the_others_beside_it_and_not_itself(renders: Renders, stories: list[Story]) -> None:
    for story in stories:
        rail = body(renders, story.address).partition('<aside class="rail">')[2]
        assert [other.address in rail for other in stories] == [other.pk != story.pk for other in stories]


def test_what_was_published_stands_beside_a_story_at_once(renders: Renders, stories: list[Story]) -> None:
    body(renders, stories[0].address)
    new = make_story(stories[0].get_parent().specific, headline="The newest of all")
    assert new.address in body(renders, stories[0].address)
    assert new.address in body(renders, "/")
    new.unpublish()
    assert new.address not in body(renders, stories[0].address)


def test_the_paper_s_name_and_its_sections_follow_at_once(renders: Renders, stories: list[Story]) -> None:
    body(renders, stories[0].address)
    name_newspaper(name="Another Paper")
    make_section(title="Health")
    after = body(renders, stories[0].address)
    assert "Another Paper" in after
    assert 'href="/health/"' in after


@pytest.mark.parametrize(
    ("number", "more", "pages", "older"),
    [(1, 0, 1, None), (1, 20, 1, None), (1, 21, 2, 2), (3, 1, 3, None), (1, 99, 5, 2), (1, 100, None, 2)],
)
def test_a_page_of_a_list_knows_how_many_there_are_near_the_end(
    number: int, more: int, pages: int | None, older: int | None
) -> None:
    window = rules.window_at(number, more=more, each=20)
    assert (window.pages, window.older) == (pages, older)


def test_a_page_past_the_end_of_a_list_is_none() -> None:
    with pytest.raises(rules.NoSuchPage):
        rules.window_at(2, more=0, each=20)
