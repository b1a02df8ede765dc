"""Running the real command in processes of its own, and waiting for what they do."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GAZETI = [sys.executable, "-P", "-m", "gazeti"]
IDLE = threading.Event()
PATIENCE = 120.0
"""Seconds until something that must happen counts as not happening; the machine may be busy."""


def environment(**variables: str) -> dict[str, str]:
    """Return the variables of a process that knows nothing of the tests' own newsroom."""
    ours = {"DATABASE_URL", "PORT", "DJANGO_SETTINGS_MODULE", "NOTIFY_SOCKET"}
    kept = {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("GAZETI_")}
    return kept | variables


def gazeti(*words: object, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [*GAZETI, *map(str, words)],
        env=environment(**variables),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * PATIENCE,
    )


def until(happens: Callable[[], Any], what: str) -> Any:
    """Ask again and again until the answer is true, and return it; fail after two minutes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := happens():
            return answer
        IDLE.wait(0.02)
    raise AssertionError(f"this did not happen in {PATIENCE:g} s: {what}")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def answer_of(url: str, **headers: str) -> tuple[int, str]:
    """Return the status and the text of an answer; status 0 where nobody answers."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 (our own server)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return response.status, response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


@dataclass
class Server:
    """A running `gazeti serve`."""

    process: subprocess.Popen[bytes]
    port: int
    output: Path
    seen: set[int] = field(default_factory=set)

    def url(self, path: str = "/") -> str:
        return f"http://localhost:{self.port}{path}"

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def children(self, which: str = "") -> list[int]:
        """Return the processes it keeps, of one kind or all."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        found = [pid for pid in map(int, listed.split()) if f"\0{which}" in command_of(pid)]
        self.seen |= set(found)
        return found

    def left(self) -> list[int]:
        """Return the processes it kept that still run."""
        return [pid for pid in self.seen if "gazeti.cli.children" in command_of(pid)]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


@contextmanager
def telling_what_it_said(server: Server) -> Iterator[None]:
    """Let whatever fails in the block be told with the server's last words: they are gone when the test is."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"the server has said:\n{server.said()[-4_000:]}")
        raise


@contextmanager
def serving(home: Path, *words: str, **variables: str) -> Iterator[Server]:
    """Serve a newsroom until the end of the block; it has said that it answers."""
    output, port = home.parent / f"{home.name}-output", free_port()
    with output.open("wb") as file:
        process = subprocess.Popen(
            [*GAZETI, "--home", str(home), "serve", "--port", str(port), *words],
            env=environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    server = Server(process, port, output)
    try:
        with telling_what_it_said(server):
            until(lambda: " answers at " in server.said() or process.poll() is not None, "it answers")
            assert process.poll() is None
            assert "Gazeti answers" in server.said()
            server.children()
            yield server
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()
