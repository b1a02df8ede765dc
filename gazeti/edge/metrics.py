"""`/metrics` for Prometheus: requests as they are answered, and how far the background work is.

The workers count into shared files (PROMETHEUS_MULTIPROC_DIR, laid by `gazeti serve`); whoever answers adds them up.
"""

import ipaddress
import os
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from gazeti import log
from gazeti.edge import backups
from gazeti.edge.tags import uncached
from gazeti.log.backlog import backlog
from gazeti.log.clock import last_seen, open_failures

KINDS = ("api", "desk", "documents", "drafts", "healthz", "media", "metrics", "static")
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")
FORMAT = "text/plain; version=0.0.4; charset=utf-8"

EDGE = Counter("gazeti_edge_answers", "What the edge did for readers' requests, by how.", ["how"])
STREAMS = Counter(
    "gazeti_edge_streams", "Streams of events: opened, ended by either side, refused for want of a place.", ["how"]
)
ANSWERS = Counter("gazeti_answers", "Answers by the kind of address and their status.", ["kind", "status"])
SECONDS = Histogram(
    "gazeti_answer_seconds",
    "Time from a request to its answer, by the kind of address.",
    ["kind"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


class Counted:
    """Counts and times every answer; the outermost layer."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and count it."""
        began = time.perf_counter()
        response = self.inner(request)
        kind = kind_of(request.path)
        SECONDS.labels(kind).observe(time.perf_counter() - began)
        ANSWERS.labels(kind, response.status_code).inc()
        return response


class Work:
    """The state of the background tasks, the clock, the log and planned backups, read when asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give each figure; none while the database is away, which is no reason to hide what the workers counted."""
        try:
            found = list(self._read())
        except Error:
            found = []
        yield GaugeMetricFamily("gazeti_database_answers", "1 while the database answers.", value=bool(found))
        yield from found
        if planned := backups.state():
            told = "1 while the last planned backup failed."
            yield GaugeMetricFamily("gazeti_backup_failing", told, value=planned == "failing")
            told = "Since when the last planned backup was made, or the first was due; -1 if none was planned yet."
            yield GaugeMetricFamily("gazeti_backup_age_seconds", told, value=backups.age())

    def _read(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        tasks = backlog(now=now)
        waited = (now - tasks.oldest).total_seconds() if tasks.oldest else 0
        yield GaugeMetricFamily("gazeti_tasks_waiting", "Background tasks that wait.", value=tasks.waiting)
        yield GaugeMetricFamily("gazeti_tasks_running", "Background tasks that run.", value=tasks.running)
        yield GaugeMetricFamily("gazeti_tasks_failed", "Background tasks that failed.", value=tasks.failed)
        yield GaugeMetricFamily("gazeti_tasks_oldest_seconds", "How long the oldest task waits.", value=waited)
        seen = last_seen()
        silent = (now - seen).total_seconds() if seen else -1
        yield GaugeMetricFamily(
            "gazeti_clock_silent_seconds", "Since when the clock was not seen; -1 if never.", value=silent
        )
        yield GaugeMetricFamily("gazeti_clock_failures", "What is due and fails.", value=len(open_failures()))
        yield GaugeMetricFamily("gazeti_log_head", "The last position of the log.", value=log.head())


def kind_of(path: str) -> str:
    """The kind of an address: its first word if it is one of the house's, else "reader"."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in KINDS else "reader"


def may_read(request: HttpRequest) -> bool:
    """Whoever has the token; where none is set, only a program on this machine that no proxy stands before."""
    if settings.GAZETI_METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {settings.GAZETI_METRICS_TOKEN}")
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and not any(name in request.headers for name in FORWARDED)


@uncached
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures in Prometheus's text format, version 0.0.4."""
    if not may_read(request):
        sentence = "These figures are for the operator: ask from this machine, or with the token (docs/operators.md).\n"
        return HttpResponse(sentence, status=403, content_type="text/plain; charset=utf-8")
    return HttpResponse(figures(), content_type=FORMAT)


def figures() -> bytes:
    """What all workers counted, and the state of the work."""
    registry = CollectorRegistry()
    registry.register(Work())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
        return bytes(generate_latest(registry))
    return bytes(generate_latest(REGISTRY) + generate_latest(registry))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
