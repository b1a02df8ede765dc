"""A network in front: told lifetimes and tags, and purged of whatever a purge names, also where it refuses at first."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from gazeti import edge, log
from gazeti.cli.background import worker as background_worker
from gazeti.config.env import BadSetting
from gazeti.config.env import Settings as Newsroom
from gazeti.edge import cdn
from gazeti.log import followers
from gazeti.log.backlog import failed_kinds
from gazeti.log.followers import registry
from tests.cli.processes import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


@dataclass
class Network:
    """A real HTTP server that takes purges, unless it is told to refuse the next ones."""

    url: str = ""
    refusals: int = 0
    answer: bytes = b'{"success": true}'
    taken: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    asked: int = 0


@pytest.fixture
def network() -> Iterator[Network]:
    """Return a network that listens on loopback."""
    state = Network()

    class Door(BaseHTTPRequestHandler):
        def answer(self) -> None:
            state.asked += 1
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if state.refusals:
                state.refusals -= 1
                self.send_error(503)
                return
            names = {name.lower(): value for name, value in self.headers.items()}
            state.taken.append((self.command, self.path, names, body))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(state.answer)

        do_PURGE = do_POST = answer  # noqa: N815 (the names that http.server calls)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        server.shutdown()
        thread.join()


Names = Callable[[str], None]


@pytest.fixture
def name(network: Network, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Names:
    """Return how a newsroom names the network, by the variables that its operator sets."""
    monkeypatch.setattr(registry, "FOLLOWERS", {})
    cdn._headers.cache_clear()

    def set_all(kind: str) -> None:
        facts = {"": kind, "_URL": network.url, "_ZONE": "zone1", "_TOKEN": "token1"}
        for end, value in facts.items():
            monkeypatch.setenv(f"GAZETI_CDN{end}", value)
        settings.GAZETI_CDN = kind
        settings.WAGTAILFRONTENDCACHE = Newsroom(settings.GAZETI_HOME).cdn()
        cdn.register()
        if kind:
            follow()

    return set_all


def follow() -> int:
    return followers.advance(registry.FOLLOWERS[cdn.NAME], now=timezone.now())


def enqueued() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.filter(task_path=f"{cdn.__name__}.purge_network").order_by("enqueued_at"))


def only_the_first() -> None:
    """Forget the purge that is for what was on its way."""
    DBTaskResult.objects.filter(pk=enqueued()[1].pk).delete()


def run_next(worker: Worker) -> str:
    """Do the oldest task that was not done, as the worker does, whatever its time; return how it ended."""
    task = next(one for one in enqueued() if one.status == "READY")
    task.claim(worker.worker_id)
    worker.run_task(task)
    task.refresh_from_db()
    return str(task.status)


@pytest.fixture
def worker() -> Worker:
    """Return the worker of `gazeti serve`."""
    return background_worker(only_what_waits=True)


def test_without_a_network_nothing_is_told_and_nothing_is_enqueued(name: Names) -> None:
    name("")
    edge.purge(["front"])
    assert cdn.headers(["front", "story:1"]) == []
    assert registry.FOLLOWERS == {}


def test_an_answer_tells_the_network_how_long_it_lasts_and_its_tags(name: Names) -> None:
    name("fastly")
    assert cdn.headers(["story:1", "front"], lasts=600) == [
        (b"cdn-cache-control", b"max-age=600, stale-while-revalidate=30, stale-if-error=86400"),
        (b"surrogate-key", b"everything front story:1"),
        (b"cache-tag", b"everything,front,story:1"),
    ]


def test_a_tag_that_a_header_could_not_carry_is_quoted_and_purged_by_the_same_word(
    name: Names, network: Network, worker: Worker
) -> None:
    name("fastly")
    tag = "path:/habari, mpya/č/"
    word = "path:/habari%2C%20mpya/%C4%8D/"
    assert dict(cdn.headers([tag]))[b"surrogate-key"].decode() == f"everything {word}"
    edge.purge([tag])
    follow()
    run_next(worker)
    assert json.loads(network.taken[0][3]) == {"surrogate_keys": [word]}


def test_an_answer_with_too_many_tags_is_left_to_the_edge(name: Names) -> None:
    name("fastly")
    assert cdn.headers(f"story:{number}" for number in range(2000)) == [(b"cdn-cache-control", b"no-store")]


def test_purges_become_one_task_and_one_for_what_was_on_its_way(name: Names, network: Network, worker: Worker) -> None:
    name("varnish")
    for tags in (["front", "story:1"], ["story:2"], ["*"]):
        edge.purge(tags)
    log.append("stories", "published", {"story": 1})
    assert follow() == 3
    now, later = enqueued()
    assert (now.args_kwargs["args"], later.args_kwargs["args"]) == ([["*", "front", "story:1", "story:2"]],) * 2
    assert timedelta(seconds=4) < later.run_after - timezone.now() < timedelta(seconds=6)
    run_next(worker)
    [(method, path, headers, _body)] = network.taken
    assert (method, path, headers["xkey-purge"]) == ("PURGE", "/", "everything front story:1 story:2")
    assert headers["host"] == "localhost:8000"


def test_a_purge_that_is_rolled_back_reaches_no_network(name: Names) -> None:
    from django.db import transaction

    name("varnish")
    with pytest.raises(LookupError), transaction.atomic():
        edge.purge(["front"])
        raise LookupError
    assert follow() == 0


@pytest.mark.parametrize(
    ("kind", "door", "key", "body"),
    [
        ("fastly", "/service/zone1/purge", ("fastly-key", "token1"), {"surrogate_keys": ["front"]}),
        (
            "cloudflare",
            "/client/v4/zones/zone1/purge_cache",
            ("authorization", "Bearer token1"),
            {"tags": ["front"]},
        ),
    ],
)
def test_each_network_is_asked_in_its_own_way(
    name: Names, network: Network, worker: Worker, kind: str, door: str, key: tuple[str, str], body: dict[str, object]
) -> None:
    name(kind)
    edge.purge(["front"])
    follow()
    run_next(worker)
    [(method, path, headers, sent)] = network.taken
    assert (method, path, json.loads(sent)) == ("POST", door, body)
    assert headers[key[0]] == key[1]


def test_many_tags_go_in_the_parts_that_a_network_takes(name: Names, network: Network, worker: Worker) -> None:
    name("cloudflare")
    edge.purge([f"story:{number}" for number in range(61)])
    follow()
    run_next(worker)
    assert [len(json.loads(body)["tags"]) for *_request, body in network.taken] == [30, 30, 1]


def test_a_network_that_refuses_twice_is_purged_at_the_third_try(name: Names, network: Network, worker: Worker) -> None:
    name("varnish")
    network.refusals = 2
    edge.purge(["front"])
    follow()
    only_the_first()
    for _try in range(3):
        assert network.taken == []
        assert run_next(worker) == "SUCCESSFUL"
    assert (network.asked, len(network.taken)) == (3, 1)
    assert [task.args_kwargs["args"][1:] for task in enqueued()] == [[], [2], [3]]
    assert {task.status for task in enqueued()} == {"SUCCESSFUL"}


def test_a_network_that_never_takes_it_ends_in_a_failed_task(name: Names, network: Network, worker: Worker) -> None:
    name("cloudflare")
    network.answer = b'{"success": false}'
    edge.purge(["front"])
    follow()
    only_the_first()
    statuses = [run_next(worker) for _try in range(len(cdn.PAUSES) + 1)]
    assert statuses == ["SUCCESSFUL"] * len(cdn.PAUSES) + ["FAILED"]
    tries = enqueued()
    pauses = [later.run_after - later.enqueued_at for later in tries[1:]]
    assert all(abs(found - pause) < timedelta(seconds=1) for found, pause in zip(pauses, cdn.PAUSES, strict=True))
    assert failed_kinds() == ["purge_network (NotTaken)"]


def test_a_network_that_is_down_is_asked_again(name: Names, network: Network, worker: Worker) -> None:
    network.url = f"http://127.0.0.1:{free_port()}"
    name("varnish")
    edge.purge(["front"])
    follow()
    only_the_first()
    assert run_next(worker) == "SUCCESSFUL"
    assert [task.args_kwargs["args"] for task in enqueued()] == [[["front"]], [["front"], 2]]


@pytest.mark.parametrize("order", [("far", "near"), ("near", "far")])
def test_of_two_networks_the_one_that_is_down_keeps_the_other_from_nothing_and_is_tried_again_alone(
    name: Names, network: Network, settings: Settings, worker: Worker, order: tuple[str, str]
) -> None:
    name("varnish")
    backend = settings.WAGTAILFRONTENDCACHE["cdn"]
    both = {"near": backend, "far": {**backend, "LOCATION": f"http://127.0.0.1:{free_port()}"}}
    settings.WAGTAILFRONTENDCACHE = {one: both[one] for one in order}
    edge.purge(["front"])
    follow()
    only_the_first()
    assert run_next(worker) == "SUCCESSFUL"
    assert len(network.taken) == 1
    again = enqueued()[1].args_kwargs
    assert (again["args"], again["kwargs"]) == ([["front"], 2], {"only": ["far"]})
    both["far"]["LOCATION"] = network.url
    assert run_next(worker) == "SUCCESSFUL"
    assert [headers["xkey-purge"] for *_request, headers, _body in network.taken] == ["front"] * 2
    assert {task.status for task in enqueued()} == {"SUCCESSFUL"}


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"": "akamai"}, "Write cloudflare, fastly, varnish."),
        ({"": "varnish"}, "Write where the network takes purges"),
        ({"": "fastly", "_ZONE": "zone1"}, "Write both."),
    ],
)
def test_a_network_that_could_not_be_purged_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sentence: str
) -> None:
    for end, value in variables.items():
        monkeypatch.setenv(f"GAZETI_CDN{end}", value)
    with pytest.raises(BadSetting, match=sentence):
        Newsroom(settings.GAZETI_HOME).cdn()
