"""The bench's comments: what it sends is taken as its readers' own, and what it grows is a discussion."""

from pathlib import Path

import pytest
from django.test import Client

from bench import comments, comments_crowd, comments_forms, comments_grown
from bench.lines import Reply
from bench.newsroom import WrongAnswer
from bench.text import PageText, page_text
from gazeti.comments.models import Comment
from gazeti.comments.rules import State
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(tmp_path: Path) -> PageText:
    """Words that every machine has."""
    return page_text(tmp_path / "page.txt")


def posted(request: bytes) -> int:
    """Send a request's bytes through Django's client; the status."""
    head, _, body = request.decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    kind, network = headers.pop("content-type"), headers.pop("x-forwarded-for")
    headers.pop("host")
    return Client(REMOTE_ADDR=network, headers=headers).post(first.split()[1], body, content_type=kind).status_code


def test_each_comment_is_another_readers_and_passes_every_limit_and_rule_but_those_with_links(text: PageText) -> None:
    comments_forms.settle()
    make_story()
    made = comments_forms.requests(text, comments_forms.places(1), first=1, number=30)
    assert {posted(one) for one in made} == {201, 303}
    held = Comment.objects.filter(state=State.HELD)
    assert (Comment.objects.count(), held.count()) == (30, 30 // comments_forms.HELD_EACH)
    assert Comment.objects.values("reader").distinct().count() == 30


def test_a_grown_discussion_is_read_as_one_that_was_written(text: PageText) -> None:
    make_story()
    make_story()
    few, many = comments_forms.places(2)
    comments_grown.grow(few, text, total=50)
    comments_grown.grow(many, text, total=130)
    for place in (few, many):
        for name, address in comments_grown.pages_of(place).items():
            assert Client().get(address).status_code == 200, name
    html = Client().get(many.address).content.decode()
    assert comments_forms.mark(129) in html


def test_what_was_not_taken_or_not_given_is_not_measured() -> None:
    task = comments_crowd.Poster(line=None)  # type: ignore[arg-type]
    with pytest.raises(WrongAnswer, match="429"):
        task.heard(Reply(429, b"", b"", at=1.0))
    task.heard(Reply(303, b"", b"", at=1.0))
    assert task.ms == [1000.0]


def test_a_late_answer_counts_for_those_behind_it() -> None:
    reader = comments_crowd.Reader(line=None, next_at=10.0, every=0.5)  # type: ignore[arg-type]
    reader.heard(Reply(200, b"", b"", at=11.2))
    reader.heard(Reply(200, b"", b"", at=11.3))
    assert [round(one) for one in reader.ms] == [1200, 800]


def test_waits_are_told_in_the_table() -> None:
    found = {
        "per_second": 210.4,
        "states": {"published": 8, "held": 2},
        "ms": [1.0, 3.0],
        "reads_per_second": 0,
        "read_ms": [],
    }
    assert comments.taken_row("all", found)[:5] == ("all", 210, 8, 2, 2.0)
