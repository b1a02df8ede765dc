"""What was refused stays out, by whichever way its sender sends it again; of its words nothing is kept for that."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.live.actions import Refused, cover, post_update, refuse, schedule, send_in, uncover
from gazeti.live.models import Coverage, RefusedKey, Update, Waiting
from tests.comments.test_erasing import found
from tests.live.covering import make_words
from tests.live.reporters import page_of, post, reporter, send, typed_in
from tests.live.test_api import at, said
from tests.newsroom import NOW, make_draft
from tests.stories.calling import Program, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
NAME = "Zawadi Ochieng-Testamento"
SOON = timezone.now() + timedelta(hours=1)


@pytest.fixture
def guest() -> Client:
    """Who sends in, for others to post."""
    return reporter("musa", role="Moderators")


def refuse_all() -> None:
    for row in Waiting.objects.all():
        refuse(row.pk)


def test_by_its_key_it_is_kept_out_and_no_word_of_it_is_kept(coverage: Coverage) -> None:
    facts: dict[str, Any] = {"words": make_words(f"{NAME} saw it."), "by": None, "key": f"k {NAME}", "now": NOW}
    send_in(coverage.pk, **facts)
    refuse_all()
    assert found(NAME) == set()
    with pytest.raises(Refused):
        send_in(coverage.pk, **facts)
    with pytest.raises(Refused):
        schedule(coverage.pk, due_at=SOON, **facts)
    with pytest.raises(Refused):
        post_update(coverage.pk, **facts)
    assert (Waiting.objects.count(), Update.objects.count(), found(NAME)) == (0, 0, set())
    assert send_in(coverage.pk, **{**facts, "key": "other"})


def test_without_a_key_nothing_is_kept_of_it(coverage: Coverage) -> None:
    send_in(coverage.pk, words=make_words(), by=None, key="", now=NOW)
    refuse_all()
    assert not RefusedKey.objects.exists()
    assert send_in(coverage.pk, words=make_words(), by=None, key="", now=NOW)


def test_a_phone_whose_answer_was_lost_is_told_that_it_is_gone(coverage: Coverage, guest: Client) -> None:
    assert send(guest, coverage, key="k1").status_code == 201
    refuse_all()
    again = send(guest, coverage, key="k1")
    assert (again.status_code, again["Content-Type"]) == (410, "application/problem+json")
    assert again.json()["status"] == 410
    assert "not posted" in again.json()["detail"]
    assert not Waiting.objects.exists()
    assert send(guest, coverage, "Something else.", key="k2").status_code == 201


def test_nor_does_whoever_may_post_bring_it_back_at_another_time_or_at_once(coverage: Coverage) -> None:
    zawadi = reporter()
    due_at = timezone.localtime(SOON).strftime("%Y-%m-%dT%H:%M")
    assert send(zawadi, coverage, key="k1", due_at=due_at).status_code == 201
    refuse_all()
    for due in ({"due_at": due_at}, {"due_at": "2040-01-01T08:00"}, {}):
        assert send(zawadi, coverage, key="k1", **due).status_code == 410
    assert (Waiting.objects.count(), Update.objects.count()) == (0, 0)


def test_without_a_script_the_words_are_given_back_to_be_sent_as_something_new(
    coverage: Coverage, guest: Client
) -> None:
    post(guest, coverage, "Seen from the roof.", key="k1")
    refuse_all()
    answer = post(guest, coverage, "Seen from the roof.", key="k1")
    assert answer.status_code == 410
    assert "not posted" in page_of(answer).select_one("[role=alert]").get_text()  # type: ignore[union-attr]
    typed = typed_in(page_of(answer))
    assert (typed["text"], typed["key"] not in ("", "k1")) == ("Seen from the roof.", True)
    assert post(guest, coverage, typed["text"], key=typed["key"]).status_code == 303
    assert Waiting.objects.count() == 1


@pytest.mark.parametrize("role", ["Moderators", "Reporters"])
def test_a_program_that_gives_its_key_with_the_words_is_told_that_it_is_gone(coverage: Coverage, role: str) -> None:
    call, words = Program(somebody(role)), {"text": "The ferry is back.", "key": "mine"}
    sent = call("post", at(coverage, "updates/"), {**words, "waits": True})
    assert sent.status_code == 202
    assert call("post", at(coverage, f"waiting/{said(sent)['id']}/actions/refuse/"), {}).status_code == 204
    for more in ({"waits": True}, {}):
        again = call("post", at(coverage, "updates/"), {**words, **more})
        assert (again.status_code, again["Content-Type"]) == (410, "application/problem+json")
    other = Program(somebody("Editors"))("post", at(coverage, "updates/"), {**words, "waits": True})
    assert (other.status_code, Waiting.objects.count(), Update.objects.count()) == (202, 1, 0)


def test_it_is_forgotten_with_the_coverage() -> None:
    coverage = cover(make_draft())
    send_in(coverage.pk, words=make_words(), by=None, key="k", now=NOW)
    refuse_all()
    assert RefusedKey.objects.count() == 1
    uncover(coverage.pk)
    assert not RefusedKey.objects.exists()
