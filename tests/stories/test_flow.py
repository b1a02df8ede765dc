"""Submitted, in review, approved or sent back: who does what, what is refused and why, and who gets a letter."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from wagtail.models import PageLogEntry, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from gazeti.stories.actions import NotReady, revise_story
from gazeti.stories.models import Story
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.roles import filled_form, person, signed_in

pytestmark = pytest.mark.django_db
STATUS = {"in review": WorkflowState.STATUS_IN_PROGRESS, "sent back": WorkflowState.STATUS_NEEDS_CHANGES}


@pytest.fixture
def room(db: None) -> SimpleNamespace:
    """A reporter with a draft, a colleague, and two editors."""
    people = {name: person("Reporters", name=name) for name in ("amina", "otieno")}
    editors = {name: person("Editors", name=name) for name in ("grace", "juma")}
    section = make_section()
    draft = make_draft(section, headline="The ferry is back", by=people["amina"])
    return SimpleNamespace(**people, **editors, section=section, draft=draft)


def post(user: Any, story: Story, **more: str) -> Any:
    """Send the form of a story, with a button."""
    return signed_in(user).post(f"/desk/pages/{story.pk}/edit/", filled_form(story, **more), follow=True)


def step() -> TaskState:
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def latest() -> Story:
    return Story.objects.get().get_latest_revision_as_object()


def submit(story: Story, *, by: Any) -> None:
    """Hand in, or hand in again, as Wagtail does behind every button."""
    state = story.current_workflow_state
    state.resume(by) if state else story.get_workflow().start(story, by)


def act(user: Any, story: Story, name: str, **facts: str) -> Any:
    """Approve or send back, as the dialogue of the explorer does."""
    return signed_in(user).post(f"/desk/pages/workflow/action/{story.pk}/{name}/{step().pk}/", facts)


@pytest.mark.database
def test_a_story_is_submitted_approved_and_out(room: SimpleNamespace, client: Client) -> None:
    answer = post(room.amina, room.draft, **{"action-submit": "1"})
    assert answer.redirect_chain == [("/desk/", 302)]
    assert "has been submitted" in answer.content.decode()
    assert client.get(room.draft.address).status_code == 404
    answer = post(
        room.grace,
        room.draft,
        **{"action-workflow-action": "1", "workflow-action-name": "approve", "title": "It is back"},
    )
    assert answer.status_code == 200
    html = client.get(room.draft.address).content.decode()
    assert "It is back" in html, "what the editor changed while approving goes out with it"
    assert not WorkflowState.objects.active().exists()


def test_a_story_sent_back_is_mended_and_goes_on_in_the_same_review(room: SimpleNamespace, client: Client) -> None:
    post(room.amina, room.draft, **{"action-submit": "1"})
    act(room.grace, room.draft, "reject", comment="Who says so?")
    review = WorkflowState.objects.get()
    assert review.status == STATUS["sent back"]
    html = signed_in(room.amina).get(f"/desk/pages/{room.draft.pk}/edit/").content.decode()
    assert "Submit again" in html
    post(room.amina, room.draft, **{"action-submit": "1"})
    review.refresh_from_db()
    assert review.status == STATUS["in review"]
    act(room.juma, room.draft, "approve", comment="")
    assert client.get(room.draft.address).status_code == 200


@pytest.mark.database
@pytest.mark.parametrize("is_new", [True, False])
def test_what_is_missing_is_told_nothing_typed_is_lost_and_nothing_is_submitted(
    room: SimpleNamespace, is_new: bool
) -> None:
    form = filled_form(room.draft, credit="", title="The ferry waits", slug="waits", **{"action-submit": "1"})
    form.update({"bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0"} if is_new else {"bylines-0-DELETE": "on"})
    kind = f"add/gazeti_stories/story/{room.section.pk}" if is_new else f"{room.draft.pk}/edit"
    answer = signed_in(room.amina).post(f"/desk/pages/{kind}/", form, follow=True)
    draft = Story.objects.get(draft_title="The ferry waits")
    assert answer.redirect_chain[-1][0] == f"/desk/pages/{draft.pk}/edit/"
    html = answer.content.decode()
    assert "The byline is missing" in html
    assert "The ferry left." in html
    assert not WorkflowState.objects.exists()


def test_a_new_story_is_submitted_at_once(room: SimpleNamespace) -> None:
    form = filled_form(room.draft, slug="new", credit="Sample Wire", standfirst="It runs.", **{"action-submit": "1"})
    form.update({"bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0"})
    signed_in(room.amina).post(f"/desk/pages/add/gazeti_stories/story/{room.section.pk}/", form)
    assert Story.objects.get(slug="new").workflow_in_progress


@pytest.mark.database
def test_no_door_hands_in_what_is_not_ready(room: SimpleNamespace) -> None:
    """The backstop of submission: an action, a script or Wagtail's API starts the workflow by itself."""
    draft = revise_story(room.draft, now=NOW, authors=[])
    with pytest.raises(NotReady, match="The byline is missing"):
        draft.get_workflow().start(draft, room.amina)


def test_while_it_is_in_review_the_writer_changes_nothing_and_may_take_it_back(room: SimpleNamespace) -> None:
    """What an editor approves is what the editor read."""
    post(room.amina, room.draft, **{"action-submit": "1"})
    post(room.amina, room.draft, title="Other words")
    assert latest().title == "The ferry is back"
    page = signed_in(room.amina).get(f"/desk/pages/{room.draft.pk}/edit/").content.decode()
    assert "Take back from review" in page
    post(room.amina, room.draft, **{"action-cancel-workflow": "1"})
    assert not WorkflowState.objects.active().exists()
    post(room.amina, room.draft, title="Other words")
    assert latest().title == "Other words"


@pytest.mark.parametrize("name", ["approve", "reject"])
@pytest.mark.parametrize("who", ["amina", "otieno"])
def test_reporters_approve_nothing_their_own_included(
    room: SimpleNamespace, client: Client, name: str, who: str
) -> None:
    post(room.amina, room.draft, **{"action-submit": "1"})
    act(getattr(room, who), room.draft, name, comment="Good")
    assert step().status == TaskState.STATUS_IN_PROGRESS
    assert client.get(room.draft.address).status_code == 404


def test_an_editor_approves_what_the_editor_wrote(room: SimpleNamespace, client: Client) -> None:
    draft = make_draft(room.section, by=room.grace)
    submit(draft, by=room.grace)
    act(room.grace, draft, "approve", comment="")
    assert client.get(draft.address).status_code == 200


def test_an_update_of_a_live_story_waits_for_its_approval(room: SimpleNamespace, client: Client) -> None:
    story = make_story(room.section, headline="The ferry left", by=room.amina)
    post(room.amina, story, title="The ferry left at six", **{"action-submit": "1"})
    assert "at six" not in client.get(story.address).content.decode()
    act(room.grace, story, "approve", comment="")
    assert "The ferry left at six" in client.get(story.address).content.decode()


def buttons(user: Any, story: Story) -> list[str]:
    """The buttons under a story, the first of them always in sight."""
    soup = BeautifulSoup(signed_in(user).get(f"/desk/pages/{story.pk}/edit/").content, "html.parser")
    return [
        " ".join(one.get_text().split()) for one in soup.select("footer [name^=action-], footer .w-dropdown button")
    ]


def test_the_buttons_speak_the_newsroom_s_words(room: SimpleNamespace) -> None:
    assert buttons(room.amina, room.draft)[0] == "Submit for review"
    assert "Publish" in str(buttons(room.grace, room.draft))
    post(room.amina, room.draft, **{"action-submit": "1"})
    found = str(buttons(room.grace, room.draft))
    assert "Approve and Publish" in found
    assert "Send back with a comment" in found
    assert "Take back" not in found
    assert "orkflow" not in found


# Letters: who gets one when, beside whom nobody does.
@pytest.fixture
def letters(run_tasks: Callable[[], None]) -> Callable[[], dict[str, set[str]]]:
    """What was sent since it was asked last: for each subject, to whom."""

    def sent() -> dict[str, set[str]]:
        run_tasks()
        found: dict[str, set[str]] = {}
        for letter in mail.outbox:
            found.setdefault(letter.subject, set()).update(one.split("@")[0] for one in letter.to)
        mail.outbox.clear()
        return found

    return sent


def test_letters_go_to_whom_they_concern(room: SimpleNamespace, letters: Callable[[], dict[str, set[str]]]) -> None:
    chief = person("", name="chief", is_superuser=True)
    person("Editors", name="gone", is_active=False)
    submit(room.draft, by=room.amina)
    assert letters() == {"For review: “The ferry is back”": {"grace", "juma", "chief"}}
    act(room.grace, room.draft, "reject", comment="Who says so?")
    assert letters() == {"Sent back: “The ferry is back”": {"amina"}}
    submit(Story.objects.get(), by=room.amina)
    letters()
    act(chief, room.draft, "approve", comment="")
    assert letters() == {"Approved: “The ferry is back”": {"amina"}}


def test_a_letter_has_the_comment_and_the_address_of_the_desk(
    room: SimpleNamespace, run_tasks: Callable[[], None], settings: Any
) -> None:
    submit(room.draft, by=room.amina)
    act(room.grace, room.draft, "reject", comment="Who says “so” & why?")
    run_tasks()
    body = mail.outbox[-1].body
    assert "Who says “so” & why?" in body
    assert f"{settings.GAZETI_ADDRESS}/desk/pages/{room.draft.pk}/edit/" in body
    assert f"{settings.GAZETI_ADDRESS}/desk/account/#tab-notifications" in body


@pytest.mark.parametrize(("who", "switch"), [("juma", "submitted_notifications"), ("amina", "rejected_notifications")])
def test_each_letter_is_switched_off_in_the_account(
    room: SimpleNamespace, letters: Callable[[], dict[str, set[str]]], who: str, switch: str
) -> None:
    html = signed_in(getattr(room, who)).get("/desk/account/").content.decode()
    assert f'name="notifications-{switch}"' in html
    profile = UserProfile.get_for_user(getattr(room, who))
    setattr(profile, switch, False)
    profile.save()
    submit(room.draft, by=room.amina)
    act(room.grace, room.draft, "reject", comment="Who says so?")
    told = letters()
    assert who not in set().union(*told.values())
    assert "grace" in told["For review: “The ferry is back”"]


@pytest.mark.database
def test_what_is_not_submitted_after_all_is_told_to_nobody(
    room: SimpleNamespace, letters: Callable[[], dict[str, set[str]]]
) -> None:
    """Letters are kept in the transaction of what they tell of."""
    draft = revise_story(room.draft, now=NOW, body=[])
    with pytest.raises(NotReady):
        draft.get_workflow().start(draft, room.amina)
    assert letters() == {}


def test_submitting_and_approving_stand_in_the_page_s_history(room: SimpleNamespace) -> None:
    submit(room.draft, by=room.amina)
    act(room.grace, room.draft, "approve", comment="")
    found = set(PageLogEntry.objects.filter(page=room.draft).values_list("action", flat=True))
    assert {"wagtail.workflow.start", "wagtail.workflow.approve", "wagtail.publish"} <= found
