"""Prepared queries: what Django compiled once answers as the query set itself does, whatever the parameters."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gazeti.stories.actions import author_named, topic_named
from gazeti.stories.models import Story
from gazeti.stories.queries import all_stories, lists, public_stories, run_of_author, run_of_section, run_of_topic
from gazeti.stories.queries.prepared import Prepared
from tests.newsroom import NOW, make_section, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.database]
COLUMNS = ("pk", "title", "published_at", "day_only", "lead_picture__served")
MANY = Prepared(lambda wanted: public_stories().filter(pk__in=wanted).values_list(*COLUMNS))
NAMED = Prepared(lambda slug, pk: Story.objects.filter(slug=slug).exclude(pk=pk).values_list("pk"))
AMONG = Prepared(lambda slugs: Story.objects.filter(slug__in=slugs).order_by("pk").values_list("slug"))


@pytest.fixture
def stories() -> list[Story]:
    section = make_section()
    return [make_story(section, published_at=NOW - timedelta(days=days)) for days in range(5)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_rows_are_those_of_the_query_set_converters_and_all(stories: list[Story], count: int) -> None:
    wanted = [story.pk for story in stories[:count]]
    assert MANY.rows(wanted=wanted) == list(public_stories().filter(pk__in=wanted).values_list(*COLUMNS))
    assert len(MANY.rows(wanted=wanted)) == count


def test_texts_and_numbers_go_where_they_belong_each_time(stories: list[Story]) -> None:
    first, second = stories[:2]
    assert NAMED.rows(slug=first.slug, pk=second.pk) == [(first.pk,)]
    assert NAMED.rows(slug=second.slug, pk=first.pk) == [(second.pk,)]
    assert NAMED.rows(slug=first.slug, pk=first.pk) == []
    assert NAMED.rows(slug="%s' OR 1=1 --", pk=first.pk) == []
    assert AMONG.rows(slugs=[first.slug, "none", second.slug]) == sorted([(first.slug,), (second.slug,)])


def test_a_query_is_compiled_once_and_asked_every_time(stories: list[Story], monkeypatch: pytest.MonkeyPatch) -> None:
    query = Prepared(lambda pk: Story.objects.filter(pk=pk).values_list("pk"))
    query.rows(pk=stories[0].pk)
    monkeypatch.setattr(query, "build", lambda **_given: 1 / 0)
    with CaptureQueriesContext(connection) as caught:
        assert query.rows(pk=stories[1].pk) == [(stories[1].pk,)]
    assert len(caught) == 1


def test_a_list_is_read_a_part_at_a_time_and_counted_so_far_as_it_matters(stories: list[Story]) -> None:
    newest = all_stories()
    assert [one.pk for one in newest.part(1, most=2)] == [story.pk for story in stories[1:3]]
    assert newest.part(5, most=2) == []
    pages = [newest.page_from(start, each=2, most=3) for start in (0, 3, 5)]
    assert [([one.pk for one in shown], more) for shown, more in pages] == [
        ([story.pk for story in stories[:2]], 3),
        ([story.pk for story in stories[3:]], 2),
        ([], 0),
    ]


def test_a_section_s_list_holds_its_stories_alone_and_none_that_is_hidden(stories: list[Story]) -> None:
    other = make_story(make_section(title="Health"))
    stories[0].unpublish()
    run = run_of_section(stories[0].path[:12])
    assert [one.pk for one in run.part(0, most=9)] == [story.pk for story in stories[1:]]
    assert [one.pk for one in run_of_section(other.path[:12]).part(0, most=9)] == [other.pk]


@pytest.mark.parametrize("many", [2, 99])
def test_many_stories_of_an_author_or_on_a_topic_are_the_same_as_few(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MANY", many)
    author, topic = author_named("Amina Farah"), topic_named("Water")
    theirs = [
        make_story(authors=[author], topics=[topic], published_at=NOW - timedelta(days=days)) for days in (1, 5, 3)
    ]
    make_story(authors=[author_named("Otieno Were")], published_at=NOW - timedelta(days=2))
    theirs[0].unpublish()
    for run in (run_of_author(author), run_of_topic(topic)):
        shown, more = run.page_from(0, each=9, most=9)
        assert ([one.pk for one in shown], more) == ([theirs[2].pk, theirs[1].pk], 2)
