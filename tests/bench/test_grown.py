"""The grown newsroom is one that readers can read: its tree is whole, its stories public, listed and found."""

import pytest
from django.test import Client
from wagtail.models import Page

from bench import queries
from bench.grown import grow
from gazeti.stories.actions import topic_named
from gazeti.stories.models import Section, Story
from gazeti.stories.queries import found_stories, latest_by_section, public_stories
from tests.newsroom import make_paper, make_section, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown() -> list[Section]:
    """Two sections with forty stories, one of which came in by the project's own actions."""
    front = make_paper()
    sections = [make_section(front, title) for title in ("City Affairs", "Business")]
    make_story(sections[0], topics=[topic_named("Bridges")])
    grow(40)
    return sections


def test_all_grown_stories_are_public_and_their_tree_is_whole(grown: list[Section]) -> None:
    assert public_stories().count() == Story.objects.count() == 40
    assert Page.find_problems() == ([], [], [], [], [])
    assert {Section.objects.get(pk=section.pk).numchild for section in grown} == {20}


def test_grown_stories_are_in_every_list_and_in_the_search(grown: list[Section]) -> None:
    client = Client()
    answers = {
        path: client.get(path).status_code for path in ("/", "/recent/?page=2", "/business/", "/topics/bridges/?page=2")
    }
    assert set(answers.values()) == {200}
    assert all(len(found) == 4 for found in latest_by_section(grown, each=4).values())
    assert len(found_stories("amina", most=100)) == 40


def test_a_grown_story_opens_at_its_address(grown: list[Section]) -> None:
    story = public_stories().exclude(slug__startswith="bridge").first()
    assert story is not None
    answer = Client().get(story.address)
    assert answer.status_code == 200
    assert story.title[:20] in answer.content.decode()


def test_what_is_grown_can_grow_on(grown: list[Section]) -> None:
    grow(40)
    assert Story.objects.count() == 40
    grow(45)
    assert public_stories().count() == 45


def test_queries_are_counted_and_every_turn_renders(grown: list[Section]) -> None:
    client = Client()
    assert queries.counted(client, "/recent/") > queries.counted(client, "/robots.txt") == 0
    assert 1 <= len(queries.one_turn(client, "/recent/")) <= queries.EACH
