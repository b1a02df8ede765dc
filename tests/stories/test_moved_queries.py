"""Whether an old address depends on its query: only where a redirect is from that path with one."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections
from wagtail.contrib.redirects.models import Redirect

from gazeti.edge.renders import Renders
from gazeti.edge.truth import Truth
from gazeti.stories.queries import turns_on_query
from tests.newsroom import make_paper, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A truth of the test's own; the end of a request leaves the test's connection open, as Django's client does."""
    truth = Truth()
    monkeypatch.setattr("gazeti.edge.renders.truth", truth)
    monkeypatch.setattr("gazeti.edge.facts.truth", truth)
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def ask() -> Callable[[str], tuple[int, frozenset[str]]]:
    """Ask Django as the edge does: the status, and the parameters on which the answer depends."""
    make_paper()
    renders = Renders()

    def asked(address: str) -> tuple[int, frozenset[str]]:
        path, _, query = address.partition("?")
        answer = renders.render(path, query.encode()).answer
        assert answer is not None
        return answer.status, answer.reads

    return asked


ALL, NONE = frozenset({"*"}), frozenset[str]()


def test_what_is_not_there_is_the_same_whatever_is_appended(ask: Callable[[str], object]) -> None:
    Redirect.add_redirect("/index.php?p=12", redirect_to="https://example.org/")
    Redirect.add_redirect("/nothing-else/?p=12", redirect_to="https://example.org/")
    Redirect.add_redirect("/nothing/at-all/?p=12", redirect_to="https://example.org/")
    for address in ("/nothing/", "/nothing/?fbclid=1", "/Nothing/?p=12", "/index.php/more/"):
        assert ask(address) == (404, NONE), address


def test_an_old_address_is_the_same_whatever_is_appended(ask: Callable[[str], object]) -> None:
    Redirect.add_redirect("/old/", redirect_to=make_story())
    assert ask("/old/?fbclid=1") == (301, NONE)


@pytest.mark.parametrize("path", ["/index.php", "/index.php/", "/habari,%20mpya/č"])
def test_where_a_redirect_is_from_a_query_each_query_matters(ask: Callable[[str], object], path: str) -> None:
    Redirect.add_redirect(f"{path}?p=12&a=1", redirect_to="https://example.org/")
    assert ask(path.replace("%20", " ")) == (404, ALL)
    assert ask(f"{path.replace('%20', ' ')}?a=1&p=12") == (301, ALL)
    assert ask(f"{path.replace('%20', ' ')}?p=13") == (404, ALL)


@pytest.mark.parametrize("link", ["{}/old/?page=1", "{}/old?page=1"])
def test_a_redirect_to_its_own_path_with_a_query_is_not_followed_from_there(
    ask: Callable[[str], object], link: str
) -> None:
    Redirect.add_redirect("/old/", redirect_to=link.format(settings.GAZETI_ADDRESS))
    assert ask("/old/") == (301, ALL)
    assert ask("/old/?page=1") == (404, ALL)


def test_a_query_of_its_own_redirects_from_a_page_that_leads_elsewhere(ask: Callable[[str], object]) -> None:
    Redirect.add_redirect("/old/", redirect_to="https://example.org/")
    Redirect.add_redirect("/old/?p=12", redirect_to="https://example.com/")
    assert ask("/old/") == (301, ALL)


def test_it_is_looked_up_by_the_index(django_assert_num_queries: Callable[[int], object]) -> None:
    from django.db import connection

    make_paper()
    with django_assert_num_queries(2) as seen:  # type: ignore[attr-defined]
        assert not turns_on_query("/nothing/")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for query in seen.captured_queries:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                assert "SEARCH" in str(cursor.fetchall()), query["sql"]
