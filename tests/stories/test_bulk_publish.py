"""Publishing many at once: what was chosen goes out, and nothing below it that nobody decided on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gazeti.stories.actions import withdraw_story
from gazeti.stories.models import Front, Section, Story
from tests.newsroom import NOW, make_draft, make_section, make_story, make_withdrawn
from tests.stories.roles import person

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


def bulk(*pages: Front | Section | Story) -> str:
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?{chosen}"


def make_expired(section: Section) -> Story:
    story = make_story(section, expire_at=NOW + timedelta(days=1))
    withdraw_story(story, now=NOW + timedelta(days=2), has_expired=True)
    return story


def make_submitted(section: Section) -> Story:
    story = make_draft(section)
    story.get_workflow().start(story, person("Reporters"))
    return story


def make_anothers(section: Section) -> Story:
    return make_draft(section, owner=person("Reporters"))


BELOW: tuple[Callable[[Section], Story], ...] = (make_withdrawn, make_expired, make_submitted, make_anothers)


@pytest.fixture
def desk(client: Client) -> Client:
    """A client signed in as an editor."""
    client.force_login(person("Editors"))
    return client


@pytest.mark.parametrize("make", BELOW, ids=lambda make: make.__name__)
@pytest.mark.parametrize("above", [Section, Front], ids=["section", "front"])
def test_nothing_goes_out_because_of_what_stands_above_it(
    desk: Client, above: type[Section | Front], make: Callable[[Section], Story]
) -> None:
    story = make(make_section())
    before, page = Client().get(story.address).status_code, above.objects.get()
    assert before in (404, 410)
    assert desk.post(bulk(page), {"include_descendants": "on"}).status_code == 302
    now = Story.objects.get(pk=story.pk)
    assert not now.live
    assert (now.withdrawn_at, now.withdrawn_note) == (story.withdrawn_at, story.withdrawn_note)
    assert Client().get(story.address).status_code == before


def test_a_section_itself_is_published_and_of_what_is_below_nothing_is_asked(desk: Client) -> None:
    section = make_section()
    make_draft(section)
    section.unpublish()
    asked = desk.get(bulk(section)).content.decode()
    assert section.title in asked
    assert "include_descendants" not in asked
    assert "unpublished subpage" not in asked
    desk.post(bulk(section), {"include_descendants": "on"})
    assert Section.objects.get(pk=section.pk).live


def test_what_is_chosen_by_name_goes_out(desk: Client) -> None:
    story, other = make_withdrawn(), make_draft()
    desk.post(bulk(story, other))
    assert {one.live for one in Story.objects.all()} == {True}
