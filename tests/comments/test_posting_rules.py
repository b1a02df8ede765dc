"""What the policy is told about a comment that comes by its address, and what it makes of it."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from gazeti.accounts.models import Reader
from gazeti.comments.actions import decide
from gazeti.comments.models import Comment, CommentText, Decision
from gazeti.comments.rules import Kind, State
from gazeti.guard import work
from tests.comments.writing import WORDS, path_of, send, settle, whole
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db


def test_without_the_work_a_comment_waits_and_one_solution_is_good_for_one(client: Client) -> None:
    settle()
    story = make_story()
    send(client, story, fields={**whole(story), work.FIELD: ""})
    assert Decision.objects.get().rule == "no-work"
    solution = whole(story)[work.FIELD]
    for number in (1, 2):
        typed = whole(story, key=f"w{number}", body=f"{number} of two", email=f"{number}@example.org")
        send(client, story, fields={**typed, work.FIELD: solution}, headers={"user-agent": f"phone {number}"})
    rules = list(Decision.objects.order_by("pk").values_list("rule", flat=True))
    assert rules == ["no-work", "passed", "no-work"]


def test_the_same_words_are_not_taken_twice_in_a_day(client: Client) -> None:
    settle()
    story, other = make_story(), make_story()
    send(client, story)
    elsewhere = {"headers": {"user-agent": "another phone"}}
    send(client, other, fields=whole(other, email="b@example.org", body=WORDS.upper() + " "), **elsewhere)
    greeting = [whole(story, email=f"{one}@example.org", key=one, body="Asante sana!") for one in "cd"]
    send(client, story, fields=greeting[0], **elsewhere)
    send(client, story, fields=greeting[1], headers={"user-agent": "a third phone"})
    rules = list(Decision.objects.order_by("pk").values_list("rule", flat=True))
    assert rules == ["passed", "repeated", "passed", "passed"]


def rules() -> list[str]:
    """The rules that decided about what was sent, in its order."""
    return list(Decision.objects.filter(kind=Kind.RECEIVED).order_by("pk").values_list("rule", flat=True))


@pytest.mark.parametrize(
    ("caught", "rule"), [({"remarks": "Nairobi"}, "trap-filled"), ({"shown": "x" * 40}, "trap-forged")]
)
def test_what_fell_into_a_trap_may_be_sent_again_by_hand_and_once(
    client: Client, caught: dict[str, str], rule: str
) -> None:
    settle()
    story = make_story()
    send(client, story, fields=whole(story, **caught))
    Comment.objects.update(sent_at=F("sent_at") - timedelta(seconds=11))
    for key in ("by-hand", "once-more"):
        send(client, story, fields=whole(story, key=key))
    assert rules() == [rule, "passed", "repeated"]


@pytest.mark.parametrize("kind", [Kind.SPAM, Kind.REJECTED, Kind.KEPT])
def test_what_a_person_refused_is_not_taken_again_even_where_a_trap_had_caught_it(client: Client, kind: Kind) -> None:
    settle()
    story = make_story()
    send(client, story, fields=whole(story, remarks="Nairobi"))
    comment = Comment.objects.get()
    if kind is Kind.SPAM:
        decide(comment, to=State.PUBLISHED, kind=Kind.APPROVED, now=comment.sent_at)
    decide(comment, to=State.REJECTED if kind is Kind.REJECTED else State.SPAM, kind=kind, now=comment.sent_at)
    send(client, story, fields=whole(story, key="again"))
    assert rules() == ["trap-filled", "repeated"]


def test_what_the_word_lists_refused_is_not_taken_again(client: Client) -> None:
    settle(banned_words="bridge")
    story = make_story()
    for key in "ab":
        send(client, story, fields=whole(story, key=key))
    assert rules() == ["banned-words", "repeated"]


def test_who_writes_again_within_ten_seconds_waits(client: Client) -> None:
    settle()
    story = make_story()
    send(client, story)
    send(client, story, fields=whole(story, key="key-2", body="And another thing."))
    Comment.objects.update(sent_at=F("sent_at") - timedelta(seconds=11))
    send(client, story, fields=whole(story, key="key-3", body="And a third thing."))
    rules = list(Decision.objects.order_by("pk").values_list("rule", flat=True))
    assert rules == ["passed", "too-fast", "passed"]


def test_a_robot_that_fills_in_everything_is_put_aside(client: Client) -> None:
    settle()
    story = make_story()
    response = send(client, story, fields=whole(story, remarks="https://pills.example"))
    comment = Comment.objects.get()
    assert comment.state == "spam"
    assert "/mine/" in path_of(response)


def test_the_first_comment_of_an_address_waits_and_the_next_after_one_was_published_does_not(client: Client) -> None:
    settle(first_time_waits=True)
    story = make_story()
    send(client, story)
    first = Comment.objects.get()
    assert (first.state, Decision.objects.get().rule) == ("held", "first-time")
    decide(first, to=State.PUBLISHED, kind=Kind.APPROVED, now=first.sent_at)
    Comment.objects.update(sent_at=first.sent_at - timedelta(minutes=1))
    later = whole(story, key="key-2", body="I am here again.", email="HALIMA@example.org")
    send(client, story, fields=later, headers={"user-agent": "another phone"})
    assert Comment.objects.get(number=2).state == "published"
    assert Reader.objects.count() == 1


def test_a_name_of_the_newsroom_is_not_borrowed(client: Client) -> None:
    settle()
    story = make_story()
    send(client, story, fields=whole(story, name="AMINA  Farah"))
    assert Decision.objects.get().rule == "newsroom-name"


def test_what_is_dangerous_is_kept_and_shown_as_words(client: Client) -> None:
    settle()
    story = make_story()
    evil = '<script>alert(1)</script> "><img src=x onerror=alert(1)> \u202egpj.exe'
    response = send(client, story, fields=whole(story, body=evil, name="<b>x</b>", email=""))
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    response = send(client, story, fields=whole(story, body=evil, name="<b>x</b>"))
    assert "\u202e" not in CommentText.objects.get().body
    assert response.status_code == 303
