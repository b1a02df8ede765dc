"""`/healthz` tells which part does not work."""

import json
import os
import shutil
from collections import namedtuple

import pytest
from django.db import OperationalError
from django.test import Client

from gazeti.edge import health
from gazeti.edge.truth import truth

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")
GB = 1_000_000_000


def disk(monkeypatch: pytest.MonkeyPatch, *, total: int, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(total, total - free, free))


@pytest.mark.database
def test_a_server_that_is_well_says_so_and_nobody_keeps_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    disk(monkeypatch, total=100 * GB, free=50 * GB)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert told.pop("edge") == {"worker": os.getpid(), "position": truth.heard}
    assert told == {"status": "ok", "database": "ok", "disk": "ok", "store": "ok", "scheme": "http"}
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_database_that_does_not_answer_is_503_and_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\nby the server")

    monkeypatch.setattr(health.connection, "cursor", refuse)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["database"] == "connection refused"
    assert answer.json()["status"] == "failed"


@pytest.mark.parametrize(("total", "free"), [(100 * GB, GB - 1), (GB, 49_000_000)])
def test_a_full_disk_is_told_while_pages_are_still_served(
    client: Client, monkeypatch: pytest.MonkeyPatch, total: int, free: int
) -> None:
    disk(monkeypatch, total=total, free=free)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["disk"]) == ("degraded", "full")


def test_a_disk_with_just_enough_room_is_not_full(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    disk(monkeypatch, total=5 * GB, free=50_000_000)
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_disk_that_went_away_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_path: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(shutil, "disk_usage", lost)
    assert client.get("/healthz").json()["disk"] == "No such file or directory"


def test_it_only_reads(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200
