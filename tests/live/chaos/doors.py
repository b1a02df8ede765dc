"""How an author's wishes reach the newsroom: each door asks again until it has an answer."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.cli.processes import environment
from tests.conventions.tree import ROOT
from tests.live.chaos.authors import Intent
from tests.live.chaos.wire import BROKEN, Reply
from tests.live.chaos.wire import told as answered

AGAIN = (409, 429, 500, 502, 503)
"""Answers after which a program asks the same again, with the same key."""


@dataclass
class DeskDoor:
    """A desk process of the author's own, which may be killed at any moment; another is started and asked the same."""

    home: Path
    story: int
    skew: float
    process: subprocess.Popen[str] | None = None
    kills: int = 0
    unheard: int = 0
    """Wishes whose answer was lost."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, intent: Intent) -> int:
        """Have it done."""
        line = json.dumps(asdict(intent))
        async with self.lock:
            while True:
                with suppress(OSError, ValueError):
                    return int(await asyncio.to_thread(self._asked, line))
                self.unheard += 1
                self.end()

    def _asked(self, line: str) -> str:
        if self.process is None:
            self._start()
        assert self.process
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def _start(self) -> None:
        variables = environment(
            GAZETI_HOME=str(self.home), DJANGO_SETTINGS_MODULE="gazeti.config.settings", PYTHONPATH=str(ROOT)
        )
        command = [sys.executable, "-m", "tests.live.chaos.desk", str(self.story), str(self.skew)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=variables, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdout
        ready = self.process.stdout.readline()
        if ready != "ready\n":
            raise OSError(f"the desk did not begin: {ready!r}")

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        if self.process:
            self.process.kill()
            self.kills += 1

    def end(self) -> None:
        """End the process and what is left of it."""
        if self.process:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                with suppress(OSError, ValueError):
                    pipe.close()  # type: ignore[union-attr]
            self.process = None


@dataclass
class ProgramDoor:
    """The API, called over bad lines with a token; what gets no answer is sent again with its key, until it has one."""

    story: int
    token: str
    port: Callable[[], int]
    kills: int = 0
    again: dict[int, int] = field(default_factory=dict)

    async def __call__(self, intent: Intent) -> int:
        """Have it done."""
        while True:
            reply = await self._asked(intent)
            if reply and reply.status in (200, 201):
                said = json.loads(reply.body)
                return int(said.get("number" if intent.kind == "post" else "version", 0))
            if reply and (reply.status not in AGAIN or (b"being answered" not in reply.body and reply.status == 409)):
                raise AssertionError(f"{intent}: {reply.status} {reply.body[:300]!r}")
            if reply:
                self.again[reply.status] = self.again.get(reply.status, 0) + 1
            await asyncio.sleep(0.2)

    async def _asked(self, intent: Intent) -> Reply | None:
        method, path, facts = called(intent)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": intent.key.replace(" ", "-"),
            "Content-Type": "application/json",
        }
        address, body = f"/api/coverages/{self.story}/{path}", json.dumps(facts).encode()
        try:
            return await answered(self.port(), address, method=method, headers=headers, body=body)
        except BROKEN:
            return None

    def kill(self) -> None:
        """A program has nothing to lose: the server is killed instead."""

    def end(self) -> None:
        """Nothing is left of it."""


def called(intent: Intent) -> tuple[str, str, dict[str, object]]:
    """The method, the address below the coverage's and the body by which the API is asked for it."""
    words: dict[str, object] = {"text": intent.text}
    of_update = f"updates/{intent.number}/"
    if intent.kind == "post":
        return "POST", "updates/", {**words, "is_key": intent.is_key}
    if intent.kind == "edit":
        return "PATCH", of_update, {**words, "is_key": intent.is_key, "seen": intent.seen}
    if intent.kind == "summary":
        return "PUT", "summary/", words
    if intent.number:
        return "POST", f"{of_update}actions/{intent.kind}/", {}
    return "POST", f"actions/{intent.kind}/", {}
