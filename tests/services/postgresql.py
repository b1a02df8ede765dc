"""A throw-away PostgreSQL on this machine: made in a temporary folder, heard on loopback only, gone at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
# Nothing in it outlives the tests, so nothing has to reach the disk.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


class Missing(Exception):
    """This machine has no PostgreSQL server; the message says so in a few words."""


def programs() -> Path:
    """Return the folder of the newest server's programs; raises `Missing` if there is none."""
    debian = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    elsewhere = shutil.which("initdb")
    if elsewhere is None:
        raise Missing("no PostgreSQL server found")
    return Path(elsewhere).parent


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def as_its_user(folder: Path) -> list[str]:
    """Return what to put before a command: the server refuses to be run by root, so user postgres runs it."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def execute(command: list[str], *, folder: Path) -> None:
    """Run one of the server's programs; raises RuntimeError with its own words if it fails."""
    log = folder / "output"
    with log.open("wb") as output:
        status = subprocess.run(command, cwd=folder, stdout=output, stderr=output, check=False).returncode
    if status:
        raise RuntimeError(f"{Path(command[-1]).name}: {log.read_text(errors='replace')}")


@dataclass
class Server:
    """A server that was started; it can be stopped and started again, and keeps what it has."""

    control: list[str]
    folder: Path
    options: str
    url: str

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log = str(self.folder / "server")
        execute([*self.control, "--log", log, "-o", self.options, "start"], folder=self.folder)

    def stop(self, *, mode: str = "fast") -> None:
        """Stop it; `immediate` is as if it crashed."""
        execute([*self.control, "--mode", mode, "stop"], folder=self.folder)

    def is_running(self) -> bool:
        """Say whether it was started and not stopped."""
        return (self.folder / "data" / "postmaster.pid").exists()


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """Run a server with an empty database for as long as the block lasts, with these settings besides ours.

    Raises `Missing` where the machine has none, and RuntimeError if it does not start.
    """
    tools = programs()
    with tempfile.TemporaryDirectory(prefix="gazeti-postgresql-") as name:
        folder, port = Path(name), free_port()
        data, prefix = folder / "data", as_its_user(folder)
        chosen = [part for key, value in {**SETTINGS, **settings}.items() for part in ("-c", f"{key}={value}")]
        options = " ".join(["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-k", str(folder), *chosen])
        initial = ["--username=gazeti", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        control = [*prefix, str(tools / "pg_ctl"), "--pgdata", str(data), "--wait"]
        execute([*prefix, str(tools / "initdb"), *initial, "--pgdata", str(data)], folder=folder)
        running = Server(control, folder, options, f"postgresql://gazeti@127.0.0.1:{port}/postgres")
        running.start()
        try:
            yield running
        finally:
            if running.is_running():
                running.stop(mode="immediate")


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server for as long as the block lasts; give the DATABASE_URL of its empty database."""
    with server() as running:
        yield running.url
