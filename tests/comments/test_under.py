"""Under a story: the twenty comments that were published last, replies counted, in threads as far as they go."""

import re
from datetime import timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gazeti.comments.actions import decide
from gazeti.comments.models import Comment
from gazeti.comments.queries.threads import UNDER_STORY, newest
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from tests.comments import crowd
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db
ARTICLE = re.compile(r'<article class="comment([^"]*)" id="c(\d+)"')


@pytest.fixture
def story() -> Story:
    return make_story(published_at=timezone.now() - timedelta(hours=1))


def page(client: Client, story: Story, address: str = "") -> str:
    return unescape(client.get(f"{story.address}{address}").content.decode())


def stand(html: str) -> list[tuple[int, str]]:
    """The comments of a page by their numbers, with how deep they stand."""
    return [(int(number), level.strip()) for level, number in ARTICLE.findall(html)]


def numbers(html: str) -> list[int]:
    return [number for number, _level in stand(html)]


@pytest.mark.database
def test_the_newest_reply_to_the_oldest_thread_is_on_the_story(client: Client, story: Story) -> None:
    crowd.said_under(story, crowd.threads(30, replies=0))
    reply = make_comment(story, reply_to=1, name="Otieno", now=NOW + timedelta(minutes=5))
    html = page(client, story)
    assert numbers(html) == [reply.number, *range(30, 11, -1)]
    said = html[html.index(f'id="c{reply.number}"') :]
    assert f'in reply to <a href="{story.address}comments/1/"><bdi>Reader 1</bdi></a>' in said[: said.index("</p>")]


def test_the_newest_twenty_of_thirty_answers_stand_by_themselves_the_newest_first(client: Client, story: Story) -> None:
    crowd.said_under(story, [(1, 0, None), *[(1, number, 1) for number in range(2, 32)]])
    html = page(client, story)
    assert stand(html) == [(number, "") for number in range(31, 11, -1)]
    assert html.count(f'in reply to <a href="{story.address}comments/1/">') == UNDER_STORY
    headings = [one.get_text() for one in BeautifulSoup(html, "html.parser").select("#comments :is(h1, h2, h3, h4)")]
    assert headings == ["Reader comments 31"]


def test_what_answers_another_of_the_twenty_stands_below_it(client: Client, story: Story) -> None:
    crowd.said_under(story, crowd.threads(25, replies=0))
    for above in (2, 26, 27, 28, 26, 20):
        make_comment(story, reply_to=above, now=NOW + timedelta(hours=1))
    html = page(client, story)
    assert stand(html)[:9] == [
        (20, ""), (31, "level-2"), (26, ""), (27, "level-2"), (28, "level-3"), (29, "level-3"), (30, "level-2"),
        (25, ""), (24, ""),
    ]  # fmt: skip
    assert len(numbers(html)) == UNDER_STORY
    assert f'in reply to <a href="{story.address}comments/2/">' in html
    assert 'in reply to <a href="#c26">' in html


def test_what_a_moderator_published_just_now_is_there_though_it_was_sent_before_many(
    client: Client, story: Story
) -> None:
    waiting = make_comment(story, state=State.HELD, now=NOW)
    for number in range(1, 26):
        make_comment(story, now=NOW + timedelta(minutes=number))
    assert waiting.number not in numbers(page(client, story))
    decide(waiting, to=State.PUBLISHED, kind=Kind.APPROVED, now=NOW + timedelta(hours=1))
    assert numbers(page(client, story)) == [*range(26, 7, -1), waiting.number]


def test_what_answers_a_pick_stands_by_itself_and_leads_up_to_it(client: Client, story: Story) -> None:
    crowd.said_under(story, crowd.threads(25, replies=0))
    Comment.objects.filter(number=7).update(is_pick=True)
    make_comment(story, reply_to=7, now=NOW + timedelta(hours=1))
    html = page(client, story)
    assert stand(html)[:3] == [(7, ""), (26, ""), (25, "")]
    assert 'in reply to <a href="#c7">' in html
    assert len(numbers(html)) == UNDER_STORY


def test_of_twenty_published_ones_none_gives_way_to_one_that_is_gone(client: Client, story: Story) -> None:
    gone = make_comment(story, name="Musa", now=NOW)
    for number in range(25):
        make_comment(story, now=NOW + timedelta(minutes=number))
    make_comment(story, reply_to=1, now=NOW + timedelta(hours=1))
    make_comment(story, reply_to=1, now=NOW + timedelta(hours=1))
    decide(gone, to=State.REJECTED, kind=Kind.REJECTED, now=NOW)
    html = page(client, story)
    assert stand(html)[:4] == [(1, ""), (27, "level-2"), (28, "level-2"), (26, "")]
    assert len(numbers(html)) == UNDER_STORY + 1
    assert html.count("A comment stood here; it is gone.") == 1
    assert "Musa" not in html


@pytest.mark.parametrize("is_analysed", [False, True])
def test_the_newest_are_found_by_an_index_past_thousands_that_were_refused(is_analysed: bool, story: Story) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan of PostgreSQL follows its statistics")
    crowd.said_under(story, crowd.threads(1_000, replies=5))
    Comment.objects.filter(number__gt=3_000).update(state=State.SPAM, is_shown=False)
    with connection.cursor() as cursor:
        if is_analysed:
            cursor.execute("ANALYZE")
        with CaptureQueriesContext(connection) as asked:
            assert newest(story)[0].number == 2_995
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert len(asked) == 1
    assert "comments_newest " in plan[0]
    assert [line for line in plan if line.startswith("SCAN") or "TEMP B-TREE" in line] == []
