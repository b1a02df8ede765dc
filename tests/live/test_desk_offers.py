"""What the live desk offers somebody: all that they may cover and follow, however much of others' comes before it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.live.actions import cover
from gazeti.live.queries import reporting, rights
from gazeti.stories.models import Section, Story
from tests.live.covering import make_coverage
from tests.live.reporters import DESK, page_of, reporter
from tests.newsroom import make_draft, make_section, make_story
from tests.stories.roles import ROLES, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


@pytest.fixture
def section() -> Section:
    return make_section()


def own(client: Client, story: Story) -> Story:
    """The story as one of whoever is signed in."""
    Story.objects.filter(pk=story.pk).update(owner=int(client.session["_auth_user_id"]))
    return story


def offered(client: Client, query: str = "") -> list[int]:
    page = page_of(client.get(f"{DESK}{query}"))  # type: ignore[arg-type]
    return [int(str(one["value"])) for one in page.select("button[name=story]")]


def followed(client: Client, query: str = "") -> tuple[list[int], list[str]]:
    """The coverages that a page lists, and where it leads to others."""
    page = page_of(client.get(f"{DESK}{query}"))  # type: ignore[arg-type]
    numbers = [int(str(one["href"]).split("/")[3]) for one in page.select(f'article a[href^="{DESK}"]')]
    return numbers, [str(one["href"]) for one in page.select("a[rel=next]")]


def test_a_reporter_is_offered_their_own_draft_whatever_was_published_after_it(section: Section) -> None:
    zawadi = reporter()
    mine = own(zawadi, make_draft(section))
    others = [make_story(section) for _ in range(reporting.MOST_STORIES)]
    for story in others:
        Story.objects.filter(pk=story.pk).update(latest_revision_created_at=timezone.now())
    assert offered(zawadi) == [mine.pk]
    assert offered(zawadi, f"?story={mine.pk}") == [mine.pk]
    assert offered(zawadi, f"?story={others[0].pk}") == []
    assert len(offered(reporter("amina", role="Editors"))) == reporting.MOST_STORIES


@pytest.mark.parametrize("role", ["", *ROLES])
def test_what_is_offered_is_what_somebody_may_cover(section: Section, role: str) -> None:
    user: Any = person(role)
    stories = [make_draft(section), make_draft(section, by=user), make_story(section), make_story(section, by=user)]
    allowed = {one.pk for one in stories if rights.may_cover(user, story=Story.objects.get(pk=one.pk))}
    assert {one.pk for one in reporting.stories_to_cover(user)} == allowed
    assert len(allowed) == {"Reporters": 1, "Editors": 4, "Administrators": 4}.get(role, 0)


def test_a_reporter_finds_their_own_coverage_behind_forty_of_which_they_know_nothing(section: Section) -> None:
    zawadi = reporter()
    mine = cover(own(zawadi, make_draft(section)))
    for _ in range(reporting.MOST_COVERAGES):
        cover(make_draft(section))
    assert followed(zawadi) == ([mine.pk], [])


def test_the_list_of_coverages_goes_on_on_a_further_page_and_leaves_none_out(section: Section) -> None:
    made = {make_coverage(section).pk for _ in range(reporting.MOST_COVERAGES + 1)}
    editor = reporter("amina", role="Editors")
    first, [older] = followed(editor)
    rest, further = followed(editor, older)
    assert (len(first), len(rest), further) == (reporting.MOST_COVERAGES, 1, [])
    assert {*first, *rest} == made
    assert followed(editor, "?after=x")[0] == first
