"""What is covered live leads the front and its section, stands out on lists, and is listed at /live/ with the rest."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gazeti.edge.facts import rendering
from gazeti.edge.tags import tags_of
from gazeti.live.actions import cover, move_to
from gazeti.live.rules import Kind
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, topic_named, withdraw_story
from gazeti.stories.models import Story
from tests.front.conftest import picture, seed_story
from tests.front.wire import fetch, weight
from tests.live.covering import make_coverage
from tests.newsroom import NOW, make_draft, make_paper, make_section, make_story

__all__ = ["picture", "seed_story"]
pytestmark = pytest.mark.django_db
LIVE, PAUSED = '<span class="live-flag live">Live</span>', '<span class="live-flag paused">Paused</span>'
STRIP = re.compile(r'<aside class="strip".*?</aside>', re.DOTALL)
PROMISED = 10_000


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def strip(client: Client, path: str) -> str:
    found = STRIP.search(shown(client, path))
    return found.group() if found else ""


def test_it_is_there_while_something_goes_on_and_in_a_pause(client: Client) -> None:
    coverage = make_coverage(is_open=False, headline="Budget day", short_headline="Budget")
    make_section(title="Sport")
    assert (strip(client, "/"), strip(client, "/city-affairs/")) == ("", "")
    move_to(coverage.pk, kind=Kind.RESUME, now=NOW)
    for path in ("/", "/city-affairs/"):
        assert f'{LIVE} <a href="{coverage.story.address}">Budget</a>' in strip(client, path)
        assert '<a href="/live/">' in strip(client, path)
        assert {"coverages", f"story:{coverage.pk}"} <= tags_of(client.get(path))
    assert strip(client, "/sport/") == ""
    assert "coverages" in tags_of(client.get("/sport/"))
    move_to(coverage.pk, kind=Kind.PAUSE, now=NOW)
    assert PAUSED in strip(client, "/")
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    assert (strip(client, "/"), strip(client, "/city-affairs/")) == ("", "")


def test_what_readers_may_not_see_is_not_in_it(client: Client) -> None:
    draft = make_draft(headline="Zinnober day")
    cover(draft)
    move_to(draft.pk, kind=Kind.RESUME, now=NOW)
    open_one = make_coverage(headline="Vermilion day")
    for path in ("/", "/city-affairs/", "/live/"):
        assert "Zinnober" not in shown(client, path)
        assert "Vermilion" in shown(client, path)
    # Once it is out the strip must show it: what shows the strip depends on it now.
    assert f"story:{draft.pk}" in tags_of(client.get("/"))
    withdraw_story(open_one.story, now=NOW)
    for path in ("/", "/city-affairs/", "/live/"):
        assert "Vermilion" not in shown(client, path)


def test_of_many_the_newest_three_lead(client: Client) -> None:
    section = make_section()
    coverages = [make_coverage(section, headline=f"Day {number}") for number in range(4)]
    found = re.findall(r'href="(/city-affairs/[^"]+)"', strip(client, "/"))
    assert found == [one.story.address for one in reversed(coverages)][:3]


def test_a_word_stands_beside_it_on_every_list(client: Client, run_tasks: Callable[[], None]) -> None:
    facts = {"authors": [author_named("Amina Farah")], "topics": [topic_named("Water")]}
    plain = make_story(**facts)
    coverage = make_coverage(**facts)
    for path in ("/", "/city-affairs/", "/recent/", "/authors/amina-farah/", "/topics/water/"):
        html = STRIP.sub("", shown(client, path))
        assert f'{LIVE} <a href="{coverage.story.address}"' in html, path
        assert f'{LIVE} <a href="{plain.address}"' not in html, path
        assert "coverages" in tags_of(client.get(path)), path
    run_tasks()  # by which the search knows it
    assert f'{LIVE} <a href="{coverage.story.address}"' in shown(client, "/search/?q=bridge")
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    for path in ("/", "/city-affairs/", "/recent/", "/authors/amina-farah/", "/topics/water/"):
        assert "live-flag" not in shown(client, path).partition("</style>")[2], path


def test_the_word_stands_beside_it_among_the_recent_stories_beside_another(client: Client) -> None:
    plain, coverage = make_story(), make_coverage()
    assert f'{LIVE} <a href="{coverage.story.address}"' in shown(client, plain.address)
    assert "coverages" in tags_of(client.get(plain.address))
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    assert "live-flag" not in shown(client, plain.address).partition("</style>")[2]


def test_live_depends_on_the_pictures_that_it_shows(client: Client, picture: Picture) -> None:
    coverage = make_coverage(lead_picture=picture)
    assert f"picture:{picture.pk}" in tags_of(client.get("/live/"))
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    assert f"picture:{picture.pk}" in tags_of(client.get("/live/"))


def test_words_of_another_language_say_so_and_the_flag_is_the_papers(client: Client) -> None:
    coverage = make_coverage(language="sw", headline="Siku ya bajeti")
    assert f'{LIVE} <a href="{coverage.story.address}" lang="sw">' in strip(client, "/")


def test_live_shows_what_goes_on_what_is_to_come_and_what_has_ended(client: Client) -> None:
    section = make_section()
    going_on = make_coverage(section, headline="Going on")
    later = cover(make_story(section, headline="Later"), starts_at=NOW + timedelta(days=2), now=NOW)
    sooner = cover(make_story(section, headline="Sooner"), starts_at=NOW + timedelta(days=1), now=NOW)
    some_day = cover(make_story(section, headline="Some day"))
    ended = [make_coverage(section, headline=f"Ended {number}") for number in range(22)]
    for number, one in enumerate(ended):
        move_to(one.pk, kind=Kind.CLOSE, now=NOW + timedelta(minutes=number))
    stories = [going_on, sooner, later, some_day, *reversed(ended)]
    addresses = [one.story.address for one in stories]
    pages = [shown(client, path) for path in ("/live/", "/live/?page=2")]
    found = [re.findall(r'href="(/city-affairs/[^"]+)"', html.partition("<main")[2]) for html in pages]
    assert found == [addresses[:24], addresses[24:]]
    assert '<time datetime="2024-07-05T09:12+03:00">5 July 2024, 9:12 am</time>' in pages[0]
    assert {"coverages", "recent"} <= tags_of(client.get("/live/"))
    assert [client.get(f"/live/?page={page}").status_code for page in ("3", "0", "x")] == [404, 404, 404]


def test_live_is_there_before_anything_is_covered_and_every_page_leads_to_it(client: Client) -> None:
    make_paper()
    assert "Nothing is covered live at this moment." in shown(client, "/live/")
    assert '<a href="/live/" aria-current="page">Live coverage</a>' in shown(client, "/live/")
    assert '<a href="/live/">Live coverage</a>' in shown(client, "/recent/")


def test_closed_ones_of_withdrawn_stories_are_not_listed_and_not_counted(client: Client) -> None:
    section = make_section()
    coverages = [make_coverage(section, headline=f"Zinnober day {number}") for number in range(21)]
    for one in coverages:
        move_to(one.pk, kind=Kind.CLOSE, now=NOW)
    assert [client.get(f"/live/?page={page}").status_code for page in (1, 2)] == [200, 200]
    withdraw_story(coverages[4].story, now=NOW)
    assert coverages[4].story.address not in shown(client, "/live/")
    assert client.get("/live/?page=2").status_code == 404


@pytest.mark.material
def test_the_front_keeps_its_promise_with_a_strip(client: Client, seed_story: Story) -> None:
    stories = Story.objects.exclude(pk=seed_story.pk)[:3]
    without = weight(fetch(client, "/"))
    for story in stories:
        cover(story)
        move_to(story.pk, kind=Kind.RESUME, now=NOW)
    assert strip(client, "/").count("live-flag") == 3
    assert without < weight(fetch(client, "/")) <= PROMISED
    assert weight(fetch(client, "/city-affairs/")) <= PROMISED


def test_what_goes_on_is_asked_for_once_a_worker(client: Client) -> None:
    make_coverage()
    with rendering(0):
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                client.get("/")
            counts.append(sum("gazeti_live" in query["sql"] for query in asked))
    assert counts == [1, 0]
