"""Debian's MariaDB with a data folder of its own, heard on a socket only, for as long as a peer runs."""

import getpass
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.cores import SERVER, on_core, program
from bench.peers.ground import done, wait_until
from bench.servers import stopped


@contextmanager
def mariadb(data: Path, *, name: str) -> Iterator[Path]:
    """Run it on this folder, which is made with an empty database the first time; gives the socket.

    Whoever runs the bench is its only user, without a password. Raises NotMeasurable, NotStarted.
    """
    user = f"--user={getpass.getuser()}"
    if not data.exists():
        options = ["--no-defaults", f"--datadir={data}", user, "--auth-root-authentication-method=normal"]
        done([program("mariadb-install-db"), *options, "--skip-test-db"], folder=data.parent)
    with tempfile.TemporaryDirectory(prefix="gazeti-bench-db-") as runs:
        heard = Path(runs) / "socket"
        options = ["--no-defaults", f"--datadir={data}", user, f"--socket={heard}", "--skip-networking"]
        with (data.parent / "mariadb.log").open("ab") as log:
            server = subprocess.Popen(
                on_core(SERVER, [program("mariadbd"), *options, f"--pid-file={runs}/pid"]), stdout=log, stderr=log
            )
        try:
            wait_until(server, lambda: listens(heard), name="MariaDB")
            statement = f"CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb4"
            done([program("mariadb"), "--no-defaults", f"--socket={heard}", "-u", "root", "-e", statement], folder=data)
            yield heard
        finally:
            stopped(server)


def listens(heard: Path) -> bool:
    """Whether somebody takes connections on this socket."""
    with socket.socket(socket.AF_UNIX) as asked:
        try:
            asked.connect(str(heard))
        except OSError:
            return False
    return True
