"""Older updates page by page, each once, down to the first; and an update's own address, which leads to where it is."""

import re

import pytest
from django.test import Client

from gazeti.edge.tags import tags_of
from gazeti.live.actions import edit_update, pin_update, retract_update
from gazeti.live.models import Coverage
from gazeti.live.queries.pages import EACH
from tests.live.covering import make_coverage, make_update, make_words
from tests.live.test_page import numbers, page_of, part
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db
NEXT = re.compile(r'rel="next" href="([^"]+)"')


def filled(count: int) -> Coverage:
    coverage = make_coverage()
    for at in range(count):
        make_update(coverage, f"Number {at}.")
    return coverage


def test_every_update_stands_on_one_page_whoever_walks_down(client: Client) -> None:
    coverage = filled(2 * EACH + 7)
    walked, query = [], ""
    while True:
        html = page_of(client, coverage, query)
        walked.append(numbers(part(html, "updates")))
        found = NEXT.search(html.replace('data-live="older" hidden', ""))
        if found is None or 'data-live="older" hidden' in html:
            break
        query = found.group(1)
    assert [len(one) for one in walked] == [EACH, EACH, 7]
    assert [number for one in walked for number in one] == list(range(2 * EACH + 8, 1, -1))
    assert '<a href="./">Newest updates</a>' in html


def test_below_the_first_there_is_nothing_and_the_way_to_the_top(client: Client) -> None:
    coverage = filled(1)
    response = client.get(f"{coverage.story.address}?before=2")
    assert (response.status_code, response["Location"]) == (302, coverage.story.address)
    assert response["Cache-Control"] == "no-store"


def test_an_older_page_shows_pinned_ones_in_their_place_and_no_key_events(client: Client) -> None:
    coverage = filled(EACH + 5)
    pin_update(coverage.pk, number=3)
    edit_update(coverage.pk, number=4, words=make_words("Edited.", is_key=True), now=NOW)
    retract_update(coverage.pk, number=5, now=NOW)
    html = page_of(client, coverage, "?before=7")
    assert numbers(part(html, "updates")) == [6, 5, 4, 3, 2]
    assert "Edited." in html
    assert 'id="u5" data-v="gone"' in html
    assert (part(html, "pinned"), part(html, "keys"), part(html, "summary").strip()) == ("", "", "")
    assert f"live:{coverage.pk}" in tags_of(client.get(f"{coverage.story.address}?before=7"))
    assert '<meta name="robots" content="noindex,follow">' in html


def test_an_update_keeps_its_address_wherever_it_stands(client: Client) -> None:
    coverage = filled(EACH + 1)
    address = coverage.story.address

    def led(number: int) -> str:
        response = client.get(f"{address}updates/{number}/")
        assert response.status_code == 302
        assert f"live:{coverage.pk}" in tags_of(response)
        target: str = response["Location"]
        assert f'id="u{number}"' in client.get(target.partition("#")[0]).content.decode()
        return target

    assert led(EACH + 2) == f"{address}#u{EACH + 2}"
    assert led(3) == f"{address}#u3"
    assert led(2) == f"{address}?before=3#u2"
    pin_update(coverage.pk, number=2)
    assert led(2) == f"{address}#u2"
    make_update(coverage)
    assert led(3) == f"{address}?before=4#u3"


def test_what_is_pinned_stands_on_the_first_page_the_last_pin_above(client: Client) -> None:
    coverage = filled(EACH + 20)
    for number in range(2, 12):
        pin_update(coverage.pk, number=number)
    address = coverage.story.address
    assert numbers(part(page_of(client, coverage), "pinned")) == list(range(11, 1, -1))
    assert client.get(f"{address}updates/2/")["Location"] == f"{address}#u2"
    assert client.get(f"{address}updates/12/")["Location"] == f"{address}?before=13#u12"


def test_an_update_that_was_taken_back_is_gone_in_a_sentence(client: Client) -> None:
    coverage = filled(2)
    retract_update(coverage.pk, number=2, now=NOW)
    response = client.get(f"{coverage.story.address}updates/2/")
    assert response.status_code == 410
    assert "This update was taken back" in response.content.decode()
    assert "Number 0" not in response.content.decode()


@pytest.mark.parametrize("number", ["0", "1", "99", "999999999"])
def test_what_is_no_update_is_not_there(client: Client, number: str) -> None:
    assert client.get(f"{filled(1).story.address}updates/{number}/").status_code == 404
