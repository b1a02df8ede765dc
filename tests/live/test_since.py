"""What is new since a number, for who reads without script: posted, edited, taken back, and what became of it all."""

import re

import pytest
from django.test import Client

from gazeti.edge.tags import tags_of
from gazeti.live.actions import edit_update, move_to, retract_update, summarise
from gazeti.live.queries.pages import EACH
from gazeti.live.rules import Kind, Words
from tests.live.covering import make_coverage, make_update, make_words
from tests.live.test_page import numbers, page_of
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db


def test_whoever_asks_again_and_again_is_told_everything_once(client: Client) -> None:
    coverage = make_coverage()
    make_update(coverage, "Zero.")
    asked = re.findall(r"\?since=(\d+)", page_of(client, coverage))[0]
    assert asked == "2"
    assert "Nothing new so far." in page_of(client, coverage, "?since=2")
    make_update(coverage, "One.")
    make_update(coverage, "Two.")
    first = page_of(client, coverage, "?since=2")
    assert numbers(first) == [4, 3]
    asked = re.findall(r"\?since=(\d+)", first)[0]
    make_update(coverage, "Three.")
    second = page_of(client, coverage, f"?since={asked}")
    assert numbers(second) == [5]
    assert "Zero." not in first
    assert "One." not in second


def test_edits_and_what_was_taken_back_are_new_too(client: Client) -> None:
    coverage = make_coverage()
    for at in range(3):
        make_update(coverage, f"Number {at}.")
    edit_update(coverage.pk, number=2, words=make_words("Better."), now=NOW)
    retract_update(coverage.pk, number=3, now=NOW)
    html = page_of(client, coverage, "?since=4")
    assert numbers(html) == [3, 2]
    assert 'id="u3" data-v="gone"' in html
    assert "Better." in html
    assert "Number 1" not in html


def test_the_summary_and_the_state_are_told(client: Client) -> None:
    coverage = make_coverage()
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)
    move_to(coverage.pk, kind=Kind.PAUSE, now=NOW)
    assert "What we know." in page_of(client, coverage, "?since=1")
    html = page_of(client, coverage, "?since=2")
    assert "What we know." not in html
    assert html.count('<span class="live-flag paused">Paused</span>') == 2
    assert "Nothing new" not in html


def test_a_summary_that_was_taken_away_is_told(client: Client) -> None:
    coverage = make_coverage()
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)
    summarise(coverage.pk, words=Words(body=[]), now=NOW)
    html = page_of(client, coverage, "?since=2")
    assert "The summary was taken away." in html
    assert "Nothing new" not in html
    assert "What we know." not in html


def test_whoever_missed_very_much_is_led_to_the_whole(client: Client) -> None:
    coverage = make_coverage()
    for at in range(EACH + 1):
        make_update(coverage, f"Number {at}.")
    html = page_of(client, coverage, "?since=1")
    assert len(numbers(html)) == EACH
    assert "More has happened than stands here." in html
    assert "More has happened" not in page_of(client, coverage, "?since=2")


def test_an_address_with_a_number_that_nobody_looks_at_is_none(client: Client) -> None:
    coverage = make_coverage()
    make_update(coverage)
    assert client.get(f"{coverage.story.address}?since=1").status_code == 200
    assert client.get(f"{coverage.story.address}?since=1&before=anything").status_code == 404
    assert client.get(f"{coverage.story.address}?since=1&before=2").status_code == 404


def test_it_goes_when_the_next_event_comes_and_no_robot_lists_it(client: Client) -> None:
    coverage = make_coverage()
    response = client.get(f"{coverage.story.address}?since=1")
    assert f"live:{coverage.pk}" in tags_of(response)
    assert '<meta name="robots" content="noindex,follow">' in response.content.decode()
    assert "<script" not in response.content.decode()
