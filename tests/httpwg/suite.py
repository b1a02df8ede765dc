"""Running the suite from a fetched copy: their origin, our cache before it, their client, their verdicts."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.newsroom import settings_of
from bench.servers import HOST, free_port, serving
from tests.cli.processes import until

PATIENCE = 900
ENGINE = "test-engine"
VERDICTS = """
import fs from 'node:fs'
import tests from './tests/index.mjs'
import { determineTestResult } from './test-engine/lib/results.mjs'
const results = JSON.parse(fs.readFileSync(0))
const found = tests.flatMap(suite => suite.tests.map(test => ({
  id: test.id, name: test.name, part: suite.name, kind: test.kind || 'required',
  browser: test.browser_only === true,
  passed: results[test.id] === true,
  said: Array.isArray(results[test.id]) ? results[test.id][1] : '',
  verdict: determineTestResult(tests, test.id, results)[2]
})))
console.log(JSON.stringify(found))
"""


class NotRun(Exception):
    """The suite could not be run; the sentence says why."""


@dataclass(frozen=True)
class Result:
    """What became of one of their tests; `passed` regards this test alone, `verdict` also those it depends on."""

    id: str
    name: str
    part: str
    kind: str
    browser: bool
    passed: bool
    said: str
    verdict: str


def folder(named: str | None) -> Path:
    """Return the fetched copy's folder. Raises NotRun unless it is one that can be run."""
    if not named:
        raise NotRun("no folder named: fetch github.com/http-tests/cache-tests, run `npm install` in it, name it")
    found = Path(named)
    if not (found / ENGINE / "cli.mjs").exists():
        raise NotRun(f"{found} is no copy of http-tests/cache-tests")
    if not (found / "node_modules" / "undici").exists():
        raise NotRun(f"{found} has no node_modules: run `npm install` there")
    if shutil.which("node") is None:
        raise NotRun("no node found")
    return found


def run(copy: Path, *, test: str = "") -> str:
    """Run their client against the edge before their origin; return its JSON, or its account of one `test`."""
    with origin(copy) as address, tempfile.TemporaryDirectory() as home:
        variables = {
            **settings_of(Path(home)),
            "DJANGO_SETTINGS_MODULE": "tests.httpwg.settings",
            "GAZETI_CACHE_TESTS_ORIGIN": address,
        }
        with serving("tests.httpwg.application:application", variables) as port:
            asked = {"npm_config_base": f"http://{HOST}:{port}", "npm_config_id": test, "npm_package_config_id": ""}
            return node(copy, f"{ENGINE}/cli.mjs", **asked)


def results(copy: Path, printed: str) -> list[Result]:
    """Return the verdict on each test, by their own reckoning."""
    told = node(copy, "--input-type=module", "--eval", VERDICTS, said=printed)
    return [Result(**each) for each in json.loads(told)]


def node(copy: Path, *words: str, said: str = "", **variables: str) -> str:
    """Run one of their programs to its end. Raises NotRun if it fails."""
    done = subprocess.run(
        ["node", "--no-warnings", *words],
        cwd=copy,
        env={**os.environ, **variables},
        input=said,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise NotRun(done.stderr.strip() or f"node ended with status {done.returncode}")
    return done.stdout


@contextmanager
def origin(copy: Path) -> Iterator[str]:
    """Give the address of their origin, served for as long as it is needed."""
    port = free_port()
    with tempfile.TemporaryDirectory() as aside:
        variables = {
            "npm_config_protocol": "http",
            "npm_config_port": str(port),
            "npm_config_pidfile": f"{aside}/pid",
        }
        words = ["node", "--no-warnings", f"{ENGINE}/server/server.mjs"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen(words, cwd=copy, env={**os.environ, **variables}, **quiet)
        try:
            until(lambda: listens(port), "their origin answers")
            yield f"{HOST}:{port}"
        finally:
            server.terminate()
            server.wait()


def listens(port: int) -> bool:
    """Say whether somebody takes connections there."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True
