"""What a coverage weighs for a reader and asks the database, of thirty updates or of five thousand."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gazeti.edge.facts import rendering
from gazeti.live.actions import pin_update, post_update, summarise
from gazeti.live.actions.events import Words
from gazeti.live.models import Coverage
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, topic_named
from gazeti.stories.formats import raw_body
from tests.comments.discussion import make_comment
from tests.front.conftest import picture
from tests.front.wire import fetch, weight
from tests.live.covering import make_coverage, make_words
from tests.live.crowded import many_updates, said
from tests.newsroom import NOW, make_story

__all__ = ["picture"]
pytestmark = pytest.mark.django_db
FIRST_VIEW, QUERIES = 14_000, 12


def asked_at(client: Client, coverage: Coverage, query: str) -> int:
    """Queries of a render, as in a worker that has asked for what all pages share."""
    with rendering(0):
        client.get(coverage.story.address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"{coverage.story.address}{query}").status_code in (200, 302)
    return len(caught)


def test_thirty_updates_of_sixty_words_among_five_thousand_keep_the_promise(client: Client) -> None:
    few, many = many_updates(31), many_updates(5_000)
    assert client.get(many.story.address).content.count(b'<article class="update') == 30
    light, heavy = (weight(fetch(client, one.story.address)) for one in (few, many))
    assert heavy <= FIRST_VIEW
    # What differs are the rows of key events, of which many list twenty.
    assert heavy - light < 1_500


@pytest.mark.database
def test_five_thousand_updates_ask_what_thirty_ask(client: Client) -> None:
    few, many = many_updates(31), many_updates(5_000)
    for query in ("", "?before=20", "?since=1", "after/0/", "updates/2/"):
        counts = [asked_at(client, one, query) for one in (few, many)]
        assert counts[0] == counts[1] <= QUERIES, (query, counts)


def test_the_first_view_of_a_worker_that_has_asked_for_nothing_yet_keeps_the_promise_too(client: Client) -> None:
    coverage = many_updates(31)
    client.get(coverage.story.address)  # outside of a render that the edge began nothing becomes known
    with rendering(0), CaptureQueriesContext(connection) as caught:
        assert client.get(coverage.story.address).status_code == 200
    assert sum("gazeti_base_newspaper" in query["sql"] for query in caught) == 1
    assert len(caught) <= QUERIES


def test_a_coverage_with_everything_stays_within_its_queries(client: Client, picture: Picture) -> None:
    other = make_story()
    coverage = many_updates(100, coverage=make_coverage(topics=[topic_named("Water")], lead_picture=picture))
    words = {"picture": picture, "alt": "Crates", "decorative": False, "caption": ""}
    link = f'<p>See <a linktype="page" id="{other.pk}">this</a>.</p>'
    body = raw_body([("text", link), ("picture", words), ("related", other), ("gallery", [words, words])])
    for _ in range(3):
        whole = Words(body=body, author=author_named("Otieno Were").pk, is_key=True)
        post_update(coverage.pk, words=whole, by=None, now=NOW)
    pin_update(coverage.pk, number=20)
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)
    make_comment(coverage.story, body="We were there.")
    assert asked_at(client, coverage, "") <= QUERIES


def test_a_story_that_is_not_covered_asks_nothing_more(client: Client) -> None:
    plain = make_story()
    make_coverage()
    with rendering(0):
        client.get(plain.address)
        with CaptureQueriesContext(connection) as caught:
            client.get(plain.address)
    assert [query["sql"] for query in caught if "gazeti_live" in query["sql"]] == []


def test_the_words_of_the_measure_are_sixty() -> None:
    assert len(said(7).split()) == 60
    assert len(set(said(7).split()) & set(said(8).split())) < 40
