"""The page and what is told of events agree to the byte: whoever applies all of them has what is served."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.test import Client

from gazeti.live.actions import (
    edit_update,
    move_to,
    pin_update,
    post_update,
    retract_update,
    summarise,
    unpin_update,
)
from gazeti.live.actions.events import Words
from gazeti.live.models import Coverage, Update
from gazeti.live.queries.updates import told_after
from gazeti.live.rules import FROM, Kind
from gazeti.live.views.told import told
from gazeti.stories.actions import author_named
from gazeti.stories.formats import raw_body
from tests.live.covering import make_coverage, make_words
from tests.live.crowded import said
from tests.live.reference import Model, model_of, parts_of
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db


class Newsroom:
    """Somebody who does anything that can be done, as a seed has it."""

    def __init__(self, coverage: Coverage, seed: int) -> None:
        self.story, self.random, self.authors = coverage.pk, Random(seed), [None, author_named("A & <B>").pk]

    def words(self) -> Words:
        draw = self.random
        body = raw_body([("text", f"<p>{said(draw.randrange(10**6), words=draw.randrange(1, 30))} <b>&amp;</b></p>")])
        heading = "Rain & <hail>" if draw.random() < 0.3 else ""
        correction = "It was “<10>”." if draw.random() < 0.1 else ""
        is_key = draw.random() < 0.15
        return Words(body=body, heading=heading, author=draw.choice(self.authors), is_key=is_key, correction=correction)

    def one(self, **facts: Any) -> int | None:
        found = list(Update.objects.filter(coverage=self.story, retracted_at=None, **facts).order_by("number"))
        return self.random.choice(found).number if found else None

    def act(self) -> None:
        """One event more, if what the dice say can be."""
        acts: list[Callable[[], Any]] = [*[self.post] * 6, *[self.edit] * 3, self.retract, self.pin, self.unpin]
        self.random.choice([*acts, self.summarise, self.move])()

    def post(self) -> None:
        if Coverage.objects.get(pk=self.story).state in ("live", "paused"):
            post_update(self.story, words=self.words(), by=None, now=NOW)

    def edit(self) -> None:
        if number := self.one():
            edit_update(self.story, number=number, words=self.words(), now=NOW)

    def retract(self) -> None:
        if number := self.one():
            retract_update(self.story, number=number, now=NOW)

    def pin(self) -> None:
        if (number := self.one(pinned_at=0)) and Update.objects.exclude(pinned_at=0).count() < 5:
            pin_update(self.story, number=number)

    def unpin(self) -> None:
        if number := self.one(pinned_at__gt=0):
            unpin_update(self.story, number=number)

    def summarise(self) -> None:
        words = make_words(said(self.random.randrange(10**6))) if self.random.random() < 0.8 else Words(body=[])
        summarise(self.story, words=words, now=NOW)

    def move(self) -> None:
        state = Coverage.objects.get(pk=self.story).state
        move_to(self.story, kind=self.random.choice([kind for kind in Kind if state in FROM.get(kind, ())]), now=NOW)


def follow(client: Client, address: str, model: Model) -> Model:
    """Ask as a client that polls: until nothing more comes and the head is reached."""
    while True:
        answer = client.get(f"{address}after/{model.seq}/").json()
        for event in answer["events"]:
            model.apply(event)
        if model.seq == answer["head"]:
            return model


def served(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.database
@pytest.mark.parametrize("seed", range(4))
def test_all_events_make_of_an_empty_page_what_is_served(client: Client, seed: int) -> None:
    coverage = make_coverage(is_open=False)
    address, newsroom = coverage.story.address, Newsroom(coverage, seed)
    model = model_of(served(client, address))
    assert model.seq == 0
    assert parts_of(served(client, address)) == model.shown
    move_to(coverage.pk, kind=Kind.RESUME, now=NOW)
    for _ in range(90):
        newsroom.act()
    assert follow(client, address, model).shown == parts_of(served(client, address))


@pytest.mark.parametrize("seed", range(4, 7))
def test_a_page_and_the_events_after_its_number_make_the_page_that_is_served_later(client: Client, seed: int) -> None:
    coverage = make_coverage()
    address, newsroom = coverage.story.address, Newsroom(coverage, seed)
    models = []
    for _ in range(3):
        for _ in range(30):
            newsroom.act()
        models.append(model_of(served(client, address)))
        assert models[-1].shown == parts_of(served(client, address))
    for _ in range(30):
        newsroom.act()
    wanted = parts_of(served(client, address))
    for model in models:
        assert follow(client, address, model).shown == wanted


def test_a_page_that_is_newer_than_its_number_takes_no_event_twice(client: Client) -> None:
    coverage = make_coverage()
    address, newsroom = coverage.story.address, Newsroom(coverage, 99)
    for _ in range(20):
        newsroom.act()
    html = served(client, address)
    model = model_of(html)
    model.seq -= 8
    assert follow(client, address, model).articles == model_of(html).articles


def test_an_article_is_the_same_on_every_page_and_in_every_event(client: Client) -> None:
    coverage = make_coverage()
    update = post_update(coverage.pk, words=make_words("One & <two>.", heading="A “b”"), by=None, now=NOW)
    pin_update(coverage.pk, number=update.number)
    events = [told(one) for one in told_after(coverage.pk, number=1)[0]]
    address = coverage.story.address
    for query in ("", "?refresh=60", "?before=3", "?since=1"):
        assert events[0]["html"] in served(client, f"{address}{query}"), query
    assert events[0]["html"] == events[1]["html"]
