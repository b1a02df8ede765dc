"""The desk's home: what waits for whom, what is on its way, what went out and what did not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import TaskState

from gazeti.log.models import Failure
from gazeti.stories.models import Story
from gazeti.stories.queries import home
from tests.newsroom import make_draft, make_section, make_story
from tests.stories.roles import person, signed_in

pytestmark = pytest.mark.django_db


class People:
    """A reporter, another reporter and an editor, and stories of the first in each standing."""

    def __init__(self) -> None:
        self.reporter, self.other, self.editor = person("Reporters"), person("Reporters", name="o"), person("Editors")
        self.moderator, self.section = person("Moderators"), make_section()

    def draft(self, headline: str, **facts: Any) -> Story:
        return make_draft(self.section, headline=headline, by=facts.pop("by", self.reporter), **facts)

    def submitted(self, headline: str, **facts: Any) -> Story:
        draft = self.draft(headline, **facts)
        draft.get_workflow().start(draft, draft.owner)
        return draft

    def scheduled(self, headline: str, **facts: Any) -> Story:
        draft = self.draft(headline, **facts)
        draft.go_live_at = timezone.now() + timedelta(days=1)
        draft.save_revision().publish(user=self.editor)
        return draft

    def failed(self, headline: str, **facts: Any) -> Story:
        draft = self.draft(headline, **facts)
        now = timezone.now()
        Failure.objects.create(
            job="schedule",
            key=str(draft.pk),
            about=draft.pk,
            sentences=["The body is empty. Write the story."],
            first_at=now,
            last_at=now,
            next_try_at=now,
            tries=1,
        )
        return draft


@pytest.fixture
def people(db: None) -> People:
    return People()


def lists_of(user: Any) -> dict[str, str]:
    """The text of each list of somebody's home by its heading."""
    soup = BeautifulSoup(signed_in(user).get("/desk/").content, "html.parser")
    found = {}
    for part in soup.select("section.desk-list"):
        heading = soup.find(id=part["aria-labelledby"])
        found[heading.get_text(strip=True)] = " ".join(part.get_text(" ").split())
    return found


def test_what_a_reporter_submits_waits_for_the_editor_and_not_for_other_reporters(people: People) -> None:
    people.submitted("The ferry is back")
    assert "The ferry is back" in lists_of(people.editor)["Waiting for you"]
    assert "The ferry is back" in lists_of(people.reporter)["Yours in review"]
    assert not [text for text in lists_of(people.other).values() if "ferry" in text]


def test_what_was_sent_back_waits_for_its_writer_with_the_comment(people: People) -> None:
    draft = people.submitted("The ferry is back")
    step = TaskState.objects.get()
    step.task.specific.on_action(step, people.editor, "reject", comment="Who says so?")
    waiting = lists_of(people.reporter)["Waiting for you"]
    assert "The ferry is back" in waiting
    assert "Who says so?" in waiting
    assert "The ferry is back" not in lists_of(people.editor)["Waiting for you"]
    assert str(draft.pk) in signed_in(people.reporter).get("/desk/").content.decode()


def test_drafts_are_their_writer_s_until_they_are_handed_in(people: People) -> None:
    people.draft("Only begun")
    people.submitted("Handed in")
    people.scheduled("On its way")
    drafts = lists_of(people.reporter)["Your drafts"]
    assert "Only begun" in drafts
    assert "Handed in" not in drafts
    assert "On its way" not in drafts
    assert "Only begun" not in lists_of(people.editor)["Your drafts"]


@pytest.mark.parametrize("make", [People.scheduled, People.failed])
def test_what_is_on_its_way_or_failed_is_told_to_its_writer_and_the_editors(
    people: People, make: Callable[[People, str], Story]
) -> None:
    make(people, "The ferry is back")
    heading = "Scheduled" if make is People.scheduled else "Did not go out"
    assert "The ferry is back" in lists_of(people.reporter)[heading]
    assert "The ferry is back" in lists_of(people.editor)[heading]
    assert "ferry" not in str(lists_of(people.other))
    assert "ferry" not in str(lists_of(people.moderator))


def test_a_failure_tells_its_reasons_and_stands_first(people: People) -> None:
    people.failed("The ferry is back")
    found = lists_of(people.editor)
    assert next(iter(found)) == "Did not go out"
    assert "The body is empty. Write the story." in found["Did not go out"]


def test_an_embargo_is_listed_until_it_ends(people: People) -> None:
    story = people.draft("The verdict", published_at=None, embargo_until=timezone.now() + timedelta(hours=3))
    story.save_revision().publish()
    assert "The verdict" in lists_of(people.editor)["Under embargo"]
    assert "The verdict" in lists_of(people.reporter)["Under embargo"]
    assert "verdict" not in str(lists_of(people.other))


def test_today_is_the_newsroom_s_day(people: People, settings: Any) -> None:
    """At ten in the evening of Greenwich it is tomorrow in Nairobi."""
    zone = ZoneInfo(settings.TIME_ZONE)
    night = datetime(2026, 3, 5, 0, 30, tzinfo=zone)
    make_story(people.section, headline="After midnight", published_at=night)
    make_story(people.section, headline="Before midnight", published_at=night - timedelta(hours=1))
    found = home.published_today(user=people.other, now=night + timedelta(hours=8))
    assert [entry.title for entry in found] == ["After midnight"]
    assert not found[0].is_editable
    assert found[0].address == Story.objects.get(title="After midnight").address


def test_everybody_is_told_what_went_out_today(people: People) -> None:
    story = make_story(people.section, headline="Out now", by=people.editor, published_at=timezone.now())
    for user in (people.reporter, people.editor, people.moderator):
        assert "Out now" in lists_of(user)["Published today"]
    html = signed_in(people.reporter).get("/desk/").content.decode()
    assert f'href="{story.address}"' in html
    assert f"/desk/pages/{story.pk}/edit/" not in html


def test_an_empty_list_says_what_to_do(people: People) -> None:
    for text in lists_of(people.reporter).values():
        assert text.rstrip().endswith(".")
        assert len(text.split()) > 4
    assert "Begin a new story" in lists_of(people.reporter)["Your drafts"]


def test_a_moderator_is_offered_nothing_on_pages(people: People) -> None:
    assert list(lists_of(people.moderator)) == ["Comments", "Published today"]
    assert "Write a story" not in signed_in(people.moderator).get("/desk/").content.decode()
    assert "Write a story" in signed_in(people.reporter).get("/desk/").content.decode()


@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_a_story_begins_in_the_one_section_or_in_the_one_that_is_chosen(people: People, role: str) -> None:
    desk = signed_in(getattr(people, role))
    form = f"/desk/pages/add/gazeti_stories/story/{people.section.pk}/"
    assert desk.get("/desk/stories/new/")["Location"] == form
    sport = make_section(title="Sport")
    make_section(title="Not yet").unpublish()
    html = desk.get("/desk/stories/new/").content.decode()
    assert form in html
    assert f"/desk/pages/add/gazeti_stories/story/{sport.pk}/" in html
    assert "Not yet" not in html


def test_who_may_write_in_no_section_begins_no_story(people: People, client: Client) -> None:
    assert client.get("/desk/stories/new/")["Location"].startswith("/desk/login/")
    answer = signed_in(people.moderator).get("/desk/stories/new/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_the_home_asks_who_is_not_signed_in_to_sign_in(client: Client) -> None:
    assert client.get("/desk/").status_code == 302


def test_a_list_ends_somewhere_and_says_so(people: People) -> None:
    for number in range(home.MOST + 1):
        people.draft(f"Draft {number}")
    drafts = lists_of(people.reporter)["Your drafts"]
    assert drafts.count("Draft ") == home.MOST
    assert f"The first {home.MOST} are shown." in drafts


@pytest.mark.both_in_soak
@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_the_home_asks_as_many_queries_for_many_stories_as_for_one(
    people: People, role: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def each() -> None:
        for make in (people.draft, people.submitted, people.scheduled, people.failed):
            make("One")
        make_story(people.section, by=people.reporter, published_at=timezone.now())

    each()
    client = signed_in(getattr(people, role))
    client.get("/desk/")
    with django_assert_max_num_queries(40) as first:
        client.get("/desk/")
    enough = len(first)  # before the next request, which begins the list of queries anew
    for _ in range(3):
        each()
    with django_assert_max_num_queries(enough):
        client.get("/desk/")
