"""The bench's load, ready bytes and counting of others' work: they say what wrk and the machine say."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import cores, load, ready, throughput
from bench.sides import BARE, MEMORY, STATIC_FILE, STORE
from bench.wire import Answer
from tests.cli.processes import until

OUTPUT = """Running 8s test @ http://127.0.0.1:1/
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.28ms  330.52us   9.20ms   90.61%
  Latency Distribution
     50%    1.20ms
     99%  250.00us
  184633 requests in 8.00s, 1.29GB read
Requests/sec:  23079.12
Transfer/sec:    165.10MB
"""


def test_what_wrk_counted_is_read_in_milliseconds() -> None:
    assert load.told(OUTPUT) == load.Load(per_second=23079.12, p99_ms=0.25, failed=0)


def test_refusals_and_broken_connections_are_failures() -> None:
    broken = "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 50\n"
    assert load.told(OUTPUT + broken).failed == 60


def test_a_load_that_counted_nothing_is_no_measurement() -> None:
    with pytest.raises(cores.NotMeasurable, match="unable to connect"):
        load.told("unable to connect to 127.0.0.1:1 Connection refused")


def test_a_promise_is_told_only_of_what_was_measured() -> None:
    speeds = {MEMORY: [90.0], BARE: [100.0], STORE: [95.0], "Ghost, behind nginx's cache": [50.0]}
    told = list(throughput.kept_promises(speeds))
    assert [sentence.split(": ")[0] for sentence in told] == [MEMORY, STORE]
    assert "0.90 of bare Granian" in told[0]
    assert "1.90 of Ghost" in told[1]
    assert not any(STATIC_FILE in sentence for sentence in told)


def test_ready_bytes_come_with_the_headers_of_the_answer_that_they_stand_for(tmp_path: Path) -> None:
    head = b'HTTP/1.1 200 OK\r\netag: "a"\r\ndate: today\r\ncontent-length: 5\r\n\r\n'
    ready.keep(tmp_path / "answers", {"/a/": Answer(200, head, b"hello")})
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    application = ready.ready_application(ready.loaded(tmp_path / "answers"))
    asyncio.run(application({"path": "/a/"}, None, send))
    assert sent == [
        {"type": "http.response.start", "status": 200, "headers": [(b"etag", b'"a"'), (b"content-length", b"5")]},
        {"type": "http.response.body", "body": b"hello"},
    ]


def test_our_own_work_and_that_of_what_we_started_is_not_others() -> None:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as busy:
        before = cores.ours()
        until(lambda: cores.ours() > before + 20, "a fifth of a second of its work is counted as ours")
        assert busy.pid in {pid for pid, _ticks in cores.family(os.getpid())}
        assert cores.resident_mb(busy.pid) > 1
        busy.kill()


def test_the_work_of_a_stranger_is_others() -> None:
    """A process whose parent has ended is nobody's."""
    orphan = [
        sys.executable,
        "-c",
        "import os\nif os.fork(): os._exit(0)\nprint(os.getpid(), flush=True)\nwhile True: pass",
    ]
    with subprocess.Popen(orphan, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.wait()
        others = cores.Others()
        try:
            until(lambda: others.share() > 0.1, "it is seen")
        finally:
            os.kill(pid, signal.SIGKILL)
