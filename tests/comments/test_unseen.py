"""No words are published that nobody saw: what its writer changed, or what came, since the page was opened is left."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gazeti.comments.actions.edit import edit_comment
from gazeti.comments.models import Comment
from gazeti.comments.queries import queues
from gazeti.comments.rules import Facts, Said, State
from gazeti.stories.models import Story
from tests.comments.moderators import DESK, choice, client, fresh, held, seen, soup, story
from tests.comments.said import SAID
from tests.newsroom import NOW

__all__ = ["client", "story"]
pytestmark = pytest.mark.django_db
WRITER = "sly@example.org"
LIGHT = 20_000


def edit(comment: Comment, body: str) -> None:
    """Its writer puts other words in the place of those that a moderator looks at."""
    said = Said(body=body, name="Sly", email=WRITER, language="en")
    facts = Facts(now=NOW, has_worked=True, approved=1)
    edit_comment(comment, said=said, facts=facts, seen=int(seen(comment)), now=comment.sent_at)


def form_of(client: Client, comment: Comment) -> tuple[str, dict[str, Any]]:
    """Where the form of a writer's page leads, and what it sends where nobody touches it."""
    page = soup(client.get(f"{DESK}writers/{comment.reader_id}/"))
    form = next(one for one in page.select("form") if one["action"].endswith("/held/"))
    return form["action"], {"chosen": [one["value"] for one in form.select("[name=chosen][checked]")]}


def test_what_was_changed_or_came_since_a_writers_page_was_opened_is_left_and_named(
    client: Client, story: Story
) -> None:
    kept, changed = (held(story, email=WRITER) for _number in range(2))
    address, fields = form_of(client, kept)
    edit(changed, "Your neighbour Achieng of plot 12 is a thief.")
    later = held(story, email=WRITER)
    answer = client.post(address, {**fields, "kind": "approved"}, follow=True)
    assert [fresh(one).state for one in (kept, changed, later)] == [State.PUBLISHED, State.HELD, State.HELD]
    told = soup(answer).select_one(".notes").get_text()
    assert "One comment is decided." in told
    assert f"Number {changed.number}: Edited by its writer" in told
    assert "2 of theirs wait still" in told
    assert "Achieng of plot 12" in soup(answer).select_one("main").get_text()


@pytest.mark.parametrize("door", ["many", "one"])
def test_what_was_changed_since_a_queue_was_opened_is_left_and_named(client: Client, story: Story, door: str) -> None:
    comment = held(story, email=WRITER)
    ticked = choice(comment)
    edit(comment, "Your neighbour Achieng of plot 12 is a thief.")
    asked = {"many": "approved", "chosen": ticked} if door == "many" else {"one": f"approved:{ticked}"}
    answer = client.post(f"{DESK}chosen/", {"queue": "held", **asked}, follow=True)
    assert fresh(comment).state == State.HELD
    assert f"Number {comment.number}: Edited by its writer" in soup(answer).select_one(".notes").get_text()


def test_a_writers_page_decides_about_what_is_ticked_and_nothing_else(client: Client, story: Story) -> None:
    comment = held(story, email=WRITER)
    address, fields = form_of(client, comment)
    assert fields == {"chosen": [choice(comment)]}
    answer = client.post(address, {"kind": "approved"}, follow=True)
    assert "Tick the comments first" in soup(answer).get_text()
    assert client.post(address, {"kind": "approved", "chosen": "x:1"}).status_code == 400
    assert fresh(comment).state == State.HELD


def test_a_writers_page_shows_the_words_of_a_queues_page_at_most_and_is_light(
    client: Client, story: Story, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    theirs = [
        held(
            story, email=WRITER, body=f"{number} {SAID[number % len(SAID)][1]} {SAID[(number * 7 + 3) % len(SAID)][1]}"
        )
        for number in range(queues.MOST + 5)
    ]
    address = f"{DESK}writers/{theirs[0].reader_id}/"
    with django_assert_max_num_queries(22):
        answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert len(answer.content) < LIGHT
    page = soup(client.get(address))
    assert [one["value"] for one in page.select("[name=chosen]")] == [choice(one) for one in theirs[: queues.MOST]]
    assert f"({queues.MOST + 5})" in page.select_one("legend").get_text()
