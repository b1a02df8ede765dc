"""A writer's private address: what became of the comment and why, other words for five minutes, deletion."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gazeti import guard, log
from gazeti.comments.actions import decide
from gazeti.comments.models import Comment, CommentText, CommentTrace, Decision, Evidence
from gazeti.comments.queries.mine import private_address_of
from gazeti.comments.rules import Kind, Reason, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.writing import OURS, fields_in, path_of, send, settle
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db


def ago(**times: float) -> datetime:
    return timezone.now() - timedelta(**times)


def address(comment: Comment, story: Story) -> str:
    return private_address_of(comment, story=story, now=timezone.now())


def change(client: Client, comment: Comment, story: Story, **fields: Any) -> HttpResponse:
    seen = Comment.objects.get(pk=comment.pk).decisions_made
    response: Any = client.post(address(comment, story), {"edit": "", "seen": seen, **fields}, headers=OURS)
    return response


def html_of(client: Client, comment: Comment, story: Story) -> str:
    response = client.get(address(comment, story))
    assert response.status_code == 200
    return response.content.decode()


def test_it_tells_the_state_the_rule_and_the_exact_words(client: Client) -> None:
    story = make_story()
    held = make_comment(story, state=State.HELD, rule="suspect-words", words=["F o o l"], body="You F o o l!")
    page = client.get(address(held, story))
    html = page.content.decode()
    assert "waits for a moderator" in html
    assert "<q><bdi>F o o l</bdi></q>" in html
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not page.cookies


def test_a_moderators_reason_and_note_are_told(client: Client) -> None:
    story = make_story()
    comment = make_comment(story)
    decide(comment, to=State.REJECTED, kind=Kind.REJECTED, now=timezone.now(), reason=Reason.OFF_TOPIC, note="Sorry.")
    html = html_of(client, comment, story)
    assert "was not published" in html
    assert "not about the story" in html
    assert "Sorry." in html


def test_only_the_address_of_this_comment_under_this_story_opens_it(client: Client) -> None:
    story, other = make_story(), make_story()
    comment = make_comment(story)
    mine = address(comment, story)
    token = mine.rstrip("/").rpartition("/")[2]
    assert client.get(f"{other.address}comments/mine/{token}/").status_code == 404
    assert client.get(mine.replace(token, token[:-2] + "AA")).status_code == 404
    report = guard.sign("report", comment.pk, lasts=timedelta(days=1))
    assert client.get(f"{story.address}comments/mine/{report}/").status_code == 404
    old = private_address_of(comment, story=story, now=ago(days=366))
    assert client.get(old).status_code == 410


def test_who_guesses_addresses_is_soon_looked_up_no_more(client: Client) -> None:
    story = make_story()
    comment = make_comment(story)
    wrong = f"{story.address}comments/mine/{'x' * 38}/"
    assert {client.get(wrong).status_code for _ in range(30)} == {404}
    assert client.get(wrong).status_code == 429
    assert client.get(address(comment, story)).status_code == 429


def test_other_words_are_judged_again_and_shown_at_once(client: Client) -> None:
    settle()
    story = make_story()
    comment = make_comment(story, now=ago(minutes=4))
    before = log.head()
    assert "<textarea" in html_of(client, comment, story)
    response = change(client, comment, story, body="Better words about it.")
    assert (response.status_code, "/mine/" in path_of(response)) == (303, True)
    comment = Comment.objects.select_related("text").get()
    assert (comment.state, comment.text.body, comment.number) == ("published", "Better words about it.", 1)
    assert comment.edited_at is not None
    assert Decision.objects.order_by("-pk")[0].kind == "edited"
    assert [entry.stream for entry in log.since(before)] == ["moderation", "purges"]


def test_an_edit_that_breaks_a_rule_takes_the_comment_from_readers(client: Client) -> None:
    settle()
    story = make_story()
    comment = make_comment(story, now=ago(minutes=1))
    change(client, comment, story, body="https://a.example https://b.example https://c.example")
    comment = Comment.objects.get()
    assert (comment.state, comment.is_shown) == ("held", False)
    assert Decision.objects.order_by("-pk")[0].rule == "links"
    assert log.read(stream="comments")[-1].kind == "gone"
    assert log.read(stream="purges")[-1].data["forget"] == [f"comments:{story.pk}"]


def test_what_waited_for_its_words_passes_with_others_and_what_waited_otherwise_waits_on(client: Client) -> None:
    settle()
    story = make_story()
    for_words = make_comment(story, state=State.HELD, rule="links", words=["https://a.example"], now=ago(minutes=1))
    for_work = make_comment(story, state=State.HELD, rule="no-work", now=ago(minutes=1))
    change(client, for_words, story, body="Now without an address in it.")
    change(client, for_work, story, body="Now with other words in it.")
    states = {one.number: one.state for one in Comment.objects.all()}
    assert states == {1: "published", 2: "held"}
    assert Decision.objects.filter(comment=for_work).order_by("-pk")[0].rule == "no-work"


def test_after_five_minutes_the_words_stay(client: Client) -> None:
    settle()
    story = make_story()
    comment = make_comment(story, now=ago(minutes=5))
    assert "<textarea" not in html_of(client, comment, story)
    response = change(client, comment, story, body="Too late.")
    assert response.status_code == 409
    assert CommentText.objects.get().body != "Too late."


@pytest.mark.parametrize("state", [State.REJECTED, State.SPAM])
def test_what_was_refused_is_not_changed_and_can_be_deleted(client: Client, state: State) -> None:
    story = make_story()
    comment = make_comment(story, state=state, now=ago(minutes=1))
    assert change(client, comment, story, body="Once more.").status_code == 409
    assert client.post(address(comment, story), {"delete": ""}, headers=OURS).status_code == 303
    assert Comment.objects.get().state == "deleted"


def test_who_edits_what_a_moderator_decided_meanwhile_sees_that_first_and_keeps_the_words(client: Client) -> None:
    settle()
    story = make_story()
    comment = make_comment(story, state=State.HELD, rule="first-time", now=ago(minutes=1))
    seen = fields_in(client.get(address(comment, story)))["seen"]
    decide(comment, to=State.PUBLISHED, kind=Kind.APPROVED, now=timezone.now())
    response = change(client, comment, story, body="My other words.", seen=seen)
    assert response.status_code == 409
    assert fields_in(response)["body"] == "My other words."
    assert CommentText.objects.get().body != "My other words."


def test_nothing_in_the_place_of_a_comment_is_refused(client: Client) -> None:
    story = make_story()
    comment = make_comment(story, now=ago(minutes=1))
    response = change(client, comment, story, body=" \u200b ")
    assert response.status_code == 422
    assert "nothing to be read" in response.content.decode()


def test_deleting_erases_words_name_and_traces_and_keeps_the_thread(client: Client) -> None:
    story = make_story()
    comment = make_comment(story, body="I regret this.", name="Halima")
    make_comment(story, reply_to=1)
    Evidence.objects.create(decision=Decision.objects.filter(comment=comment)[0], words=["regret"])
    assert client.post(address(comment, story), {"delete": ""}, headers=OURS).status_code == 303
    comment = Comment.objects.select_related("text").get(number=1)
    assert (comment.state, comment.is_shown, comment.text.body, comment.text.name) == ("deleted", True, "", "")
    assert Comment.objects.get(number=2).state == "published"
    assert not CommentTrace.objects.filter(comment=comment).exists()
    assert not Evidence.objects.exists()
    assert log.read(stream="purges")[-1].data["tags"] == [f"comments:{story.pk}"]
    html = html_of(client, comment, story)
    assert "was deleted" in html
    assert "I regret" not in html
    assert "<form" not in html
    made = Decision.objects.count()
    client.post(address(comment, story), {"delete": ""}, headers=OURS)
    assert Decision.objects.count() == made


def test_looking_writes_nothing_and_another_site_changes_nothing(client: Client) -> None:
    story = make_story()
    comment = make_comment(story)
    before = log.head()
    html_of(client, comment, story)
    evil = {"sec-fetch-site": "cross-site"}
    assert client.post(address(comment, story), {"delete": ""}, headers=evil).status_code == 403
    assert (Comment.objects.get().state, log.head()) == ("published", before)


def test_a_browser_finds_the_way_back_to_what_it_just_sent(client: Client) -> None:
    """The page of a comment is the same for everybody, and links here."""
    settle()
    story = make_story()
    here = f"{story.address}comments/mine/"
    assert client.get(here).status_code == 404
    sent = send(client, story)
    cookie = sent.cookies["mine"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"{story.address}comments/", True, "Lax")
    led = client.get(here)
    assert (led.status_code, led["Cache-Control"]) == (302, "no-store")
    assert "Your comment is published" in client.get(path_of(led)).content.decode()
    assert Client().get(here).status_code == 404


def test_an_old_browser_that_hides_where_it_is_as_the_page_asks_it_to_still_deletes(client: Client) -> None:
    """`no-referrer` makes it say `Origin: null`, and it knows no fetch metadata."""
    story = make_story()
    comment = make_comment(story)
    sent = {"delete": "", "seen": comment.decisions_made}
    assert client.post(address(comment, story), sent, headers={"origin": "null"}).status_code == 303
    assert Comment.objects.get().state == State.DELETED


def test_its_writer_is_told_some_of_much_that_was_found(client: Client) -> None:
    story, words = make_story(), [f"{number}.example" for number in range(330)]
    comment = make_comment(story, state=State.HELD, rule="links", words=words, body=" ".join(words))
    html = html_of(client, comment, story)
    assert [word in html for word in (f"<q><bdi>{words[7]}</bdi></q>", f"<q><bdi>{words[8]}</bdi></q>")] == [
        True,
        False,
    ]
    assert "and 322 more" in html
