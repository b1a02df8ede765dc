"""A throw-away PostgreSQL on this machine: made in a temporary folder, heard on loopback only, gone at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server for as long as the block lasts; give the DATABASE_URL of its empty database.

    Raises `Missing` where the machine has none, and RuntimeError if it does not start.
    """
    tools = programs()
    with tempfile.TemporaryDirectory(prefix="gazeti-postgresql-") as name:
        folder, port = Path(name), free_port()
        data, prefix = folder / "data", as_its_user(folder)
        settings = [part for key, value in SETTINGS.items() for part in ("-c", f"{key}={value}")]
        options = " ".join(["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-k", str(folder), *settings])
        initial = ["--username=gazeti", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        control = [*prefix, str(tools / "pg_ctl"), "--pgdata", str(data), "--wait"]
        execute([*prefix, str(tools / "initdb"), *initial, "--pgdata", str(data)], folder=folder)
        execute([*control, "--log", str(folder / "server"), "-o", options, "start"], folder=folder)
        try:
            yield f"postgresql://gazeti@127.0.0.1:{port}/postgres"
        finally:
            execute([*control, "--mode", "immediate", "stop"], folder=folder)
