"""The coverage's page as it is first served: what stands where, true for the number it names, whole without script."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.test.utils import override_settings

from gazeti.edge.tags import tags_of
from gazeti.live.actions import cover, edit_update, move_to, pin_update, retract_update, summarise
from gazeti.live.models import Coverage
from gazeti.live.queries.pages import EACH
from gazeti.live.rules import MOST_KEYS, Kind
from gazeti.stories.actions import author_named, withdraw_story
from tests.comments.discussion import make_comment
from tests.live.covering import make_coverage, make_update, make_words
from tests.newsroom import NOW, make_draft, make_story

pytestmark = pytest.mark.django_db
ARTICLE = re.compile(r'<article class="update[^>]*\bid="u(\d+)"')


def page_of(client: Client, coverage: Coverage, query: str = "") -> str:
    response = client.get(f"{coverage.story.address}{query}")
    assert response.status_code == 200
    return response.content.decode()


def part(html: str, name: str) -> str:
    """What stands in a part that script knows by its name."""
    (found,) = BeautifulSoup(html, "html.parser").select(f"[data-live={name}]")
    return found.decode_contents()


def numbers(html: str) -> list[int]:
    return [int(number) for number in ARTICLE.findall(html)]


def test_the_newest_thirty_come_first_and_the_page_says_what_it_is_true_for(client: Client) -> None:
    coverage = make_coverage()
    for at in range(EACH + 3):
        make_update(coverage, f"Number {at}.")
    html = page_of(client, coverage)
    assert numbers(part(html, "updates")) == list(range(EACH + 4, 4, -1))
    assert f'data-seq="{EACH + 4}" data-state="live" data-at="{coverage.story.address}" data-floor="5"' in html
    assert '<a rel="next" href="?before=5">Older updates</a>' in html
    assert f'<a href="?since={EACH + 4}">See what is new</a>' in html


def test_thirty_updates_have_none_older(client: Client) -> None:
    coverage = make_coverage()
    for at in range(EACH):
        make_update(coverage, f"Number {at}.")
    assert 'data-live="older" hidden>' in page_of(client, coverage)
    make_update(coverage)
    assert 'data-live="older">' in page_of(client, coverage)


def test_what_is_pinned_stands_above_the_others_and_once(client: Client) -> None:
    coverage = make_coverage()
    for at in range(EACH + 10):
        make_update(coverage, f"Number {at}.")
    for number in (2, 20):
        pin_update(coverage.pk, number=number)
    html = page_of(client, coverage)
    assert numbers(part(html, "pinned")) == [20, 2]
    assert numbers(part(html, "updates")) == [number for number in range(EACH + 11, 11, -1) if number != 20]
    assert html.index('data-live="pinned"') < html.index('data-live="updates"')


def test_key_events_lead_to_where_they_stand(client: Client) -> None:
    coverage = make_coverage()
    make_update(coverage, "It rained on the first day.", is_key=True)
    for at in range(EACH):
        make_update(coverage, f"Number {at}.", heading="It <opens>" if at == 5 else "", is_key=at == 5)
    keys = part(page_of(client, coverage), "keys")
    assert re.findall(r'href="([^"]+)">([^<]+)<', keys) == [
        ("#u8", "It &lt;opens&gt;"),
        ("updates/2/", "It rained on the first day."),
    ]
    assert '<time datetime="2024-07-04T09:12+03:00">9:12 am</time>' in keys


def test_of_many_key_events_the_newest_are_listed(client: Client) -> None:
    coverage = make_coverage()
    for at in range(MOST_KEYS + 5):
        make_update(coverage, heading=f"Key {at}", is_key=True)
    found = re.findall(r'data-u="(\d+)"', part(page_of(client, coverage), "keys"))
    assert found == [str(number) for number in range(MOST_KEYS + 6, 6, -1)]


def test_an_update_says_when_by_whom_and_what_was_wrong(client: Client) -> None:
    coverage = make_coverage()
    author = author_named("Otieno Were")
    update = make_update(coverage, "Ten lorries.", author=author.pk)
    words = make_words("Twelve lorries.", heading="Lorries & carts", author=author.pk, correction="There were <12>.")
    edit_update(coverage.pk, number=update.number, words=words, now=NOW + timedelta(minutes=5))
    html = page_of(client, coverage)
    assert '<time datetime="2024-07-04T09:12+03:00"><b>9:12 am</b> 4 July</time>' in html
    assert '<a rel="author" href="/authors/otieno-were/">Otieno Were</a>' in html
    assert 'edited <time datetime="2024-07-04T09:17+03:00">9:17 am</time>' in html
    assert "<h2>Lorries &amp; carts</h2>" in html
    assert "There were &lt;12&gt;." in html
    assert "Ten lorries" not in html
    assert f"author:{author.pk}" in tags_of(client.get(coverage.story.address))


def test_what_was_taken_back_leaves_its_place_and_no_word(client: Client) -> None:
    coverage = make_coverage()
    make_update(coverage, "Zinnober.", heading="Vermilion", is_key=True)
    make_update(coverage, "It stays.")
    retract_update(coverage.pk, number=2, now=NOW)
    html = page_of(client, coverage)
    assert numbers(part(html, "updates")) == [3, 2]
    assert '<article class="update gone" id="u2" data-v="gone"><p>An update stood here. It was taken back.</p>' in html
    assert part(html, "keys") == ""
    assert "Zinnober" not in html
    assert "Vermilion" not in html


def test_the_last_update_is_the_newest_that_is_there(client: Client) -> None:
    coverage = make_coverage()
    update = make_update(coverage)
    assert part(page_of(client, coverage), "last") == (
        '<time datetime="2024-07-04T09:12+03:00"><b>9:12 am</b> 4 July</time>'
    )
    retract_update(coverage.pk, number=update.number, now=NOW)
    assert 'hidden>Last update <span data-live="last"></span>' in page_of(client, coverage)


def test_the_summary_stands_until_it_is_taken_away(client: Client) -> None:
    coverage = make_coverage()
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)
    assert part(page_of(client, coverage), "summary").strip() == "<p>What we know.</p>"
    summarise(coverage.pk, words=make_words("What we know now."), now=NOW)
    assert part(page_of(client, coverage), "summary").strip() == "<p>What we know now.</p>"


@pytest.mark.parametrize(
    ("kinds", "state", "words"),
    [
        ((), "planned", "To come"),
        ((Kind.RESUME,), "live", "Live"),
        ((Kind.RESUME, Kind.PAUSE), "paused", "Paused"),
        ((Kind.RESUME, Kind.CLOSE), "closed", "Ended"),
        ((Kind.RESUME, Kind.CLOSE, Kind.RESUME), "live", "Live"),
    ],
)
def test_its_state_stands_there_in_words(client: Client, kinds: tuple[Kind, ...], state: str, words: str) -> None:
    coverage = make_coverage(is_open=False)
    for kind in kinds:
        move_to(coverage.pk, kind=kind, now=NOW)
    html = page_of(client, coverage)
    assert f'data-state="{state}"' in html
    assert part(html, "flag") == f'<span class="live-flag {state}">{words}</span>'


def test_one_that_is_to_come_says_when(client: Client) -> None:
    coverage = cover(make_story(), starts_at=NOW + timedelta(hours=3), now=NOW)
    assert 'Begins <time datetime="2024-07-04T12:12+03:00">4 July 2024, 12:12 pm</time>' in page_of(client, coverage)


def test_readers_are_told_when_it_is_expected_to_end_until_it_has(client: Client) -> None:
    coverage = cover(make_story(), ends_at=NOW + timedelta(hours=3), now=NOW)
    until = 'Expected to end <time datetime="2024-07-04T12:12+03:00">4 July 2024, 12:12 pm</time>'
    assert until in page_of(client, coverage)
    move_to(coverage.pk, kind=Kind.RESUME, now=NOW)
    assert until in page_of(client, coverage)
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    assert "Expected to end" not in page_of(client, coverage)


def test_one_that_has_ended_is_a_plain_page_and_asks_for_nothing(client: Client) -> None:
    coverage = make_coverage()
    make_update(coverage)
    assert page_of(client, coverage).count("<script") == 1
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    for query in ("", "?refresh=60", "?before=2", "?since=1"):
        html = client.get(f"{coverage.story.address}{query}", follow=True).content.decode()
        for word in ("<script", "http-equiv", "?since=", "?refresh="):
            assert word not in html, query
    assert "This coverage has ended." in page_of(client, coverage)


@pytest.mark.parametrize("seconds", ["30", "60", "300"])
def test_a_reader_may_have_it_reload_itself_and_stop_that(client: Client, seconds: str) -> None:
    coverage = make_coverage()
    make_update(coverage)
    still, moving = page_of(client, coverage), page_of(client, coverage, f"?refresh={seconds}")
    assert "http-equiv" not in still
    assert '<a href="?refresh=60">Reload every minute</a>' in still
    assert f'<meta http-equiv="refresh" content="{seconds}">' in moving
    assert '<a href="./">Stop reloading</a>' in moving
    assert f'<link rel="canonical" href="{coverage.story.full_address}">' in moving


@pytest.mark.parametrize(
    "query", ["?refresh=1", "?refresh=", "?refresh=60;url=//x", "?before=x", "?since=01", "?since=-1"]
)
def test_what_is_asked_for_wrongly_is_not_there(client: Client, query: str) -> None:
    assert client.get(f"{make_coverage().story.address}{query}").status_code == 404


@pytest.mark.parametrize("query", ["?before=99", "?since=99", "?before=999999999"])
def test_numbers_that_are_not_reached_lead_to_the_top_and_are_kept_by_nobody(client: Client, query: str) -> None:
    coverage = make_coverage()
    response = client.get(f"{coverage.story.address}{query}")
    assert (response.status_code, response["Location"]) == (302, coverage.story.address)
    assert response["Cache-Control"] == "no-store"


def test_what_else_is_appended_makes_no_other_page(client: Client) -> None:
    from gazeti.edge.tags import read_by

    response = client.get(f"{make_coverage().story.address}?fbclid=x")
    assert read_by(response.wsgi_request) == {"before", "refresh", "since"}
    plain = client.get(f"{make_story().address}?since=1")
    assert read_by(plain.wsgi_request) == frozenset()


def test_the_story_and_what_readers_say_stand_around_it(client: Client) -> None:
    coverage = make_coverage(headline="Budget day", standfirst="What changes.")
    make_comment(coverage.story, body="We were there.")
    html = page_of(client, coverage)
    for words in ("Budget day", "What changes.", "The new bridge opened", "Amina Farah", "We were there.", "Share"):
        assert words in html, words


def test_words_in_another_language_say_so(client: Client) -> None:
    coverage = make_coverage(language="sw")
    make_update(coverage, "Habari.", heading="Daraja", is_key=True)
    html = page_of(client, coverage)
    assert '<div lang="sw"><h2>Daraja</h2>' in html
    assert '<a href="#u2" lang="sw">Daraja</a>' in html
    with override_settings(GAZETI_LANGUAGE="sw"):
        assert 'lang="sw"><h2>' not in page_of(client, coverage)


def test_it_goes_when_every_event_comes_and_with_its_story(client: Client) -> None:
    coverage = make_coverage()
    response = client.get(coverage.story.address)
    assert {f"live:{coverage.pk}", f"story:{coverage.pk}"} <= tags_of(response)
    withdraw_story(coverage.story, now=NOW)
    assert client.get(coverage.story.address).status_code == 410
    draft = make_draft()
    cover(draft)
    assert client.get(draft.address).status_code == 404
