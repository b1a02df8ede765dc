"""A story that was out is deleted by no door; a draft may be (house decisions 4 and 5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Locale, Page, PageLogEntry, Site

from gazeti import log
from gazeti.stories.actions import OncePublished, withdraw_story
from gazeti.stories.models import Author, Front, Section, Story
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.calling import Program

pytestmark = pytest.mark.django_db
Door = Callable[[Client, Story], Any]


@pytest.fixture
def desk(client: Client) -> Client:
    """A client signed in as somebody who may do everything."""
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    return client


def section_of(story: Story) -> Section:
    return Section.objects.get(pk=story.get_parent().pk)


def bulk(client: Client, page: Page) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(f"{address}?id={page.pk}", {"confirm_site_name": "Gazeti"})


def at_the_desk(client: Client, page: Page) -> Any:
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), {"confirm_site_name": "Gazeti"})


SHELL: dict[str, Door] = {
    "story.delete()": lambda _c, story: story.delete(),
    "its plain page": lambda _c, story: Page.objects.get(pk=story.pk).delete(),
    "a query of stories": lambda _c, _s: Story.objects.all().delete(),
    "a query of pages": lambda _c, story: Page.objects.filter(pk=story.pk).delete(),
    "its section": lambda _c, story: section_of(story).delete(),
    "its section's plain page": lambda _c, story: story.get_parent().delete(),
    "a query of sections": lambda _c, _s: Section.objects.all().delete(),
    "the front": lambda _c, _s: Front.objects.get().delete(),
    "the root": lambda _c, _s: Page.objects.get(depth=1).delete(),
    "every page": lambda _c, _s: Page.objects.all().delete(),
}
DESK: dict[str, Door] = {
    "the story at the desk": at_the_desk,
    "the story among many": bulk,
    "its section at the desk": lambda client, story: at_the_desk(client, section_of(story)),
    "its section among many": lambda client, story: bulk(client, section_of(story)),
    "the front at the desk": lambda client, _s: at_the_desk(client, Front.objects.get()),
}
API = ("pages/{}/", "pages/{}/actions/delete/")


def program() -> Program:
    """A program of somebody who may do everything."""
    return Program(get_user_model().objects.create_superuser("program@paper.example", "secret"))


def whole_tree() -> list[tuple[str, int]]:
    return list(Page.objects.order_by("path").values_list("path", "numchild"))


@pytest.mark.both_in_soak
@pytest.mark.parametrize("how", ["live", "withdrawn", "back to draft"])
@pytest.mark.parametrize("door", [*SHELL, *DESK])
def test_no_door_deletes_a_story_that_was_out(desk: Client, door: str, how: str) -> None:
    story, draft = make_story(), make_draft()
    if how == "withdrawn":
        withdraw_story(story, now=NOW)
    elif how == "back to draft":
        story.unpublish()
    before, position = whole_tree(), log.head()
    told = PageLogEntry.objects.count()
    if door in SHELL:
        with pytest.raises(OncePublished, match="Withdraw it"):
            SHELL[door](desk, story)
    else:
        answer = DESK[door](desk, story)
        assert answer.status_code == 409
        assert story.headline in answer.content.decode()
        assert "Withdraw them instead" in answer.content.decode()
    assert whole_tree() == before
    assert (Story.objects.filter(pk=story.pk).count(), Story.objects.filter(pk=draft.pk).count()) == (1, 1)
    assert (log.head(), PageLogEntry.objects.count()) == (position, told)


@pytest.mark.both_in_soak
@pytest.mark.parametrize("door", [*SHELL, *DESK])
def test_each_door_deletes_a_draft(desk: Client, door: str) -> None:
    story = make_draft()
    if door == "the root":
        Site.objects.all().delete()
    {**SHELL, **DESK}[door](desk, story)
    assert not Story.objects.exists()


@pytest.mark.both_in_soak
@pytest.mark.parametrize("address", API)
@pytest.mark.parametrize("what", ["story", "section"])
def test_neither_does_the_api_and_it_deletes_drafts(address: str, what: str) -> None:
    section, other = make_section(), make_section(title="Health")
    story, draft = make_story(section), make_draft(other)
    kept, gone = (story, draft) if what == "story" else (section, other)
    before, call = whole_tree(), program()
    answer = call("delete", address.format(kept.pk))
    assert answer.status_code == 409
    assert answer["Content-Type"].startswith("application/problem+json")
    assert "Withdraw it" in answer.json()["detail"]
    assert whole_tree() == before
    assert call("delete", address.format(gone.pk)).status_code == 204
    assert not Page.objects.filter(pk=gone.pk).exists()


def test_the_desk_explains_before_it_asks(desk: Client) -> None:
    story = make_story()
    for page in (story, section_of(story), Front.objects.get()):
        answer = desk.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert answer.status_code == 409
        assert reverse("wagtailadmin_pages:unpublish", args=[story.pk]) in answer.content.decode()


def test_of_many_stories_the_desk_names_ten(desk: Client) -> None:
    stories = [make_story() for _ in range(12)]
    html = at_the_desk(desk, section_of(stories[0])).content.decode()
    assert html.count("Withdraw it</a>") == 10
    assert "And 2 others." in html


@pytest.mark.parametrize("role", ["nobody", "reader"])
def test_who_may_not_delete_is_told_nothing_of_what_is_kept(client: Client, role: str) -> None:
    story = make_story()
    if role == "reader":
        client.force_login(get_user_model().objects.create_user("reader@paper.example", "secret"))
    answer = client.get(reverse("wagtailadmin_pages:delete", args=[story.pk]))
    assert answer.status_code == 302
    assert story.headline not in answer.content.decode()


def test_the_refusal_is_one_that_every_door_of_django_answers_with_403() -> None:
    assert issubclass(OncePublished, PermissionDenied)


@pytest.mark.both_in_soak
def test_what_a_story_points_to_takes_it_nowhere(picture: Any) -> None:
    """An author is protected by the byline; everything else may go, and the story stays."""
    owner = get_user_model().objects.create_user("writer@paper.example", "secret")
    story = make_story(lead_picture=picture)
    Story.objects.filter(pk=story.pk).update(owner=owner, locked_by=owner)
    with pytest.raises(models.ProtectedError):
        Author.objects.all().delete()
    with pytest.raises(models.ProtectedError):
        Locale.objects.all().delete()
    owner.delete()
    picture.delete()
    Collection.objects.filter(depth__gt=1).delete()
    Site.objects.all().delete()
    assert Story.objects.filter(pk=story.pk, owner=None, lead_picture=None).exists()


def test_no_other_table_takes_a_story_along() -> None:
    """Whatever a story or its page points to, a deletion over there does not reach it."""
    pointing = [field for field in Story._meta.get_fields() if field.many_to_one or field.one_to_one]
    cascading = {
        field.name
        for field in pointing
        if field.concrete and field.remote_field.on_delete in (models.CASCADE, models.DO_NOTHING)
    }
    assert cascading == {"page_ptr"}
