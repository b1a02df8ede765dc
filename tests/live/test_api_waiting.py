"""What programs send in by the API: it waits for an editor or for its time, once however often it is sent."""

from datetime import timedelta

import pytest

from gazeti.live.actions import schedule, send_in
from gazeti.live.models import Coverage, Update, Waiting
from tests.live.covering import make_words
from tests.live.test_api import LATER, TEXT, at, said
from tests.newsroom import NOW
from tests.stories.calling import Program, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def test_a_bridge_without_the_right_to_post_sends_in_and_an_editor_takes_it_up(
    coverage: Coverage, editor: Program
) -> None:
    bridge = Program(somebody("Moderators"))
    answer = bridge("post", at(coverage, "updates/"), {**TEXT, "key": "m1"})
    assert (answer.status_code, said(answer)["reached"]) == (202, "sent")
    again = bridge("post", at(coverage, "updates/"), {**TEXT, "key": "m1"})
    assert said(again)["id"] == said(answer)["id"]
    assert not Update.objects.exists()
    assert [one["id"] for one in said(bridge("get", at(coverage, "waiting/")))["waiting"]] == [said(answer)["id"]]
    of_row = at(coverage, f"waiting/{said(answer)['id']}/")
    assert bridge("post", f"{of_row}actions/take_up/").status_code == 403
    assert editor("post", f"{of_row}actions/take_up/").status_code == 201
    assert editor("post", f"{of_row}actions/take_up/").status_code == 404
    told = bridge("post", at(coverage, "updates/"), {**TEXT, "key": "m1"})
    assert (told.status_code, said(told)["number"]) == (201, 2)
    assert bridge("post", at(coverage, "updates/"), {**TEXT, "due_at": LATER.isoformat()}).status_code == 403


def test_whoever_may_post_may_let_it_wait_for_a_look_or_for_its_time(coverage: Coverage) -> None:
    reporter = Program(somebody("Reporters"))
    waits = reporter("post", at(coverage, "updates/"), {**TEXT, "waits": True})
    timed = reporter("post", at(coverage, "updates/"), {**TEXT, "due_at": LATER.isoformat()})
    assert [(one.status_code, said(one)["reached"]) for one in (waits, timed)] == [(202, "sent"), (202, "scheduled")]
    past = reporter("post", at(coverage, "updates/"), {**TEXT, "due_at": NOW.isoformat()})
    assert past.status_code == 409
    own = at(coverage, f"waiting/{said(timed)['id']}/")
    later = (LATER + timedelta(hours=1)).isoformat()
    mended = said(reporter("patch", own, {"heading": "Soon", "due_at": later}))
    assert (mended["heading"], mended["body"][0]["value"]) == (
        "Soon",
        "<p>The ferry is back.</p><p>It left at six.</p>",
    )
    assert reporter("post", f"{own}actions/refuse/").status_code == 204
    assert reporter("post", f"{own}actions/refuse/").status_code == 404
    assert Waiting.objects.count() == 1


def test_the_inbox_tells_editors_all_and_others_their_own(coverage: Coverage, editor: Program) -> None:
    send_in(coverage.pk, words=make_words(), by=None, key="", now=NOW)
    schedule(coverage.pk, words=make_words(), due_at=NOW + timedelta(hours=1), by=None, now=NOW)
    assert [one["reached"] for one in said(editor("get", at(coverage, "waiting/")))["waiting"]] == ["sent", "scheduled"]
    assert said(Program(somebody("Reporters"))("get", at(coverage, "waiting/")))["waiting"] == []
