"""Debian's nginx on a free port of loopback, one worker on the servers' core, for as long as a part measures."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.cores import SERVER, NotMeasurable, on_core, program
from bench.servers import stopped, wait_for
from bench.text import ROOT

FRAME = """daemon off; worker_processes 1; pid {folder}/pid; error_log stderr error; {user}
events {{ worker_connections 1024; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream;
  access_log off; sendfile on; tcp_nopush on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {servers}
}}
"""
STATIC = """server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; charset utf-8; }}"""
"""The least that nginx can do: a file that is compressed already."""
LISTEN = re.compile(r"^ +listen [^;]*;", re.MULTILINE)
SIXTH = re.compile(r"^ +listen \[::\][^;]*;\n", re.MULTILINE)


@contextmanager
def nginx(port: int, servers: str, *, within: tuple[str, ...] = ()) -> Iterator[None]:
    """Run nginx with these `server` (and other `http`) lines until the end. Raises NotStarted, NotMeasurable."""
    with tempfile.TemporaryDirectory(prefix="gazeti-bench-nginx-") as name:
        user = "user root;" if os.geteuid() == 0 else ""  # the newsroom's folder is closed to others
        config = Path(name) / "nginx.conf"
        config.write_text(FRAME.format(folder=name, user=user, servers=servers), encoding="utf-8")
        command = [program("nginx"), "-p", name, "-e", "stderr", "-c", str(config)]
        server = subprocess.Popen([*within, *on_core(SERVER, command)])
        try:
            if not within:
                wait_for(server, port, "nginx")
            yield
        finally:
            stopped(server)


def page_store(environment: Mapping[str, str], *, front: int, edge: int) -> str:
    """What `gazeti doctor --nginx` prints for a newsroom, on this port and before that one. Raises NotMeasurable."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "gazeti", "doctor", "--nginx"],
        cwd=ROOT, env={**os.environ, **environment, "PORT": str(edge)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotMeasurable(f"gazeti doctor --nginx said: {done.stderr.strip()[-300:]}")
    return LISTEN.sub(f"    listen 127.0.0.1:{front};", SIXTH.sub("", done.stdout))
