"""What happened after a number: the same for all at that number, full ranges for long, the newest for two seconds."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from gazeti.edge.tags import tags_of
from gazeti.live.actions import edit_update, move_to, pin_update, retract_update, summarise
from gazeti.live.models import Coverage
from gazeti.live.rules import MOST_EVENTS, Kind
from tests.live.covering import make_coverage, make_update, make_words
from tests.newsroom import NOW, make_story, make_withdrawn

pytestmark = pytest.mark.django_db
FULL, HEAD = "public, max-age=60, s-maxage=60", "public, max-age=2, s-maxage=2"
PURGED = "public, max-age=60, s-maxage=31536000"


def asked(client: Client, coverage: Coverage, seq: int) -> Any:
    response = client.get(f"{coverage.story.address}after/{seq}/")
    assert response.status_code == 200
    return response


def events(client: Client, coverage: Coverage, seq: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(client, coverage, seq).json()["events"]
    return found


def test_events_come_in_order_with_all_that_a_page_needs(client: Client) -> None:
    coverage = make_coverage()
    update = make_update(coverage, "Traders cross.", heading="It opens", is_key=True)
    edit_update(coverage.pk, number=update.number, words=make_words("Traders crossed."), now=NOW)
    pin_update(coverage.pk, number=update.number)
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    answer = asked(client, coverage, 0).json()
    opened, posted, edited, pinned, summary, closed = answer["events"]
    assert (answer["head"], answer["closed"]) == (6, True)
    assert [one["seq"] for one in answer["events"]] == [1, 2, 3, 4, 5, 6]
    assert [one["kind"] for one in answer["events"]] == ["resume", "post", "edit", "pin", "summary", "close"]
    assert [one["update"] for one in answer["events"]] == [None, 2, 2, 2, None, None]
    assert (opened["state"], closed["state"]) == ("live", "closed")
    assert "Ended" in closed["html"]
    assert (posted["key"], posted["heading"], posted["time"], posted["at"]) == (
        True,
        "It opens",
        "9:12 am",
        "2024-07-04T06:12:00.000Z",
    )
    assert posted["html"].startswith('<article class="update key" id="u2" data-v="2">')
    assert "It opens</a></li>" in posted["item"]
    assert edited["html"] == pinned["html"]
    assert edited["html"].startswith('<article class="update" id="u2" data-v="3">')
    assert (edited["key"], "item" in edited) == (False, False)
    assert "What we know." in summary["html"]


def test_of_what_was_taken_back_nothing_is_told_but_that_it_is_gone(client: Client) -> None:
    coverage = make_coverage()
    update = make_update(coverage, "A name.", heading="Zinnober", is_key=True)
    edit_update(coverage.pk, number=update.number, words=make_words("Vermilion."), now=NOW)
    retract_update(coverage.pk, number=update.number, now=NOW)
    response = asked(client, coverage, 0)
    assert [one.get("gone", False) for one in response.json()["events"]] == [False, True, True, True]
    assert [set(one) for one in response.json()["events"][1:]] == [{"seq", "kind", "update", "at", "gone", "html"}] * 3
    assert {one["html"] for one in response.json()["events"][1:]} == {""}
    for word in ("A name", "Zinnober", "Vermilion"):
        assert word not in response.content.decode()


def test_a_full_range_is_kept_long_and_purged_by_what_changes_the_past_alone(client: Client) -> None:
    coverage = make_coverage()
    for number in range(MOST_EVENTS):
        make_update(coverage, f"Number {number}.")
    full, newest = asked(client, coverage, 0), asked(client, coverage, 2)
    assert (len(full.json()["events"]), full["Cache-Control"]) == (MOST_EVENTS, FULL)
    assert (len(newest.json()["events"]), newest["Cache-Control"]) == (MOST_EVENTS - 1, HEAD)
    live, past = f"live:{coverage.pk}", f"live-past:{coverage.pk}"
    assert (live in tags_of(full), past in tags_of(full)) == (False, True)
    assert (live in tags_of(newest), past in tags_of(newest)) == (True, True)
    assert f"story:{coverage.pk}" in tags_of(full)


def test_only_a_network_that_can_be_purged_keeps_it_for_a_year(client: Client, settings: Settings) -> None:
    coverage = make_coverage()
    for number in range(MOST_EVENTS):
        make_update(coverage, f"Number {number}.")
    settings.GAZETI_CDN = "fastly"
    assert asked(client, coverage, 0)["Cache-Control"] == PURGED
    assert asked(client, coverage, 2)["Cache-Control"] == HEAD


def test_a_number_that_is_not_reached_is_kept_by_nobody(client: Client) -> None:
    coverage = make_coverage()
    make_update(coverage)
    answer = asked(client, coverage, 999_999_999)
    assert answer.json() == {"events": [], "head": 2, "closed": False}
    assert answer["Cache-Control"] == "no-store"
    at_head = asked(client, coverage, 2)
    assert at_head.json() == {"events": [], "head": 2, "closed": False}
    assert at_head["Cache-Control"] == HEAD


@pytest.mark.parametrize("seq", ["-1", "01", "00", "1000000000", "9" * 5_000, "x", "1.0", "%31", "١"])
def test_a_number_is_written_in_one_way(client: Client, seq: str) -> None:
    address = make_coverage().story.address
    assert client.get(f"{address}after/{seq}/").status_code == (200 if seq == "%31" else 404)


def test_it_goes_through_the_storys_gate(client: Client) -> None:
    plain, withdrawn = make_story(), make_withdrawn()
    Coverage.objects.create(story=withdrawn)
    assert client.get(f"{plain.address}after/0/").status_code == 404
    assert client.get(f"{withdrawn.address}after/0/").status_code == 410
    assert client.get("/city-affairs/nothing/after/0/").status_code == 404
    assert client.post(f"{make_coverage().story.address}after/0/").status_code == 405


def test_where_the_story_moved_its_events_are_asked_for_there(client: Client) -> None:
    from tests.newsroom import make_section

    coverage = make_coverage()
    old = coverage.story.address
    coverage.story.move(make_section(title="Sport"), pos="last-child")
    answer = client.get(f"{old}after/0/")
    assert (answer.status_code, answer["Location"]) == (301, old.replace("city-affairs", "sport") + "after/0/")


def test_it_is_as_small_as_its_words(client: Client) -> None:
    coverage = make_coverage()
    make_update(coverage, "Habari “njema”.")
    content = asked(client, coverage, 1).content
    assert "Habari “njema”".encode() in content
    assert content == json.dumps(json.loads(content), ensure_ascii=False, separators=(",", ":")).encode()
