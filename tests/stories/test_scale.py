"""What keeps lists and search quick among thousands of stories: the plan of their queries, not a stopwatch."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.newsroom import index_stories
from gazeti.stories.queries import found_stories, public_stories
from tests.newsroom import NOW, make_section, make_story

pytestmark = pytest.mark.django_db


def test_what_is_found_comes_newest_first_and_the_index_is_asked_once() -> None:
    section = make_section()
    old, new = (make_story(section, published_at=NOW - timedelta(days=days)) for days in (9, 2))
    middle = make_story(section, headline="Bridge, bridge, bridge", published_at=NOW - timedelta(days=5))
    index_stories()
    with CaptureQueriesContext(connection) as queries:
        assert found_stories("bridge", most=10) == [new, middle, old]
    assert sum(query["sql"].lower().count("match '") for query in queries) <= 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_the_gate_walks_no_table_of_pages_once_sqlite_has_been_analysed() -> None:
    for _ in range(5):
        make_story()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    walks = [line for line in public_stories().explain().splitlines() if "SCAN" in line]
    assert [line for line in walks if "wagtailcore_page_" in line] == []
