"""Purges stand in the log, in the transaction that caused them; answers say what they depend on."""

from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from gazeti import edge, log
from gazeti.edge.store import Store


def purged_since(position: int) -> list[list[str]]:
    return [entry.data["tags"] for entry in log.read(position, stream=None) if entry.stream == "purges"]


@pytest.mark.database
@pytest.mark.django_db
def test_a_purge_is_one_event_with_each_tag_once() -> None:
    start = log.head()
    edge.purge(["recent", "story:1", "recent"])
    assert purged_since(start) == [["recent", "story:1"]]


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
