"""What was taken back or refused stands in no answer that is kept for whoever sends a call with its key again."""

import pytest
from django.http import HttpResponse

from gazeti.guard.models import KeptAnswer
from gazeti.live.models import Coverage, Update, Waiting
from gazeti.stories.models import Story
from tests.comments.test_erasing import found
from tests.live.test_api import at, keyed, said
from tests.stories.calling import Program, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
NAME = "Zawadi Ochieng-Testamento"


def test_what_was_answered_to_a_key_goes_with_the_update(coverage: Coverage, editor: Program) -> None:
    posted = posts(editor, coverage)
    place = at(coverage, f"updates/{said(posted)['number']}/")
    keyed(editor, "patch", place, {"heading": f"{NAME} again"}, key="edit")
    keyed(editor, "put", at(coverage, "summary/"), {"text": "What we know."}, key="sum")
    assert found(NAME)
    keyed(editor, "post", f"{place}actions/retract/", {"erases": True}, key="gone")
    assert found(NAME) == set()
    again = posts(editor, coverage)
    assert (again.status_code, said(again)["is_gone"], said(again)["html"]) == (201, True, "")
    assert Update.objects.count() == 1


def test_what_was_answered_when_a_story_was_made_of_it_goes_too(coverage: Coverage, editor: Program) -> None:
    posted = keyed(editor, "post", at(coverage, "updates/"), {"text": "Seen.", "heading": NAME}, key="post")
    place = at(coverage, f"updates/{said(posted)['number']}/actions/")
    made = keyed(editor, "post", f"{place}make_story/", {}, key="story")
    assert (made.status_code, said(made)["headline"]) == (201, NAME)
    keyed(editor, "post", f"{place}retract/", {"erases": True}, key="gone")
    # The draft is a story of its own.
    assert not any(NAME in bytes(one.body).decode() for one in KeptAnswer.objects.all())
    stories = Story.objects.count()
    assert keyed(editor, "post", f"{place}make_story/", {}, key="story").status_code == 409
    assert Story.objects.count() == stories


def test_a_summary_that_is_sent_again_is_given_once_whatever_was_taken_back_meanwhile(
    coverage: Coverage, editor: Program
) -> None:
    place = at(coverage, f"updates/{said(posts(editor, coverage))['number']}/")
    first = keyed(editor, "put", at(coverage, "summary/"), {"text": "What we know."}, key="sum")
    assert (first.status_code, NAME in first.content.decode()) == (200, False)
    keyed(editor, "post", f"{place}actions/retract/", {"erases": True}, key="gone")
    coverage.refresh_from_db()
    head = coverage.head
    again = keyed(editor, "put", at(coverage, "summary/"), {"text": "What we know."}, key="sum")
    coverage.refresh_from_db()
    assert (again.content, coverage.head) == (first.content, head)


def test_what_was_refused_is_not_there_again_when_it_is_sent_again(coverage: Coverage, editor: Program) -> None:
    guest = Program(somebody("Moderators"))
    posts(guest, coverage)
    keyed(editor, "post", at(coverage, f"waiting/{Waiting.objects.get().pk}/actions/refuse/"), {}, key="no")
    again = posts(guest, coverage)
    assert (again.status_code, said(again)["detail"]) == (410, "This was done, and has been taken out since.")
    assert not Waiting.objects.exists()


def test_answers_about_others_stay(coverage: Coverage, editor: Program) -> None:
    first = posts(editor, coverage)
    other = keyed(editor, "post", at(coverage, "updates/"), {"text": "The ferry is back."}, key="other")
    keyed(editor, "post", at(coverage, f"updates/{said(first)['number']}/actions/retract/"), {}, key="gone")
    again = keyed(editor, "post", at(coverage, "updates/"), {"text": "The ferry is back."}, key="other")
    assert again.content == other.content
    assert KeptAnswer.objects.count() == 2


def test_what_was_answered_to_who_sent_something_in_goes_when_it_is_refused(
    coverage: Coverage, editor: Program
) -> None:
    guest = Program(somebody("Moderators"))
    assert posts(guest, coverage).status_code == 202
    assert found(NAME)
    keyed(editor, "post", at(coverage, f"waiting/{Waiting.objects.get().pk}/actions/refuse/"), {}, key="no")
    assert found(NAME) == set()


def test_and_when_it_was_taken_up_and_is_erased(coverage: Coverage, editor: Program) -> None:
    guest = Program(somebody("Moderators"))
    posts(guest, coverage)
    taken = keyed(editor, "post", at(coverage, f"waiting/{Waiting.objects.get().pk}/actions/take_up/"), {}, key="up")
    place = at(coverage, f"updates/{said(taken)['number']}/actions/retract/")
    keyed(editor, "post", place, {"erases": True}, key="gone")
    assert found(NAME) == set()


def posts(call: Program, coverage: Coverage) -> HttpResponse:
    """Send the same update with the same key."""
    return keyed(call, "post", at(coverage, "updates/"), {"text": f"{NAME} saw it."}, key="mine")
