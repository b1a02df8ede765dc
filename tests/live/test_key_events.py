"""Of more key events than the list has rows, an event that takes one of these out tells which rows stand there then."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gazeti import log
from gazeti.live.actions import edit_update, pin_update, post_update, retract_update
from gazeti.live.actions.events import Words
from gazeti.live.models import Coverage, Update
from gazeti.live.queries.updates import events_shown
from gazeti.live.rules import MOST_KEYS, stream_of
from gazeti.live.views.told import told
from tests.live.covering import make_coverage, make_update, make_words
from tests.live.crowded import many_updates
from tests.live.reference import ROWS, Model, model_of, number_in, parts_of
from tests.live.script import happened
from tests.live.test_told import Newsroom, follow, served
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db
KEYS = range(2, 27)


class Keys(Newsroom):
    """Somebody who makes many key events, and takes many of them out again."""

    def words(self) -> Words:
        return replace(super().words(), is_key=self.random.random() < 0.6)

    def one(self, **facts: Any) -> int | None:
        return super().one(**facts, **({"is_key": True} if self.random.random() < 0.5 else {}))

    def retract(self) -> None:
        if number := self.one():
            retract_update(self.story, number=number, now=NOW, erases=self.random.random() < 0.3)


@pytest.fixture
def coverage() -> Coverage:
    """With 25 key events."""
    coverage = make_coverage()
    for number in KEYS:
        make_update(coverage, f"Number {number}.", heading=f"Heading {number}" if number % 2 else "", is_key=True)
    return coverage


def rows_in(event: dict[str, Any]) -> list[int]:
    return [number_in(row) for row in ROWS.findall(event.get("items", ""))]


def test_whoever_follows_has_the_rows_of_the_page_after_each_event(client: Client, coverage: Coverage) -> None:
    address = coverage.story.address
    models = [model_of(served(client, address)) for _ in range(2)]
    deeds = [
        lambda: retract_update(coverage.pk, number=26, now=NOW),
        lambda: edit_update(coverage.pk, number=25, words=make_words("No more."), now=NOW),
        lambda: retract_update(coverage.pk, number=25, now=NOW, erases=True),
        lambda: edit_update(coverage.pk, number=5, words=make_words("Nor this.", is_key=False), now=NOW),
        lambda: edit_update(coverage.pk, number=6, words=make_words("Other.", heading="Other", is_key=True), now=NOW),
        lambda: retract_update(coverage.pk, number=20, now=NOW),
        lambda: retract_update(coverage.pk, number=2, now=NOW),
    ]
    for deed in deeds:
        deed()
        assert follow(client, address, models[0]).shown == parts_of(served(client, address))
    assert follow(client, address, models[1]).shown == parts_of(served(client, address))


def test_what_takes_no_row_out_tells_none(coverage: Coverage) -> None:
    plain = make_update(coverage).number
    head = plain
    for number, words in (
        (2, make_words("No more.")),
        (26, make_words("Still.", is_key=True)),
        (plain, make_words("A")),
    ):
        edit_update(coverage.pk, number=number, words=words, now=NOW)
    pin_update(coverage.pk, number=26)
    other = make_update(coverage).number
    retract_update(coverage.pk, number=other, now=NOW)
    assert ["items" in one for one in happened(coverage, after=head)] == [False] * 6
    retract_update(coverage.pk, number=3, now=NOW)
    assert "items" not in happened(coverage, after=other + 1)[0]
    retract_update(coverage.pk, number=26, now=NOW)
    [event] = happened(coverage, after=other + 2)
    assert (rows_in(event), event["html"]) == (list(range(25, 25 - MOST_KEYS, -1)), "")


def test_an_event_tells_the_same_in_any_range_and_at_any_time(coverage: Coverage) -> None:
    newsroom = Keys(coverage, 5)
    for _ in range(60):
        newsroom.act()
    entries = log.read(0, stream=stream_of(coverage.pk), limit=1_000)
    whole = [told(one) for one in events_shown(coverage.pk, entries=entries)[0]]
    assert any("items" in one for one in whole)
    assert [told(events_shown(coverage.pk, entries=[one])[0][0]) for one in entries] == whole
    edit_update(coverage.pk, number=newsroom.one() or 0, words=make_words("Later.", is_key=True), now=NOW)
    assert [told(one) for one in events_shown(coverage.pk, entries=entries)[0]] == whole


def test_a_row_tells_of_nothing_that_was_taken_back(coverage: Coverage) -> None:
    retract_update(coverage.pk, number=26, now=NOW)
    retract_update(coverage.pk, number=25, now=NOW, erases=True)
    first, second = happened(coverage, after=26)
    assert (rows_in(first), rows_in(second)) == ([*range(24, 4, -1)], [*range(24, 4, -1)])


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_whoever_asks_now_and_then_and_whoever_asks_at_last_has_the_page(
    client: Client, coverage: Coverage, seed: int
) -> None:
    address, newsroom = coverage.story.address, Keys(coverage, seed)
    at_once: list[Model] = []
    at_last: list[Model] = []
    for _round in range(5):
        for models in (at_once, at_last):
            models.append(model_of(served(client, address)))
        for _ in range(12):
            newsroom.act()
        page = parts_of(served(client, address))
        assert [follow(client, address, one).shown == page for one in at_once] == [True] * len(at_once)
    assert [follow(client, address, one).shown == page for one in at_last] == [True] * len(at_last)


def test_it_asks_the_same_of_five_thousand_updates() -> None:
    counts = []
    for coverage in (many_updates(300), many_updates(5_000)):
        number = coverage.updates.filter(is_key=True).order_by("-number").values_list("number", flat=True)[3]
        head = Coverage.objects.get(pk=coverage.pk).head
        edit_update(coverage.pk, number=number, words=make_words("No more."), now=NOW)
        with CaptureQueriesContext(connection) as caught:
            [event] = happened(coverage, after=head)
        counts.append((len(caught), len(rows_in(event))))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 6


def test_what_was_a_key_event_once_tells_the_rows_when_it_is_taken_back(coverage: Coverage) -> None:
    """It stands in the list of whoever has not heard of anything since."""
    once = post_update(coverage.pk, words=make_words("Once.", is_key=True), by=None, now=NOW).number
    edit_update(coverage.pk, number=once, words=make_words("No more."), now=NOW)
    retract_update(coverage.pk, number=once, now=NOW)
    told_of = happened(coverage, after=once)
    assert [bool(rows_in(one)) for one in told_of] == [False, True]
    assert not Update.objects.get(number=once).is_key
