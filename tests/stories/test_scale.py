"""What keeps pages quick among thousands of stories: the steps that the database takes, not a stopwatch."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.grown import grow_unsearched
from bench.newsroom import index_stories
from gazeti.stories.actions import topic_named
from gazeti.stories.models import Story
from gazeti.stories.queries import found_stories, latest_by_section, parts_of_paper, public_stories
from tests.newsroom import NOW, make_paper, make_section, make_story

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the steps and the plan are SQLite's")
EACH_STEPS = 10
FEW, SOME, MANY, TIMES = 500, 1_000, 2_000, 1.1


def steps_of(ask: Callable[[], object]) -> int:
    """The instructions of SQLite's virtual machine while something is asked: the same each time, whatever the load."""
    calls = 0

    def count() -> int:
        nonlocal calls
        calls += 1
        return 0

    ask()  # what is worked out once a process
    connection.connection.set_progress_handler(count, EACH_STEPS)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return calls * EACH_STEPS


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def story() -> Story:
    front = make_paper()
    sections = [make_section(front, title) for title in ("City Affairs", "Business", "Health", "Sport")]
    for section in sections[1:]:
        make_story(section)
    return make_story(sections[0], topics=[topic_named("Water")])


def forget_analysis() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


@on_sqlite
def test_no_page_takes_more_steps_among_four_times_as_many_stories(story: Story) -> None:
    client, paths = Client(), {"story": story.address, "front": "/", "section": "/business/", "recent": "/recent/"}
    steps: list[dict[str, int]] = []
    for total in (FEW, MANY):
        grow_unsearched(total)
        steps.append({name: steps_of(lambda path=path: client.get(path)) for name, path in paths.items()})
        analyse()
        steps.append({name: steps_of(lambda path=path: client.get(path)) for name, path in paths.items()})
        forget_analysis()
    few, *others = steps
    assert min(few.values()) > 1_000
    assert [(name, few[name], one[name]) for one in others for name in paths if one[name] > TIMES * few[name]] == []


@on_sqlite
def test_an_author_or_a_topic_with_many_stories_takes_no_more_steps_with_more(story: Story) -> None:
    client = Client()
    author = story.bylines.first().author
    steps: list[list[int]] = []
    for total in (SOME, MANY):
        grow_unsearched(total)
        assert author.bylines.count() > 300
        steps.append([steps_of(lambda path=path: client.get(path)) for path in (author.address, "/topics/water/")])
    assert [(few, many) for few, many in zip(*steps, strict=True) if many > TIMES * few] == []


@on_sqlite
def test_the_newest_of_a_section_that_sleeps_are_found_among_its_own_stories_alone(story: Story) -> None:
    grow_unsearched(SOME)
    asleep = make_section(title="Elections")
    old = [make_story(asleep, published_at=NOW - timedelta(days=4_000 + days)) for days in range(6)]
    sections = parts_of_paper().sections
    assert latest_by_section(sections, each=4)[asleep.pk] == latest_by_section(sections, each=4, newest=[])[asleep.pk]
    assert [one.pk for one in latest_by_section(sections, each=4)[asleep.pk]] == [one.pk for one in old[:4]]
    walk = steps_of(lambda: list(public_stories().values_list("pk")[:SOME]))
    assert steps_of(lambda: latest_by_section(sections, each=4)) < walk / 4


def test_what_is_found_comes_newest_first_and_the_index_is_asked_once() -> None:
    section = make_section()
    old, new = (make_story(section, published_at=NOW - timedelta(days=days)) for days in (9, 2))
    middle = make_story(section, headline="Bridge, bridge, bridge", published_at=NOW - timedelta(days=5))
    index_stories()
    with CaptureQueriesContext(connection) as queries:
        assert [one.pk for one in found_stories("bridge", most=10)] == [new.pk, middle.pk, old.pk]
    assert sum(query["sql"].lower().count("match '") for query in queries) <= 1


@on_sqlite
def test_the_gate_walks_no_table_of_pages_once_sqlite_has_been_analysed() -> None:
    for _ in range(5):
        make_story()
    analyse()
    walks = [line for line in public_stories().explain().splitlines() if "SCAN" in line]
    assert [line for line in walks if "wagtailcore_page_" in line] == []


def removed_by_joins(plan: dict[str, Any]) -> int:
    """The most rows that one join of a plan compared in vain."""
    below = [removed_by_joins(one) for one in plan.get("Plans", [])]
    return max([int(plan.get("Rows Removed by Join Filter", 0) * plan.get("Actual Loops", 1)), *below])


@pytest.mark.database
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the plan is PostgreSQL's")
def test_a_postgresql_without_statistics_does_not_compare_each_story_with_each_page(story: Story) -> None:
    grow_unsearched(300)
    query, values = public_stories()[:21].query.sql_with_params()
    with connection.cursor() as cursor:
        # As it chooses by itself among thousands.
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}", values)
        [[[told]]] = cursor.fetchall()
    assert removed_by_joins(told["Plan"]) < 30 * 300
