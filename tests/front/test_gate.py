"""The one gate: what the public may not see is on no page, list, search or picture (house decision 5)."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from gazeti.stories.actions import topic_named
from gazeti.stories.models import Story
from tests.newsroom import make_draft, make_section, make_story, make_withdrawn

LISTS = ("/", "/recent/", "/city-affairs/", "/authors/amina-farah/", "/search/?q=hidden")
pytestmark = pytest.mark.django_db


def private(**facts: object) -> Story:
    story = make_story(**facts)
    PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    return story


def in_a_private_section(**facts: object) -> Story:
    section = make_section(title="Hidden corner")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.PASSWORD, password="x")
    return make_story(section, **facts)


def in_an_unpublished_section(**facts: object) -> Story:
    section = make_section(title="Closed corner")
    story = make_story(section, **facts)
    section.unpublish()
    return story


def expired(**facts: object) -> Story:
    story = make_story(**facts)
    story.unpublish(set_expired=True)
    return story


@pytest.mark.database
@pytest.mark.parametrize(
    ("make", "status"),
    [
        (make_draft, 404),
        (private, 404),
        (in_a_private_section, 404),
        (in_an_unpublished_section, 404),
        (make_withdrawn, 410),
        (expired, 410),
    ],
)
def test_what_is_not_public_shows_nowhere(client: Client, make, status: int, run_tasks) -> None:
    visible = make_story(headline="In plain sight")
    story = make(headline="Hidden from all")
    run_tasks()
    answer = client.get(story.address)
    assert answer.status_code == status
    assert "Hidden from all" not in answer.content.decode()
    for path in (*LISTS, visible.address):
        html = client.get(path).content.decode()
        assert "Hidden from all" not in html, path
        assert story.address not in html, path


def test_a_draft_over_a_live_story_shows_the_old_words(client: Client, run_tasks) -> None:
    story = make_story(headline="The words that are out")
    draft = story.get_latest_revision_as_object()
    draft.title = "The words that are not"
    draft.save_revision()
    run_tasks()
    for path in (*LISTS[:-1], story.address, "/search/?q=words"):
        html = client.get(path).content.decode()
        assert "The words that are out" in html, path
        assert "The words that are not" not in html, path


def test_a_withdrawn_story_says_that_it_was_taken_back(client: Client) -> None:
    assert "This story was taken back" in client.get(make_withdrawn().address).content.decode()


def test_a_story_published_again_is_back(client: Client) -> None:
    story = make_withdrawn()
    story.get_latest_revision().publish()
    assert client.get(story.address).status_code == 200


def test_a_privacy_setting_never_shows_a_password_form(client: Client) -> None:
    story = in_a_private_section()
    answer = client.get(story.address)
    assert answer.status_code == 404
    assert "password" not in answer.content.decode().lower()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_than_reading_are_refused_whatever_token_they_bring(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    story = make_story(topics=[topic_named("Water")])
    paths = (
        "/",
        story.address,
        "/city-affairs/",
        "/recent/",
        "/search/",
        "/authors/amina-farah/",
        "/topics/water/",
        "/robots.txt",
    )
    for path in paths:
        answer = getattr(client, method)(path)
        assert answer.status_code == 405, path
        assert "GET" in answer["Allow"], path
