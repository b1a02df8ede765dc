"""Comments that are sent at once: one for a key, and numbers without a gap in each story."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gazeti import log
from gazeti.accounts.models import Reader
from gazeti.comments.models import Comment, Discussion
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.writing import WORDS, send, settle, whole
from tests.newsroom import make_story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do them in threads that begin together; what each gave."""
    start, given = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int) -> None:
        start.wait()
        try:
            given[place] = deeds[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return given


def test_two_taps_with_one_key_post_once_and_get_one_answer() -> None:
    settle()
    story = make_story()
    sent = whole(story)
    answers = at_once(*[lambda: send(Client(), story, fields=sent)] * 4)
    assert {one.status_code for one in answers} == {303}
    assert len({one["Location"] for one in answers}) == 1
    assert Comment.objects.count() == 1


def test_comments_of_many_at_once_are_numbered_without_a_gap_and_counted_right() -> None:
    settle()
    story, other = make_story(), make_story()

    def post(number: int, where: Story) -> Callable[[], int]:
        fields = whole(where, key=f"k{number}", body=f"{WORDS} {number}", email=f"{number}@example.org")
        phone = {"headers": {"user-agent": f"phone {number}"}}
        return lambda: send(Client(), where, fields=fields, **phone).status_code

    answers = at_once(*[post(number, (story, other)[number % 2]) for number in range(8)])
    assert answers == [303] * 8
    for one in (story, other):
        numbers = Comment.objects.filter(story=one).order_by("number").values_list("number", flat=True)
        assert list(numbers) == [1, 2, 3, 4]
        found = Discussion.objects.get(story=one)
        assert (found.last, found.published) == (4, 4)
    assert [entry.number for entry in log.read(stream="comments")] == list(range(1, 9))


def test_the_first_two_comments_of_one_address_at_once_are_of_one_reader() -> None:
    story, other = make_story(), make_story()
    at_once(*[lambda where=one: make_comment(where, email="halima@example.org") for one in (story, other)])
    assert Reader.objects.count() == 1
    assert Comment.objects.filter(reader__email="halima@example.org").count() == 2


def test_one_solution_sent_with_two_comments_at_once_lets_one_through() -> None:
    settle()
    story = make_story()
    sent = [whole(story, key=f"k{one}", body=f"{WORDS} {one}", email=f"{one}@example.org") for one in (1, 2)]
    sent[1]["altcha"] = sent[0]["altcha"]
    phones = [{"headers": {"user-agent": f"phone {one}"}} for one in (1, 2)]
    at_once(*[lambda one=one: send(Client(), story, fields=sent[one], **phones[one]) for one in (0, 1)])
    assert sorted(Comment.objects.values_list("state", flat=True)) == ["held", "published"]
