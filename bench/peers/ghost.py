"""Ghost of npm in its own theme over MariaDB, and nginx's cache holding its compressed pages for sixty seconds."""

import json
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.cores import SERVER, on_core, program
from bench.peers.articles import Desk, file_all
from bench.peers.cached import KEPT_AS, cached
from bench.peers.database import mariadb
from bench.peers.ground import done, ground, laid, wait_until
from bench.servers import HOST, free_port, stopped
from bench.sides import Side
from bench.text import PageText

NAME = "Ghost behind nginx's cache"
VERSION, TOOLS = "ghost@6.65.0", ("node@22", "pnpm@12.4.2")
"""npm itself would choose an older Ghost for this machine's Node; it takes no other pnpm."""
CONFIG = {
    "url": "http://ghost.localhost",
    "database": {"client": "mysql", "connection": {"user": "root", "password": "", "database": "ghost"}},
    "logging": {"transports": ["file"], "level": "error"},
    "mail": {"transport": "stub"},
    "privacy": {"useTinfoil": True},
    "security": {"staffDeviceVerification": False},
    "sendWelcomeEmail": False,
}
"""It asks nobody outside and sends no mail."""
CACHE = f"""proxy_cache_path {{cache}} levels=1:2 keys_zone=ghost:10m use_temp_path=off;
server {{
  listen 127.0.0.1:{{port}};
  location / {{
    proxy_pass http://127.0.0.1:%(port)d; proxy_http_version 1.1;
    proxy_set_header Host ghost.localhost; proxy_set_header Connection "";
    proxy_cache ghost; proxy_cache_key "$request_method$request_uri"; proxy_cache_valid 200 60s;
    proxy_ignore_headers Cache-Control Expires;
    proxy_cache_use_stale updating error timeout; proxy_cache_background_update on; proxy_cache_lock on;
    add_header {KEPT_AS} $upstream_cache_status;
  }}
}}"""


@contextmanager
def ghost_side(text: PageText) -> Iterator[Side]:
    """Run it whole, laid the first time, until the end. Raises NotMeasurable, NotStarted, WrongAnswer."""
    folder = ground("ghost")
    path = laid(folder, text, lambda: lay(folder, text))
    with running(folder) as port, cached(NAME, path, text, servers=CACHE % {"port": port}) as side:
        yield side


def lay(folder: Path, text: PageText) -> str:
    """Ghost's package with what it needs, and the posts; the story's path."""
    install(folder)
    (folder / "package" / "config.production.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    with running(folder) as port:
        return file_all(Desk(port, site=str(CONFIG["url"])), text)


def install(folder: Path) -> None:
    """The package as npm has it, and its locked dependencies, whose scripts are not run. Raises NotStarted."""
    npm = program("npm")
    done([npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder / "tools"), *TOOLS], folder=folder)
    packed = folder / done([npm, "pack", "--silent", VERSION], folder=folder).split()[-1]
    with tarfile.open(packed) as package:
        package.extractall(folder, filter="data")
    options = ["--prod", "--frozen-lockfile", "--ignore-scripts"]
    tool = folder / "tools" / "node_modules" / ".bin" / "pnpm"
    done([str(tool), "install", *options], folder=folder / "package", variables=beside(folder))


def beside(folder: Path) -> dict[str, str]:
    """The environment in which the Node that was installed beside Ghost is the first."""
    return {"PATH": f"{folder / 'tools' / 'node_modules' / '.bin'}:{os.environ['PATH']}", "CI": "1"}


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """Run Ghost and its database on the servers' core; gives the port. Raises NotMeasurable, NotStarted."""
    port = free_port()
    with mariadb(folder / "data", name="ghost") as database, (folder / "ghost.log").open("ab") as log:
        variables = {
            "NODE_ENV": "production",
            "server__port": str(port),
            "database__connection__socketPath": str(database),
        }
        server = subprocess.Popen(
            on_core(SERVER, ["node", "index.js"]),
            cwd=folder / "package", env={**os.environ, **beside(folder), **variables}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait_until(server, lambda: is_well(port), name="Ghost")
            yield port
        finally:
            stopped(server)


def is_well(port: int) -> bool:
    """Whether it gives its front: it says 503 while it makes its tables."""
    connection = HTTPConnection(HOST, port, timeout=30)
    with closing(connection):
        try:
            connection.request("GET", "/", headers={"Host": "ghost.localhost"})
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
