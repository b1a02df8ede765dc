"""What moderators decide: one by one and many at once, about comments and about who writes them; nothing twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gazeti import log
from gazeti.accounts.models import User
from gazeti.comments.actions.delete import delete_comment
from gazeti.comments.actions.purge import tag_of
from gazeti.comments.models import Decision, ReaderStanding
from gazeti.comments.rules import Kind, State
from gazeti.edge.truth import STREAM as PURGES
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import (
    DESK,
    choice,
    client,
    decide,
    fresh,
    held,
    listed,
    moderator,
    report,
    seen,
    soup,
    story,
)
from tests.newsroom import NOW

__all__ = ["client", "story"]
pytestmark = pytest.mark.django_db


def test_an_approved_comment_is_published_counted_purged_and_logged(client: Client, story: Story) -> None:
    comment, before = held(story), log.head()
    answer = decide(client, comment, "approved", queue="held")
    assert (answer.status_code, answer["Location"]) == (302, f"{DESK}?queue=held")
    assert fresh(comment).state == State.PUBLISHED
    assert fresh(comment).story.discussion.published == 1
    entries = {entry.stream: entry for entry in log.since(before)}
    last = Decision.objects.latest("pk")
    assert (last.kind, last.before, last.after) == (Kind.APPROVED, "held", "published")
    assert entries["moderation"].data["by"] == last.by_id
    assert entries["comments"].data["number"] == comment.number
    assert tag_of(story.pk) in entries[PURGES].data["tags"]


def test_nobody_is_rejected_without_a_reason_and_the_writer_is_told_a_word(client: Client, story: Story) -> None:
    comment = held(story)
    page = decide(client, comment, "rejected", note="Be kind")
    assert (page.status_code, fresh(comment).state) == (422, State.HELD)
    assert "Choose a reason" in soup(page).select_one("[role=alert]").get_text()
    assert soup(page).select_one("[name=note]").get_text() == "Be kind"
    decide(client, comment, "rejected", reason="hate", note="Be kind\x00  please")
    last = Decision.objects.latest("pk")
    assert (fresh(comment).state, last.reason, last.evidence.note) == (State.REJECTED, "hate", "Be kind please")


def test_two_moderators_never_decide_one_comment_twice(story: Story) -> None:
    comment, first, second = held(story), moderator("grace"), moderator("musa")
    asked = seen(comment)
    decide(first, comment, "spam", seen=asked)
    before = Decision.objects.count()
    answer = decide(second, comment, "approved", seen=asked)
    assert (answer.status_code, fresh(comment).state) == (409, State.SPAM)
    told = soup(answer).get_text()
    assert "Grace Otieno" in told
    assert "Called spam" in told
    assert soup(answer).select_one("main time")["datetime"]
    assert Decision.objects.count() == before


def test_what_its_writer_deleted_cannot_be_brought_back(client: Client, story: Story) -> None:
    comment = held(story)
    delete_comment(comment, now=NOW)
    assert decide(client, comment, "approved").status_code == 409
    assert fresh(comment).state == State.DELETED
    assert "Its words are erased" in soup(client.get(f"{DESK}{comment.pk}/")).get_text()


def test_many_are_decided_at_once_and_those_decided_before_are_left_and_named(client: Client, story: Story) -> None:
    three = [held(story), held(story), held(story)]
    ticks = [choice(one) for one in three]
    decide(moderator("musa"), three[1], "spam")
    answer = client.post(f"{DESK}chosen/", {"queue": "held", "chosen": ticks, "many": "approved"}, follow=True)
    assert [fresh(one).state for one in three] == [State.PUBLISHED, State.SPAM, State.PUBLISHED]
    told = soup(answer).select_one(".notes").get_text()
    assert "2 comments are decided." in told
    assert "One was left alone" in told
    assert "Musa Otieno" in told


def test_many_need_ticks_and_to_reject_them_a_reason(client: Client, story: Story) -> None:
    comment = held(story)
    nothing = client.post(f"{DESK}chosen/", {"many": "approved"}, follow=True)
    assert "Tick the comments first" in soup(nothing).get_text()
    ticked = {"chosen": [choice(comment)], "many": "rejected"}
    assert "Choose a reason" in soup(client.post(f"{DESK}chosen/", ticked, follow=True)).get_text()
    client.post(f"{DESK}chosen/", {**ticked, "reason": "off-topic"})
    assert fresh(comment).state == State.REJECTED


@pytest.mark.parametrize(
    "fields",
    [
        {"one": "picked:1:1"},
        {"one": "approved:x:1"},
        {"one": "approved:1"},
        {"chosen": "²:1", "many": "approved"},
        {"chosen": "1:99999999999999999999", "many": "approved"},
        {"chosen": "1:1", "many": "published"},
    ],
)
def test_what_no_form_offers_is_refused(client: Client, fields: dict[str, str]) -> None:
    assert client.post(f"{DESK}chosen/", fields).status_code == 400


def test_a_pick_is_of_what_readers_see_and_is_taken_back(client: Client, story: Story) -> None:
    comment, hidden = make_comment(story), held(story)
    before = log.head()
    decide(client, comment, "picked")
    assert fresh(comment).is_pick
    assert any(tag_of(story.pk) in entry.data.get("tags", ()) for entry in log.since(before))
    assert decide(client, hidden, "picked").status_code == 409
    assert decide(client, comment, "picked").status_code == 409
    decide(client, comment, "unpicked")
    assert not fresh(comment).is_pick


@pytest.mark.parametrize(("kind", "state"), [("kept", State.PUBLISHED), ("spam", State.SPAM)])
def test_a_decision_answers_the_reports(client: Client, story: Story, kind: str, state: State) -> None:
    comment = make_comment(story)
    one, other = report(comment), report(comment, mark="b", reason="illegal", name="Musa", email="m@example.org")
    assert fresh(comment).open_reports == 2
    decide(client, comment, kind)
    for answered in (one, other):
        answered.refresh_from_db()
        assert answered.closed_at
        assert (answered.outcome.kind, answered.outcome.after) == (kind, state)
    assert fresh(comment).open_reports == 0
    assert not listed(client.get(DESK, {"queue": "illegal"}))


def test_what_its_writer_deletes_answers_the_reports_too(client: Client, story: Story) -> None:
    comment = make_comment(story)
    told = report(comment, reason="illegal", name="Musa", email="m@example.org")
    delete_comment(comment, now=NOW)
    told.refresh_from_db()
    assert (told.outcome.kind, told.outcome.by, fresh(comment).open_reports) == (Kind.DELETED, None, 0)
    assert not listed(client.get(DESK, {"queue": "illegal"}))


def test_a_comments_page_shows_thread_story_rule_reports_and_writer(client: Client, story: Story) -> None:
    above = make_comment(story, name="Amina", body="Who built it?")
    comment = make_comment(
        story,
        state=State.HELD,
        rule="suspect-words",
        words=["fools"],
        body="The fools did.",
        name="Yusuf",
        email="yusuf@example.org",
        reply_to=above.number,
    )
    make_comment(story, body="An older one.", email="yusuf@example.org")
    report(comment, text="It calls me a fool.")
    page = soup(client.get(f"{DESK}{comment.pk}/"))
    text = page.get_text()
    assert page.select_one("mark").get_text() == "fools"
    for part in ("Who built it?", story.title, "An older one.", "It calls me a fool.", "1 published, 1 held"):
        assert part in text
    assert "yusuf@example.org" not in text
    assert page.select_one("input[name=seen]")["value"] == "1"


def test_a_link_of_a_mail_asks_and_decides_nothing_by_itself(client: Client, story: Story) -> None:
    comment = held(story)
    page = soup(client.get(f"{DESK}{comment.pk}/?do=approved"))
    assert fresh(comment).state == State.HELD
    form = page.select_one("form.confirm")
    fields = {one["name"]: one["value"] for one in form.select("input")} | {"kind": form.select_one("button")["value"]}
    client.post(f"{DESK}{comment.pk}/?do=approved", fields)
    assert fresh(comment).state == State.PUBLISHED
    assert not soup(client.get(f"{DESK}{comment.pk}/?do=approved")).select("form.confirm")
    assert not soup(client.get(f"{DESK}{comment.pk}/?do=nonsense")).select("form.confirm")


def test_somebody_who_is_signed_out_is_led_to_the_door_and_back(story: Story) -> None:
    comment, stranger = held(story), Client()
    answer = stranger.get(f"{DESK}{comment.pk}/?do=approved")
    assert answer["Location"] == f"/desk/login/?next={DESK}{comment.pk}/%3Fdo%3Dapproved"
    assert decide(stranger, comment, "approved")["Location"] == f"/desk/login/?next={DESK}"
    assert fresh(comment).state == State.HELD


def test_all_that_is_held_of_somebody_is_decided_at_once(client: Client, story: Story) -> None:
    theirs = [held(story, email="yusuf@example.org") for _number in range(3)]
    others = held(story, email="amina@example.org")
    address = f"{DESK}writers/{theirs[0].reader_id}/"
    assert "(3)" in soup(client.get(address)).select_one("legend").get_text()
    ticks = [choice(one) for one in theirs]
    assert client.post(f"{address}held/", {"kind": "rejected", "chosen": ticks}).status_code == 422
    client.post(f"{address}held/", {"kind": "rejected", "reason": "advertising", "chosen": ticks})
    assert {fresh(one).state for one in theirs} == {State.REJECTED}
    assert fresh(others).state == State.HELD
    assert len({one.together for one in Decision.objects.filter(kind=Kind.REJECTED)}) == 1


@pytest.mark.parametrize(
    ("on", "off", "field"), [("muted", "unmuted", "is_muted"), ("banned", "unbanned", "is_banned")]
)
def test_somebody_is_muted_or_banned_once_and_no_longer(
    client: Client, story: Story, on: str, off: str, field: str
) -> None:
    reader = held(story).reader_id
    address = f"{DESK}writers/{reader}/"
    client.post(address, {"kind": on})
    assert getattr(ReaderStanding.objects.get(reader=reader), field)
    assert client.post(address, {"kind": on}).status_code == 409
    client.post(address, {"kind": off})
    assert not getattr(ReaderStanding.objects.get(reader=reader), field)
    assert list(Decision.objects.filter(reader=reader, comment=None).values_list("kind", flat=True)) == [on, off]


def test_before_somebody_is_banned_it_is_told_that_nobody_has_proven_the_address(client: Client, story: Story) -> None:
    only_typed = held(story).reader
    warning = "Nobody has proven this address."
    assert warning in soup(client.get(f"{DESK}writers/{only_typed.pk}/")).get_text()
    only_typed.user = User.objects.create_user(only_typed.email)
    only_typed.save()
    assert warning not in soup(client.get(f"{DESK}writers/{only_typed.pk}/")).get_text()


def test_somebody_is_suspended_for_days_and_no_longer(client: Client, story: Story) -> None:
    reader = held(story).reader_id
    address = f"{DESK}writers/{reader}/"
    client.post(address, {"kind": "suspended", "days": "3"})
    until = ReaderStanding.objects.get(reader=reader).suspended_until
    assert until
    assert timedelta(days=2, hours=23) < until - timezone.now() <= timedelta(days=3)
    assert client.post(address, {"kind": "suspended", "days": "2"}).status_code == 409
    assert "suspended until" in soup(client.get(address)).get_text()
    client.post(address, {"kind": "unsuspended"})
    assert ReaderStanding.objects.get(reader=reader).suspended_until is None
    for days in ("0", "366", "x", ""):
        assert client.post(address, {"kind": "suspended", "days": days}).status_code == 400
