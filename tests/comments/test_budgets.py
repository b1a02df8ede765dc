"""What a story weighs with what readers say under it (14,000 bytes), and what it asks the database."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gazeti.comments.models import Comment
from gazeti.comments.queries.threads import Order, page
from gazeti.edge.facts import rendering
from gazeti.stories.models import Story
from tests.comments import crowd
from tests.comments.discussion import make_comment
from tests.comments.said import SAID
from tests.front.conftest import seed_story
from tests.front.wire import fetch, weight
from tests.newsroom import NOW, make_story

__all__ = ["seed_story"]
pytestmark = pytest.mark.django_db
ANY_STORY = 14_000
PROMISED = 10_000
MORE_QUERIES = 3


@pytest.mark.material
def test_the_seed_with_twenty_comments_of_real_length_keeps_its_promise(client: Client, seed_story: Story) -> None:
    without = weight(fetch(client, seed_story.address))
    for number, (name, body) in enumerate(SAID, start=1):
        above = number - number % 5 if number % 5 else None
        make_comment(seed_story, reply_to=above or None, name=name, body=body, now=NOW + timedelta(minutes=number))
    Comment.objects.filter(number__in=[3, 11]).update(is_pick=True)
    answer = fetch(client, seed_story.address)
    html = client.get(seed_story.address).content.decode()
    assert html.count('<article class="comment') == 20
    assert [name for name, _body in SAID if f">{name}</bdi>" not in html] == []
    assert without <= PROMISED
    assert weight(answer) <= ANY_STORY, (without, weight(answer))


ADDRESSES = ["comments/", "comments/?order=oldest", "comments/?order=respected", "comments/9/"]


def fifty_and_twenty_thousand() -> tuple[Story, Story]:
    """Two stories alike, each thread with four replies; 50 comments fill a page, and nothing is left."""
    few, many = (make_story(headline=f"A bridge of {word} arches opens") for word in ("many", "more"))
    crowd.said_under(few, crowd.threads(10, replies=4))
    crowd.said_under(many, crowd.threads(4_000, replies=4))
    return few, many


def a_page_after(story: Story, order: Order) -> str:
    """The address of the second page."""
    return f"{story.address}comments/?after={page(story, order=order).after}&order={order}"


def asked(client: Client, address: str) -> int:
    """How many queries a page takes in a worker that has answered it before."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_twenty_thousand_comments_weigh_what_fifty_weigh(client: Client) -> None:
    few, many = fifty_and_twenty_thousand()
    for address in ("", *ADDRESSES):
        light, heavy = (weight(fetch(client, f"{story.address}{address}")) for story in (few, many))
        # Longer numbers are longer, and where more is said a link leads to it.
        assert abs(heavy - light) < 400, address


def test_a_further_page_of_twenty_thousand_weighs_and_asks_what_a_whole_one_of_a_hundred_does(client: Client) -> None:
    """Of fifty there is none; whole means 50 comments, with more after them."""
    few, many = make_story(), make_story()
    crowd.said_under(few, crowd.threads(22, replies=4))
    crowd.said_under(many, crowd.threads(4_000, replies=4))
    for order in Order:
        both = [a_page_after(story, order) for story in (few, many)]
        light, heavy = (weight(fetch(client, address)) for address in both)
        assert abs(heavy - light) < 400, order
        assert len({asked(client, address) for address in both}) == 1, order


@pytest.fixture
def known() -> Iterator[None]:
    """As in a worker that has asked for what all pages share."""
    with rendering(0):
        yield


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("has_pick", [False, True])
def test_a_story_asks_three_questions_more_for_its_comments_however_many(client: Client, has_pick: bool) -> None:
    alone, few, many = (make_story() for _ in range(3))
    crowd.said_under(few, crowd.threads(20))
    crowd.said_under(many, crowd.threads(2_000))
    if has_pick:
        Comment.objects.filter(number=7).update(is_pick=True)
    without, with_few, with_many = (asked(client, story.address) for story in (alone, few, many))
    assert with_few == with_many == without + MORE_QUERIES - 1
    with CaptureQueriesContext(connection) as of_comments:
        client.get(alone.address)
    assert sum("gazeti_comments" in query["sql"] for query in of_comments) == 1


@pytest.mark.usefixtures("known")
def test_pages_of_a_discussion_ask_the_same_however_much_was_said(client: Client) -> None:
    few, many = fifty_and_twenty_thousand()
    for address in ADDRESSES:
        numbers = [asked(client, f"{story.address}{address}") for story in (few, many)]
        assert numbers[0] == numbers[1] <= 13, address
