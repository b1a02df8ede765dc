"""The moderators' queues: oldest first with age, why each is there, a page at a time, light on a slow line."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gazeti.comments.models import Comment
from gazeti.comments.queries import queues
from gazeti.comments.queries.marked import marked
from gazeti.comments.rules import SENTENCES, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, choice, decide, listed, moderator, report, soup
from tests.comments.noise import noise
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db
LIGHT = 20_000
HELD = State.HELD


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def client() -> Client:
    return moderator()


def held(story: Story, *, hours: int = 1, **facts: Any) -> Comment:
    now = timezone.now() - timedelta(hours=hours)
    return make_comment(story, state=HELD, now=now, rule=facts.pop("rule", "first-time"), **facts)


def test_what_is_held_stands_oldest_first_with_its_age(client: Client, story: Story) -> None:
    young, old = held(story, hours=1), held(story, hours=3)
    page = client.get(DESK)
    assert listed(page) == [old.pk, young.pk]
    ages = [one.get_text() for one in soup(page).select("article header span")]
    assert "3" in ages[0].split("·")[1]
    assert "hour" in ages[1].split("·")[1]
    assert all(one.find("time")["datetime"] for one in soup(page).select("article"))


def test_a_queue_says_why_each_is_there_with_the_exact_words_marked(client: Client, story: Story) -> None:
    held(story, rule="suspect-words", words=["Crooked fools"], body="They are Crooked fools, all <b>of</b> them.")
    page = soup(client.get(DESK))
    assert SENTENCES["suspect-words"].moderator in page.select_one(".why").get_text()
    assert [one.get_text() for one in page.select("mark")] == ["Crooked fools"]
    assert page.select_one("blockquote").get_text() == "They are Crooked fools, all <b>of</b> them."


def test_pieces_joined_are_the_text_again() -> None:
    text = "A.b a.b (x) A.b"
    pieces = marked(text, words=["A.b", "(x)", ""])
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.is_found] == ["A.b", "(x)", "A.b"]


def test_a_next_page_goes_on_behind_one_that_was_decided_meanwhile(client: Client, story: Story) -> None:
    every = [held(story, hours=50 - number) for number in range(queues.MOST + 2)]
    first = client.get(DESK)
    assert listed(first) == [one.pk for one in every[: queues.MOST]]
    following = soup(first).select_one("a[href*=after]")["href"]
    decide(client, every[queues.MOST - 1], "approved")
    assert listed(client.get(DESK + following)) == [one.pk for one in every[queues.MOST :]]


def test_what_is_reported_stands_by_its_first_open_report_and_notices_apart(client: Client, story: Story) -> None:
    later, first, illegal = make_comment(story), make_comment(story), make_comment(story, state=State.SPAM)
    now = timezone.now()
    report(later, now=now, reason="hate")
    report(first, now=now - timedelta(hours=2))
    report(later, mark="b", now=now, reason="hate")
    report(illegal, reason="illegal", name="Musa", email="musa@example.org", now=now)
    page = client.get(DESK, {"queue": "reported"})
    assert listed(page) == [first.pk, later.pk]
    assert soup(page).select("article")[1].get_text().count("hatred against a group") == 1
    assert listed(client.get(DESK, {"queue": "illegal"})) == [illegal.pk]
    numbers = [one.get_text() for one in soup(page).select(".desk-head nav b")]
    assert numbers == ["0", "2", "1", "0"]


def test_the_new_leave_the_queue_once_somebody_looked_and_after_three_days(client: Client, story: Story) -> None:
    now = timezone.now()
    looked, unseen = make_comment(story, now=now), make_comment(story, now=now)
    make_comment(story, now=now - timedelta(days=3, minutes=1))
    make_comment(story, now=now, badge="editor")
    assert listed(client.get(DESK, {"queue": "new"})) == [looked.pk, unseen.pk]
    client.post(f"{DESK}chosen/", {"queue": "new", "one": f"kept:{choice(looked)}"})
    assert listed(client.get(DESK, {"queue": "new"})) == [unseen.pk]


@pytest.mark.parametrize("queue", queues.NAMES)
def test_a_full_page_is_light_and_costs_no_more_than_a_short_one(
    client: Client, story: Story, queue: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(25):
        said = {"body": noise("every script", 900, number), "name": noise("chinese", 60, number)}
        comment = held(story, hours=number + 1, **said)
        report(comment, reason="illegal" if queue == "illegal" else "hate", now=timezone.now())
        if queue == "new":
            Comment.objects.filter(pk=comment.pk).update(state=State.PUBLISHED)
    with django_assert_max_num_queries(18):
        answer = client.get(DESK, {"queue": queue}, headers={"accept-encoding": "gzip"})
    assert len(answer.content) < LIGHT
    assert answer["Content-Encoding"] == "gzip"
    assert len(listed(client.get(DESK, {"queue": queue}))) == queues.MOST


def test_the_page_of_a_much_answered_comment_is_light(
    client: Client, story: Story, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    above = make_comment(story, body=noise("every script", 5_000))
    comment = held(story, reply_to=above.number, body=noise("chinese", 5_000), email="a@example.org")
    for number in range(30):
        make_comment(story, body=noise("chinese", 900, number), email="a@example.org", reply_to=above.number)
        report(comment, mark=str(number), text=noise("every script", 2_000, number))
    with django_assert_max_num_queries(26):
        answer = client.get(f"{DESK}{comment.pk}/", headers={"accept-encoding": "gzip"})
    assert len(answer.content) < LIGHT


def linked(number: int) -> dict[str, Any]:
    """A comment of nothing but short links, each of which a rule found."""
    links = [f"{sha256(f'{number} {place}'.encode()).hexdigest()[:10]}.ke" for place in range(330)]
    return {"rule": "links", "words": links, "body": " ".join(links)}


def test_a_full_page_of_comments_in_which_much_was_found_is_light(client: Client, story: Story) -> None:
    comments = [held(story, hours=number + 1, **linked(number)) for number in range(queues.MOST)]
    answer = client.get(DESK, headers={"accept-encoding": "gzip"})
    assert len(answer.content) < LIGHT
    assert len(client.get(f"{DESK}{comments[0].pk}/", headers={"accept-encoding": "gzip"}).content) < LIGHT


@pytest.mark.parametrize("path", ["", "{pk}/"])
def test_some_of_what_was_found_is_named_and_the_rest_counted(client: Client, story: Story, path: str) -> None:
    found = ["x" * 300, *(f"{number}.example" for number in range(10)), "0.example"]
    comment = held(story, rule="links", words=found, body=" ".join(found))
    page = soup(client.get(f"{DESK}{path.format(pk=comment.pk)}"))
    named = [one.get_text() for one in page.select(".why q")]
    assert named == ["x" * 59 + "…", *(f"{number}.example" for number in range(7))]
    assert "and 3 more" in page.select_one(".why").get_text()
    assert page.select("mark")[0].get_text().startswith("x" * 300)


def test_an_empty_queue_and_an_unknown_one_say_so(client: Client) -> None:
    assert "Nothing is held" in soup(client.get(DESK, {"queue": "nonsense", "after": "²"})).get_text()
    for name in queues.NAMES:
        assert soup(client.get(DESK, {"queue": name})).select_one(".empty")
