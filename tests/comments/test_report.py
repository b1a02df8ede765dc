"""Reporting a comment: a receipt that tells the outcome, what the law asks for, and nothing hidden by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gazeti import log
from gazeti.comments.actions import decide
from gazeti.comments.actions.answer import answer_reports
from gazeti.comments.models import Comment, Report, ReportText
from gazeti.comments.rules import Kind, Reason, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.writing import OURS, fields_in, path_of
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db

NOTICE = {
    "reason": "illegal",
    "text": "It threatens a witness, against section 13.",
    "name": "Wanjiku",
    "email": "wanjiku@example.org",
    "in_good_faith": "on",
}


def report(client: Client, story: Story, *, number: int = 1, **fields: str) -> HttpResponse:
    address = f"{story.address}comments/{number}/report/"
    response: Any = client.post(address, fields or {"reason": "abuse", "text": "Rude."}, headers=OURS)
    return response


def test_a_report_leads_to_its_receipt_and_hides_nothing(client: Client) -> None:
    story = make_story()
    comment = make_comment(story)
    before = log.head()
    response = report(client, story)
    assert (response.status_code, path_of(response).startswith("/comments/reports/")) == (303, True)
    kept = Report.objects.select_related("text", "comment").get()
    assert (kept.reason, kept.is_illegal, kept.text.text, kept.comment.open_reports) == ("abuse", False, "Rude.", 1)
    assert Comment.objects.get(pk=comment.pk).state == "published"
    assert [(one.stream, one.kind) for one in log.since(before)] == [("moderation", "reported")]
    page = client.get(path_of(response))
    assert (page.status_code, page["Cache-Control"], page["Referrer-Policy"]) == (200, "no-store", "no-referrer")
    assert "Their decision will stand here" in page.content.decode()


@pytest.mark.parametrize("state", [State.PUBLISHED, State.REJECTED])
def test_the_receipt_tells_what_was_decided_and_why(client: Client, state: State) -> None:
    story = make_story()
    comment = make_comment(story)
    receipt = path_of(report(client, story))
    kind = Kind.KEPT if state == State.PUBLISHED else Kind.REJECTED
    now = timezone.now()
    decision = decide(comment, to=state, kind=kind, now=now, reason=Reason.ABUSE)
    answer_reports(decision, now=now)
    html = client.get(receipt).content.decode()
    assert ("was taken away" in html, "left it" in html) == (state == State.REJECTED, state == State.PUBLISHED)
    assert "insults or threatens" in html


def test_one_form_reports_once_however_often_it_is_sent_and_leads_to_the_same_receipt(client: Client) -> None:
    story = make_story()
    make_comment(story)
    key = fields_in(client.get(f"{story.address}comments/1/report/"))["key"]
    sent = [report(client, story, reason="abuse", key=key) for _ in range(2)]
    receipts = {client.get(path_of(one)).content for one in sent}
    assert ({one.status_code for one in sent}, len(receipts), Report.objects.count()) == ({303}, 1, 1)
    report(client, story, **NOTICE, key=key)
    assert Report.objects.filter(is_illegal=True).count() == 1


def test_two_on_one_network_with_one_kind_of_phone_get_each_their_own_receipt_and_only_a_few(client: Client) -> None:
    story = make_story()
    make_comment(story)
    pages = [f"{story.address}comments/1/report/"] * 4
    keys = [fields_in(client.get(page))["key"] for page in pages]
    sent = [report(client, story, reason="hate", key=key) for key in keys]
    assert [one.status_code for one in sent] == [303, 303, 303, 409]
    assert Report.objects.count() == Comment.objects.get().open_reports == 3
    assert "reported already" in sent[3].content.decode()
    assert "/comments/reports/" not in sent[3].content.decode()
    again = report(client, story, reason="hate", key=keys[0])
    assert again.status_code == 303


def test_whoever_sends_no_key_is_given_nobody_elses_receipt(client: Client) -> None:
    story = make_story()
    make_comment(story)
    first, second = report(client, story), report(client, story)
    assert (first.status_code, second.status_code, Report.objects.count()) == (303, 409, 1)
    assert not second.has_header("Location")


def test_a_notice_of_illegal_content_says_why_by_whom_and_in_good_faith(
    client: Client, run_tasks: Callable[[], None]
) -> None:
    story = make_story()
    make_comment(story)
    response = report(client, story, **NOTICE)
    kept = ReportText.objects.get()
    assert (kept.name, kept.email, kept.in_good_faith) == ("Wanjiku", "wanjiku@example.org", True)
    run_tasks()
    assert [one.to for one in mail.outbox] == [["wanjiku@example.org"]]
    assert path_of(response) in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("text", "why it is against the law"),
        ("name", "Give your name"),
        ("email", "Give your email"),
        ("in_good_faith", "that you believe"),
    ],
)
def test_what_a_notice_lacks_is_said_and_nothing_is_lost(client: Client, missing: str, words: str) -> None:
    story = make_story()
    make_comment(story)
    sent = {name: value for name, value in NOTICE.items() if name != missing}
    response = report(client, story, **sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    again = fields_in(response)
    assert {name: again[name] for name in ("name", "email") if name in sent} == {
        name: sent[name] for name in ("name", "email") if name in sent
    }
    assert Report.objects.count() == 0


def test_who_reports_the_abuse_of_a_child_need_not_say_who_they_are(client: Client) -> None:
    story = make_story()
    make_comment(story)
    sent = {"reason": "illegal", "text": "It shows a child.", "in_good_faith": "on", "shows_abuse_of_a_child": "on"}
    assert report(client, story, **sent).status_code == 303
    assert Report.objects.get().is_illegal


def test_a_plain_report_keeps_nobodys_name(client: Client) -> None:
    story = make_story()
    make_comment(story)
    report(client, story, reason="other", name="Wanjiku", email="wanjiku@example.org")
    kept = ReportText.objects.get()
    assert (kept.name, kept.email, len(mail.outbox)) == ("", "", 0)


def test_a_report_without_a_reason_is_asked_for_one(client: Client) -> None:
    story = make_story()
    make_comment(story)
    for reason in ("", "x"):
        assert report(client, story, reason=reason, text="Rude.").status_code == 422
    assert client.get(f"{story.address}comments/1/report/").status_code == 200


def test_what_readers_do_not_see_is_not_reported_and_no_receipt_is_guessed(client: Client) -> None:
    story = make_story()
    make_comment(story, state=State.HELD)
    assert report(client, story).status_code == 404
    assert client.get(f"/comments/reports/{'x' * 38}/").status_code == 404


def test_reports_are_bounded_and_come_from_our_own_page(client: Client) -> None:
    story = make_story()
    make_comment(story)
    evil = {"sec-fetch-site": "cross-site"}
    assert client.post(f"{story.address}comments/1/report/", {"reason": "abuse"}, headers=evil).status_code == 403
    assert [report(client, story).status_code for _ in range(10)] == [303] + [409] * 9
    assert report(client, story).status_code == 429
