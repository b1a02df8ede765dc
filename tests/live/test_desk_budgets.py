"""What the live desk weighs on a slow line and asks the database, of thirty updates or of five thousand."""

import gzip
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gazeti.live.actions import schedule, send_in
from gazeti.live.models import Coverage
from tests.live.covering import make_coverage, make_words
from tests.live.crowded import many_updates, said
from tests.live.reporters import DESK, JSON, page_of, reporter, screen_of
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db
LIGHT = 20_000
QUERIES = {"": 15, "news/": 12, "updates/20/": 10, "updates/20/retract/": 10, "?before=15": 15}


def crowded(count: int) -> Coverage:
    coverage = many_updates(count)
    for at in range(30):
        send_in(coverage.pk, words=make_words(said(at)), by=None, key="", now=NOW)
    return coverage


@pytest.fixture
def coverages() -> list[Coverage]:
    return [crowded(40), crowded(5_000)]


def test_pages_of_the_desk_ask_and_weigh_the_same_of_five_thousand_updates(coverages: list[Coverage]) -> None:
    client = reporter("amina", role="Editors")
    for path, most in QUERIES.items():
        asked, sizes = [], []
        for coverage in coverages:
            address = f"{screen_of(coverage)}{path}"
            client.get(address, headers=JSON if path == "news/" else {})
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(address, headers=JSON if path == "news/" else {})
            assert answer.status_code == 200, address
            asked.append(len(caught))
            sizes.append(len(gzip.compress(answer.content)))
        assert asked[0] == asked[1] <= most, (path, asked)
        assert max(sizes) <= LIGHT, (path, sizes)


def test_however_much_is_sent_in_what_has_its_time_stands_there_too() -> None:
    coverage = crowded(2)
    schedule(coverage.pk, words=make_words("At noon."), due_at=NOW + timedelta(hours=3), by=None, now=NOW)
    for at in range(25):
        schedule(coverage.pk, words=make_words("Later."), due_at=NOW + timedelta(days=1 + at), by=None, now=NOW)
    page = reporter("amina", role="Editors").get(screen_of(coverage)).content.decode()
    assert "At noon." in page
    assert said(0)[:40] in page


def test_the_list_of_coverages_is_light_however_many_there_are(client: Client) -> None:
    coverages = [make_coverage() for _ in range(45)]
    client = reporter("amina", role="Editors")
    client.get(DESK)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(DESK)
    assert len(page_of(answer).select('a[href^="/desk/live/"]')) > len(coverages) - 10
    assert len(caught) <= 10
    assert len(gzip.compress(answer.content)) <= LIGHT


def test_of_much_that_is_sent_in_the_desk_says_how_much_and_leads_to_the_rest() -> None:
    coverage = crowded(2)
    client = reporter("amina", role="Editors")
    page = client.get(screen_of(coverage)).content.decode()
    assert "30 were sent in" in page
    assert said(19)[:40] in page
    assert said(20)[:40] not in page
    [later] = re.findall(r'href="([^"]+sent_after=\d+)"', page)
    rest = client.get(later).content.decode()
    assert said(19)[:40] not in rest
    assert said(20)[:40] in rest
    assert said(29)[:40] in rest
    assert "sent_after" not in rest
