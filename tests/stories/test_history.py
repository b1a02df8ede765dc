"""A story's history: its moments by the newsroom's names, and saves that do not flood them."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from gazeti.stories.actions import open_embargo, withdraw_story
from gazeti.stories.models import Story
from tests.newsroom import make_draft, make_section
from tests.stories.roles import filled_form, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db: None) -> SimpleNamespace:
    people = SimpleNamespace(amina=person("Reporters"), grace=person("Editors"), juma=person("Editors", name="juma"))
    people.draft = make_draft(make_section(), headline="The ferry", by=people.amina, published_at=None)
    return people


def sat_down(user: Any, story: Story, *, saves: int) -> None:
    """Open the form once and let the desk save by itself so many times."""
    client, overwritten = signed_in(user), ""
    for number in range(saves):
        form = filled_form(story, title=f"The ferry {number}", overwrite_revision_id=overwritten)
        answer = client.post(f"/desk/pages/{story.pk}/edit/", form, headers={"accept": "application/json"})
        assert answer.json()["success"], answer.json()
        overwritten = str(answer.json()["revision_id"])


def rows(user: Any, story: Story, query: str = "") -> list[tuple[str, bool]]:
    """What each row of the history says, the newest first, and whether it stands out."""
    html = signed_in(user).get(f"/desk/pages/{story.pk}/history/{query}").content
    found = BeautifulSoup(html, "html.parser").select("main table.listing tbody tr")
    return [(row.td.div.div.div.get_text(" ", strip=True), "desk-moment" in row["class"]) for row in found]


def told(user: Any, story: Story, query: str = "") -> list[str]:
    return [words.removesuffix(" Current draft").removesuffix(" Live version") for words, _ in rows(user, story, query)]


def test_twenty_saves_of_one_sitting_are_one_row(room: SimpleNamespace) -> None:
    sat_down(room.amina, room.draft, saves=20)
    assert PageLogEntry.objects.filter(page=room.draft, action="wagtail.edit").count() == 20
    assert told(room.amina, room.draft).count("Saved") == 1


@pytest.mark.both_in_soak
def test_saves_in_a_row_by_one_person_are_one_row_and_all_are_there_when_asked_for(room: SimpleNamespace) -> None:
    for _ in range(3):
        sat_down(room.amina, room.draft, saves=2)
    assert told(room.amina, room.draft) == ["Saved", "Begun"]
    assert told(room.amina, room.draft, "?all_saves=true") == ["Saved", "Saved", "Saved", "Begun"]


@pytest.mark.both_in_soak
def test_the_saves_of_two_people_and_those_around_a_moment_stay_apart(room: SimpleNamespace) -> None:
    sat_down(room.amina, room.draft, saves=1)
    sat_down(room.grace, room.draft, saves=1)
    sat_down(room.amina, room.draft, saves=1)
    room.draft.get_workflow().start(room.draft, room.amina)
    sat_down(room.grace, room.draft, saves=1)
    assert told(room.grace, room.draft) == ["Saved", "Filed for review", "Saved", "Saved", "Saved", "Begun"]


def test_every_moment_has_its_name_and_stands_out(room: SimpleNamespace) -> None:
    story, now = room.draft, timezone.now()
    story.get_workflow().start(story, room.amina)
    step = story.current_workflow_task_state
    step.task.specific.on_action(step, room.grace, "reject", comment="Who says so?")
    Story.objects.get().current_workflow_state.resume(room.amina)
    step = Story.objects.get().current_workflow_task_state
    step.task.specific.on_action(step, room.grace, "approve")
    Story.objects.get().save_revision(user=room.grace, log_action=True).publish(user=room.grace)
    withdraw_story(Story.objects.get(), now=now, by=room.grace)
    later = Story.objects.get()
    later.go_live_at = now + timedelta(days=1)
    later.save_revision(user=room.grace, log_action=True).publish(user=room.grace)
    found = rows(room.grace, story)
    names = "".join(f"{words}\n" for words, _ in found)
    for moment in ("Begun", "Filed for review", "Sent back", "Filed again", "Approved", "Published", "Updated"):
        assert moment in names, moment
    assert "scheduled" in names.lower()
    assert "Withdrawn" in names
    assert names.count("Published") == 1
    assert {stands_out for words, stands_out in found if words.startswith("Saved")} == {False}
    assert {stands_out for words, stands_out in found if not words.startswith("Saved")} == {True}
    assert "Who says so?" in signed_in(room.grace).get(f"/desk/pages/{story.pk}/history/").content.decode()


def test_the_end_of_an_embargo_is_a_moment(room: SimpleNamespace) -> None:
    story = room.draft
    story.embargo_until = timezone.now() + timedelta(hours=1)
    story.save_revision(user=room.grace).publish(user=room.grace)
    open_embargo(Story.objects.get(), now=timezone.now() + timedelta(hours=2))
    assert told(room.grace, story)[0] == "Embargo opened: readers see it"


def test_the_last_of_the_saves_shown_can_still_be_compared(room: SimpleNamespace) -> None:
    sat_down(room.amina, room.draft, saves=1)
    sat_down(room.amina, room.draft, saves=2)
    html = signed_in(room.amina).get(f"/desk/pages/{room.draft.pk}/history/").content.decode()
    assert "Compare with previous version" in html


def test_a_history_opens_to_whom_the_story_does(room: SimpleNamespace, client: Client) -> None:
    address = f"/desk/pages/{room.draft.pk}/history/"
    assert client.get(address).status_code == 302
    assert signed_in(person("Reporters", name="otieno")).get(address).status_code == 404
    assert signed_in(person("Moderators")).get(address).status_code in (302, 404)
    assert signed_in(room.amina).get("/desk/pages/99999/history/").status_code == 404
    assert signed_in(room.amina).get(address).status_code == 200
