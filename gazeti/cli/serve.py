"""`gazeti serve`: the newsroom's one command in service."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EADDRINUSE
from typing import TYPE_CHECKING

import click

from gazeti.cli.failures import Debugging, Failure
from gazeti.cli.home import newsroom
from gazeti.cli.presence import present_in

if TYPE_CHECKING:
    from gazeti.config.env import Backups

BACKLOG = 1024
UNREAD = 60
"""Seconds in which a reader's machine must take something of what is sent to it, as nginx's `send_timeout`."""
MOST_WORKERS = 4
"""Workers unless told otherwise: one for each core, at most these."""


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen (default: PORT, else 8000).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Which address of this machine to listen on.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes that answer (default: one for each core, up to 4)."
)
@click.option("--access-log", is_flag=True, help="Write a line for every request.")
@click.option(
    "--backup-to",
    type=click.Path(resolve_path=True),
    metavar="DIR",
    help="Make backups there (default: backup_to in gazeti.toml, else none).",
)
@click.option("--backup-every", metavar="1d", help="How often: 30m, 12h, 1d (default: backup_every, else 1d).")
@click.option("--backup-keep", metavar="7", help="How many are kept (default: backup_keep, else 7).")
def serve(port: int | None, host: str, workers: int | None, *, access_log: bool, **backup: str | None) -> None:
    """Serve the newsroom until SIGTERM or Ctrl-C.

    Brings the database up to date, then keeps the workers, the background tasks and the clock running: one that dies is
    started again. SIGHUP replaces all of them without losing a request, as after an upgrade.
    """
    from gazeti.config.env import Settings

    folder = newsroom()
    # What the command line says counts as the environment's word, for the processes that are started too.
    os.environ.update({f"GAZETI_{name.upper()}": said for name, said in backup.items() if said})
    number, backups = port or Settings(folder).port(), Settings(folder).backups()
    os.environ["PORT"] = str(number)
    # Until the supervisor takes over, a signal ends what has begun, and what was laid is cleared.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with listening(host, number) as door, figures_folder(), present_in(folder):
        _run_child("prepare")
        asyncio.run(_supervise(door, workers or default_workers(), access_log=access_log, backups=backups))


def default_workers() -> int:
    """One for each core that this process may use, at most four."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The bound socket from which all workers take connections. Raises Failure where it cannot be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise Failure(_why_closed(error, host, port)) from error
    with door:
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # on Linux; what is accepted inherits it
            door.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD * 1000)
        yield door


@contextmanager
def figures_folder() -> Iterator[None]:
    """A folder in which the workers count for /metrics, gone afterwards."""
    folder = tempfile.mkdtemp(prefix="gazeti-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def child(which: str, *options: str) -> list[str]:
    """The command that runs one of our processes."""
    debug = ["--debug"] if Debugging.wanted else []
    # -P: a file in the folder where the command was typed is never taken for a module.
    return [sys.executable, "-P", "-m", "gazeti.cli.children", which, *options, *debug]


def _run_child(which: str) -> None:
    """Run a process to its end; it has told by itself what went wrong."""
    if subprocess.run(child(which), check=False, stdin=subprocess.DEVNULL).returncode:
        raise SystemExit(1)


async def _supervise(door: socket.socket, workers: int, *, access_log: bool, backups: "Backups") -> None:
    from gazeti.cli.supervisor import Post, Supervisor

    options = [f"--socket={door.fileno()}", *(["--access-log"] if access_log else [])]
    web = child("web", *options)
    posts = [Post(f"worker {number}", web, farewell=signal.SIGUSR1) for number in range(1, workers + 1)]
    posts += [Post("worker for background tasks", child("tasks")), Post("clock", child("clock"))]
    if backups.folder:
        every = f"--backup-every={backups.every.total_seconds()}"
        plan = (f"--backup-to={backups.folder.absolute()}", every, f"--backup-keep={backups.keep}")
        posts.append(Post("backups", child("backups", *plan)))
    supervisor = Supervisor(posts, say=_say, keep_open=[door.fileno()], preparation=child("prepare"))
    await supervisor.run(when_ready=lambda: _tell_ready(door))


def _say(what: str) -> None:
    click.echo(f"gazeti: {what}", err=True)


def _tell_ready(door: socket.socket) -> None:
    """Ask for our own health, and tell where the newsroom answers."""
    host, port = door.getsockname()[:2]
    seen = {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104
    address = f"http://[{seen}]:{port}/" if ":" in seen else f"http://{seen}:{port}/"
    problem = _problem_of(f"{address}healthz")
    if problem:
        _say(f"The newsroom answers at {address} but is not well: {problem}")
    else:
        click.echo(f"Gazeti answers at {address}")
    sys.stdout.flush()
    _notify_systemd()


def _problem_of(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=20) as response:  # noqa: S310 (our own address)
            body = response.read().decode()
            return "" if '"status": "ok"' in body else body
    except urllib.error.HTTPError as error:
        return error.read().decode(errors="replace")[:300]
    except OSError as error:
        return str(error)


def _notify_systemd() -> None:
    """Tell systemd, where it asked to be told (`Type=notify`), that we are ready."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if where:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.connect(f"\0{where[1:]}" if where.startswith("@") else where)
            line.sendall(b"READY=1")


def _why_closed(error: OSError, host: str, port: int) -> str:
    if error.errno == EADDRINUSE:
        return f"Port {port} is used by another program. Choose one with --port, or stop that program."
    if error.errno == EACCES:
        return f"Port {port} is for the system's own services. Choose one above 1023 with --port."
    return f"{host} port {port} cannot be listened on: {error.strerror or error}."
