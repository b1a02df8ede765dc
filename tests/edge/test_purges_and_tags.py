"""Purges stand in the log, in the transaction that caused them; answers say what they depend on."""

from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gazeti import edge, log
from gazeti.edge.store import Store
from gazeti.edge.tags import read_by


def purged_since(position: int) -> list[list[str]]:
    return [entry.data["tags"] for entry in log.read(position, stream=None) if entry.stream == "purges"]


@pytest.mark.database
@pytest.mark.django_db
def test_a_purge_is_one_event_with_each_tag_once() -> None:
    start = log.head()
    edge.purge(["recent", "story:1", "recent"])
    assert purged_since(start) == [["recent", "story:1"]]


@pytest.mark.database
@pytest.mark.django_db
def test_what_is_told_with_a_purge_stands_before_it_also_where_nothing_is_purged() -> None:
    start = log.head()
    place = edge.purge(["recent"], after=[("stories", "published", {"story": 1})])
    assert edge.purge([], after=[("stories", "changed", {})]) is None
    entries = log.read(start)
    assert [(entry.stream, entry.kind) for entry in entries] == [
        ("stories", "published"), ("purges", "purge"), ("stories", "changed"),
    ]  # fmt: skip
    assert place is not None
    assert place.position == entries[1].position


@pytest.mark.django_db
def test_a_purge_of_nothing_writes_nothing() -> None:
    start = log.head()
    assert edge.purge([]) is None
    assert log.head() == start


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_purge_is_undone_with_its_transaction() -> None:
    start = log.head()
    with pytest.raises(RuntimeError), transaction.atomic():
        edge.purge(["recent"])
        raise RuntimeError
    assert purged_since(start) == []


def test_tags_add_up() -> None:
    @edge.tagged("recent")
    def view(_request: HttpRequest) -> HttpResponse:
        return edge.tag(HttpResponse(), "story:1")

    assert edge.tags_of(view(HttpRequest())) == {"recent", "story:1"}
    assert view.edge_policy == "tagged"


def test_an_uncached_view_says_no_store() -> None:
    @edge.uncached
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert view(HttpRequest())["Cache-Control"] == "no-store"
    assert view.edge_policy == "uncached"


def test_a_view_that_is_kept_with_a_parameter_says_no_store_without_it() -> None:
    @edge.kept_with("after", "order")
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    asks = RequestFactory()
    for request in (asks.get("/"), asks.get("/?to=3"), asks.post("/?after=x")):
        assert view(request)["Cache-Control"] == "no-store"
    for query in ("after=x", "order=", "to=3&after=x"):
        request = asks.get(f"/?{query}")
        assert "Cache-Control" not in view(request)
        assert read_by(request) == {"after", "order"}


def test_several_things_of_a_kind_have_a_tag_each() -> None:
    from gazeti.edge.tags import named

    assert named("story", [1, 2]) == {"story:1", "story:2"}


@pytest.mark.django_db(transaction=True)
def test_the_files_go_as_a_purge_commits_whoever_made_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, "edition")
    store.prepare(purged=0)
    before = store.generation
    monkeypatch.setattr("gazeti.edge.store.newsroom_store", lambda: store)
    with transaction.atomic():
        edge.purge(["recent"])
        assert store.generation == before
    assert store.generation > before
