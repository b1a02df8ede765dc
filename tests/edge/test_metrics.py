"""`/metrics` is for the operator, and counts what readers got."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from gazeti import log
from gazeti.edge.metrics import kind_of
from gazeti.log.clock import tick
from gazeti.log.models import Failure

pytestmark = pytest.mark.django_db


def figure(client: Client, name: str) -> float:
    lines = client.get("/metrics").content.decode().splitlines()
    found = [line for line in lines if line.startswith(f"{name} ")]
    return float(found[0].split()[-1]) if found else 0.0


def test_answers_are_counted_by_kind_and_status(client: Client) -> None:
    name = 'gazeti_answers_total{kind="static",status="404"}'
    before = figure(client, name)
    client.get("/static/absent.css")
    assert figure(client, name) == before + 1
    assert figure(client, 'gazeti_answer_seconds_count{kind="static"}') >= 1


@pytest.mark.database
def test_the_work_that_waits_and_the_log_are_told(client: Client) -> None:
    waiting, head = figure(client, "gazeti_tasks_waiting"), figure(client, "gazeti_log_head")
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="a.b",
        backend_name="default",
        run_after="2024-07-04T06:12:00Z",
    )
    log.append("tests", "happened")
    assert figure(client, "gazeti_tasks_waiting") == waiting + 1
    assert figure(client, "gazeti_log_head") == head + 1


@pytest.mark.database
def test_the_clock_is_told(client: Client) -> None:
    assert figure(client, "gazeti_clock_silent_seconds") == -1
    tick(now=timezone.now() - timedelta(seconds=90))
    assert 90 <= figure(client, "gazeti_clock_silent_seconds") < 150
    moment = timezone.now()
    Failure.objects.create(job="schedule", key="7", first_at=moment, last_at=moment, next_try_at=moment)
    assert figure(client, "gazeti_clock_failures") == 1


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_with_the_database_away_what_the_workers_counted_is_told_all_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    assert figure(client, "gazeti_database_answers") == 1

    def away(*_any: Any, **_named: Any) -> None:
        raise error("the server closed the connection")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", away)
    told = client.get("/metrics")
    assert told.status_code == 200
    assert b"gazeti_answers_total" in told.content
    assert b"gazeti_tasks_waiting" not in told.content
    assert figure(client, "gazeti_database_answers") == 0


@pytest.mark.parametrize(
    "request_by",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": ""},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Authorization": "Bearer guess"}, "REMOTE_ADDR": "203.0.113.9"},
    ],
)
def test_readers_are_refused_also_those_behind_a_proxy_on_this_machine(
    client: Client, request_by: dict[str, Any]
) -> None:
    answer = client.get("/metrics", **request_by)
    assert answer.status_code == 403
    assert b"gazeti_" not in answer.content
    assert answer["Cache-Control"] == "no-store"


def test_with_a_token_whoever_has_it_may_read_and_nobody_else(client: Client, settings: Settings) -> None:
    settings.GAZETI_METRICS_TOKEN = "seen-by-the-operator"
    asked = {"REMOTE_ADDR": "203.0.113.9", "headers": {"Authorization": "Bearer seen-by-the-operator"}}
    assert client.get("/metrics", **asked).status_code == 200
    assert client.get("/metrics").status_code == 403


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "reader"), ("/news/bridge/", "reader"), ("/desk/pages/3/", "desk"), ("/media/a.webp", "media"),
     ("/healthz", "healthz"), ("/deskchair/", "reader"), ("//desk/", "desk")],
)  # fmt: skip
def test_an_address_has_its_kind_and_strange_ones_make_no_new_series(path: str, kind: str) -> None:
    assert kind_of(path) == kind
