"""What cannot be decided as things stand is refused with a sentence, and what closes much is asked once more."""

import pytest
from django.test import Client

from gazeti.comments.actions import decide as bring
from gazeti.comments.actions.delete import delete_comment
from gazeti.comments.models import Comment, CommentPolicy, Decision
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, choice, decide, fresh, moderator, soup
from tests.comments.writing import OURS, send_as_program, settle, whole
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def client() -> Client:
    return moderator()


def refusable(story: Story, kind: str) -> Comment:
    """A comment about which that is no decision."""
    if kind == "kept":
        comment = make_comment(story)
        delete_comment(comment, now=NOW)
        return comment
    return make_comment(
        story, state={"approved": State.PUBLISHED, "rejected": State.REJECTED, "spam": State.SPAM}[kind]
    )


@pytest.mark.parametrize("kind", ["approved", "rejected", "spam", "kept"])
def test_what_is_so_already_and_what_is_deleted_is_decided_no_more_and_not_counted(
    client: Client, story: Story, kind: str
) -> None:
    comment = refusable(story, kind)
    made = Decision.objects.count()
    page = decide(client, comment, kind, reason="abuse")
    assert (page.status_code, Decision.objects.count()) == (409, made)
    assert "cannot be decided" in soup(page).h1.get_text()
    many = {"queue": "held", "chosen": [choice(comment)], "many": kind, "reason": "abuse"}
    told = soup(client.post(f"{DESK}chosen/", many, follow=True)).select_one(".notes").get_text()
    assert ("left alone" in told, "is decided" in told, Decision.objects.count()) == (True, False, made)


@pytest.mark.parametrize("door", ["one", "many"])
def test_a_word_to_the_writer_that_is_too_long_is_not_cut(client: Client, story: Story, door: str) -> None:
    comment, note = make_comment(story, state=State.HELD, rule="mode"), "x" * 501
    if door == "one":
        page = decide(client, comment, "rejected", reason="abuse", note=note)
        assert page.status_code == 422
        assert soup(page).select_one("[name=note]").get_text().strip() == note
    else:
        many = {"chosen": [choice(comment)], "many": "rejected", "reason": "abuse", "note": note}
        page = client.post(f"{DESK}chosen/", many, follow=True)
    assert "500 characters at most. This one has 501" in soup(page).get_text()
    assert fresh(comment).state == State.HELD
    decide(client, comment, "rejected", reason="abuse", note=note[1:])
    assert fresh(comment).state == State.REJECTED


def test_what_is_gone_is_not_answered_also_while_its_place_is_kept(story: Story) -> None:
    settle()
    gone = make_comment(story)
    make_comment(story, reply_to=1)
    bring(gone, to=State.REJECTED, kind=Kind.REJECTED, now=NOW)
    assert fresh(gone).is_shown
    for number, status in (("1", 422), ("2", 201)):
        response = send_as_program(Client(), story, fields=whole(story, reply_to=number, key=f"key-{number}"))
        assert response.status_code == status
    assert Comment.objects.filter(reply_to=1).count() == 1


def test_a_closed_discussion_still_counts_respect(story: Story) -> None:
    comment = make_comment(story)
    settle(is_open=False)
    assert Client().post(f"{story.address}comments/1/respect/", headers=OURS).status_code == 303
    assert fresh(comment).respect == 1


def test_all_discussions_are_closed_only_by_who_says_so_twice_and_opened_at_once(client: Client) -> None:
    settle()
    asked = client.post(f"{DESK}discussions/switch/", {"to": "closed"})
    assert CommentPolicy.load().is_open
    form = soup(asked).select_one("main form[action$='switch/']")
    fields = {one["name"]: one["value"] for one in form.select("input[type=hidden], button")}
    assert client.post(form["action"], fields).status_code == 302
    assert not CommentPolicy.load().is_open
    client.post(f"{DESK}discussions/switch/", {"to": "open"})
    assert CommentPolicy.load().is_open
