"""An embargo: published before its time, shown to nobody until it ends, and dated by that moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from gazeti import edge, log
from gazeti.stories.actions import open_embargo, publish_story, revise_story, withdraw_story
from gazeti.stories.models import Story
from gazeti.stories.queries.due import embargoes_ending
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.roles import filled_form

pytestmark = pytest.mark.django_db
FAR = datetime(2099, 1, 1, 6, tzinfo=UTC)
"""Further than this machine's own clock will go, which Wagtail's signal is answered by."""


def held(**facts: Any) -> Story:
    """A story that is published, and that no reader sees until FAR."""
    return make_story(**{"published_at": None, "embargo_until": FAR, **facts})


def republished(story: Story, **facts: Any) -> Story:
    publish_story(revise_story(story, now=NOW, **facts), now=NOW)
    story.refresh_from_db()
    return story


def status(story: Story) -> int:
    return Client().get(story.address).status_code


def kinds(position: int) -> list[str]:
    return [entry.kind for entry in log.read(position) if entry.stream == "stories"]


def purged(position: int) -> set[str]:
    return {tag for entry in log.read(position) if entry.stream == "purges" for tag in entry.data["tags"]}


@pytest.mark.database
def test_it_is_published_before_and_opens_at_its_time_with_that_date() -> None:
    position = log.head()
    story = held()
    assert (story.live, story.is_embargoed, story.was_public, status(story)) == (True, True, False, 404)
    assert kinds(position) == ["embargoed"]
    nothing, position = Client().get(story.address), log.head()
    assert open_embargo(story, now=FAR)
    assert (status(story), story.published_at, story.first_published_at) == (200, FAR, FAR)
    assert kinds(position) == ["published"]
    assert edge.tags_of(nothing) & purged(position)
    assert {"recent", "front"} <= purged(position)


@pytest.mark.database
def test_it_opens_once_and_never_before_its_time() -> None:
    story = held()
    position = log.head()
    assert not open_embargo(story, now=FAR - timedelta(seconds=1))
    assert (status(story), log.head()) == (404, position)
    assert open_embargo(story, now=FAR)
    position = log.head()
    assert not open_embargo(story, now=FAR + timedelta(days=1))
    assert (story.published_at, log.head()) == (FAR, position)


def test_a_draft_under_embargo_is_not_opened() -> None:
    story = make_draft(published_at=None, embargo_until=FAR)
    assert not open_embargo(story, now=FAR)
    assert status(story) == 404


@pytest.mark.database
def test_published_again_with_a_later_end_it_waits_for_that() -> None:
    story = held()
    position = log.head()
    later = FAR + timedelta(days=1)
    story = republished(story, embargo_until=later)
    assert (story.embargo_until, story.published_at, status(story)) == (later, None, 404)
    assert kinds(position) == ["embargoed"]
    assert embargoes_ending(now=FAR) == []
    assert [item.about for item in embargoes_ending(now=later)] == [story.pk]
    assert not open_embargo(story, now=FAR)
    assert open_embargo(story, now=later)
    assert status(story) == 200


def test_a_later_end_that_is_only_a_draft_changes_nothing_yet() -> None:
    story = held()
    revise_story(story, now=NOW, embargo_until=FAR + timedelta(days=1))
    assert [item.about for item in embargoes_ending(now=FAR)] == [story.pk]


@pytest.mark.database
@pytest.mark.parametrize("until", [None, NOW], ids=["emptied", "passed"])
def test_published_again_without_one_it_is_out_with_the_date_of_that_moment(until: datetime | None) -> None:
    story = held()
    first, position = story.first_published_at, log.head()
    story = republished(story, embargo_until=until)
    assert status(story) == 200
    assert story.published_at == story.first_published_at
    assert story.published_at > first
    assert kinds(position) == ["published"]
    assert embargoes_ending(now=FAR) == []


def test_published_again_after_its_end_but_before_the_clock_came_it_is_out_once() -> None:
    story = held()
    Story.objects.update(embargo_until=NOW)
    story.refresh_from_db()
    position = log.head()
    story = republished(story, embargo_until=NOW)
    assert status(story) == 200
    assert not open_embargo(story, now=FAR)
    assert kinds(position) == ["published"]


def test_an_embargo_that_was_over_before_it_was_published_holds_nothing() -> None:
    story = held(embargo_until=NOW)
    assert status(story) == 200
    assert story.published_at is not None


@pytest.mark.parametrize("how", ["kept", "emptied"])
def test_what_readers_have_read_is_put_under_no_embargo(how: str) -> None:
    story = make_story()
    date = story.published_at if how == "kept" else None
    with pytest.raises(ValidationError, match="Readers who could read it"):
        revise_story(story, now=NOW, embargo_until=FAR, published_at=date)
    assert status(story) == 200


def test_the_desk_says_so_at_the_field_and_loses_nothing(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    story = make_story()
    facts = filled_form(story, title="Typed anew", embargo_until="2099-01-01 06:00", published_at="")
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), facts)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Readers who could read it" in html
    assert "Typed anew" in html
    assert status(story) == 200


def test_opened_with_a_draft_waiting_it_shows_the_words_that_were_published() -> None:
    story = held(headline="The words that were approved")
    revise_story(story, now=NOW, headline="The words that were not")
    open_embargo(story, now=FAR)
    html = Client().get(story.address).content.decode()
    assert "The words that were approved" in html
    assert "The words that were not" not in html


def test_taken_down_before_its_end_it_is_a_draft_that_may_be_deleted() -> None:
    story = held()
    withdraw_story(story, now=NOW)
    assert embargoes_ending(now=FAR) == []
    story.delete()
    assert not Story.objects.exists()


def test_an_alias_of_it_waits_too_and_is_out_when_the_embargo_is_emptied() -> None:
    story = held()
    alias = story.create_alias(parent=make_section(title="Health"))
    assert status(alias) == 404
    republished(story, embargo_until=None)
    assert (status(story), status(alias)) == (200, 200)


def test_a_copy_of_it_is_under_no_embargo_and_has_no_date() -> None:
    story = held()
    copy = story.copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert (copy.embargo_until, copy.published_at, copy.live) == (None, None, False)


def test_who_works_at_the_desk_may_preview_it(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    story = held(headline="Under embargo")
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk]))
    assert "Under embargo" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get(story.address).status_code == 404
