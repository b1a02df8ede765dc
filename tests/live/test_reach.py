"""Times that nobody plans for are refused at every door: one of them would take a page away from everybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.live.actions import OutOfReach, change_waiting, cover, plan, schedule
from gazeti.live.models import Coverage, Waiting
from gazeti.live.rules import FURTHEST
from tests.live.covering import make_words
from tests.live.reporters import DESK, JSON, page_of, reporter, screen_of, send
from tests.live.test_api import at, said
from tests.newsroom import NOW, make_draft, make_story
from tests.stories.calling import Program, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
DOOM, DAWN = "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"
TYPED = ("9999-12-31T23:59", "0001-01-01T00:00")
SOON = timezone.now() + timedelta(hours=1)
TOO_FAR = "at most ten years"


@pytest.fixture
def program(db: None) -> Program:
    return Program(somebody("Editors"))


@pytest.fixture
def editor(db: None) -> Client:
    return reporter("amina", role="Editors")


@pytest.mark.parametrize("moment", [DOOM, DAWN])
def test_a_program_is_told_at_which_field_a_time_is_out_of_reach(
    coverage: Coverage, program: Program, moment: str
) -> None:
    waits = said(program("post", at(coverage, "updates/"), {"text": "x", "due_at": SOON.isoformat()}))
    other = make_story()
    for method, path, sent in (
        ("post", at(coverage, "updates/"), {"text": "x", "due_at": moment}),
        ("patch", at(coverage, f"waiting/{waits['id']}/"), {"due_at": moment}),
        ("patch", at(coverage), {"ends_at": moment}),
        ("patch", at(coverage), {"starts_at": moment}),
        ("post", "coverages/", {"story": other.pk, "ends_at": moment}),
        ("post", "coverages/", {"story": other.pk, "starts_at": moment}),
    ):
        answer = program(method, path, sent)
        assert answer.status_code == 422, (sent, answer.content)
        [error] = said(answer)["errors"]
        assert (error["rule"], error["field"] in sent, TOO_FAR in error["msg"]) == ("reach", True, True), error
        assert TOO_FAR in said(answer)["detail"]
    assert Waiting.objects.get().due_at == SOON
    coverage.refresh_from_db()
    assert (coverage.starts_at, coverage.ends_at, Coverage.objects.count()) == (None, None, 1)


@pytest.mark.parametrize("moment", TYPED)
def test_the_form_of_the_times_comes_back_with_a_reason_at_the_field(
    coverage: Coverage, editor: Client, moment: str
) -> None:
    for field in ("starts_at", "ends_at"):
        answer = editor.post(f"{screen_of(coverage)}plan/", {"starts_at": "", "ends_at": "", field: moment})
        assert answer.status_code == 422
        page = page_of(answer)
        assert TOO_FAR in page.select_one(f"#{field}-wrong").get_text()
        assert page.select_one(f"#{field}")["value"] == moment


@pytest.mark.parametrize("moment", TYPED)
def test_a_form_of_an_update_keeps_the_words_and_says_what_is_wrong_with_the_time(
    coverage: Coverage, editor: Client, moment: str
) -> None:
    answer = send(editor, coverage, due_at=moment, key="k")
    assert (answer.status_code, TOO_FAR in answer.json()["errors"]["due_at"][0]) == (422, True)
    answer = editor.post(f"{screen_of(coverage)}updates/", {"text": "These words.", "due_at": moment})
    assert (answer.status_code, "These words." in answer.content.decode()) == (422, True)
    row = schedule(coverage.pk, words=make_words(), due_at=SOON, by=None, now=timezone.now())
    place = f"{screen_of(coverage)}waiting/{row.pk}/change/"
    assert editor.post(place, {"text": "x", "due_at": moment}, headers=JSON).status_code == 422
    assert Waiting.objects.get().due_at == SOON


def test_ten_years_are_reached_and_a_second_more_is_not(coverage: Coverage) -> None:
    far = timedelta(seconds=1)
    plan(coverage.pk, starts_at=NOW - FURTHEST, ends_at=NOW + FURTHEST, now=NOW)
    # What stands there is not asked again years later.
    plan(coverage.pk, starts_at=NOW - FURTHEST, ends_at=None, now=NOW + FURTHEST)
    row = schedule(coverage.pk, words=make_words(), due_at=NOW + FURTHEST, by=None, now=NOW)
    with pytest.raises(OutOfReach):
        schedule(coverage.pk, words=make_words(), due_at=NOW + FURTHEST + far, by=None, now=NOW)
    with pytest.raises(OutOfReach):
        change_waiting(row.pk, words=make_words(), due_at=NOW + FURTHEST + far, now=NOW)
    with pytest.raises(OutOfReach):
        plan(coverage.pk, starts_at=NOW - FURTHEST - far, ends_at=None, now=NOW)
    with pytest.raises(OutOfReach):
        cover(make_draft(), ends_at=NOW + FURTHEST + far, now=NOW)


def test_a_time_that_stands_there_from_before_takes_no_page_away(coverage: Coverage, editor: Client) -> None:
    doom = datetime.max.replace(tzinfo=UTC, microsecond=0)
    row = schedule(coverage.pk, words=make_words(), due_at=SOON, by=None, now=timezone.now())
    Waiting.objects.update(due_at=doom)
    Coverage.objects.update(ends_at=doom)
    for place in (
        coverage.story.address,
        DESK,
        screen_of(coverage),
        f"{screen_of(coverage)}news/",
        f"{screen_of(coverage)}plan/",
        f"{screen_of(coverage)}waiting/{row.pk}/change/",
    ):
        assert editor.get(place).status_code == 200, place
