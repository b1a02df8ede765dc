"""A throw-away nginx on loopback with a printed configuration: everything it writes lies in a folder of its own."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.processes import free_port, until
from tests.services.listening import listens

DEBIAN = Path("/usr/sbin/nginx")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
AROUND = """\
{module}
{user}
worker_processes 1;
daemon off;
pid "{folder}/pid";
error_log "{folder}/errors";
events {{ worker_connections 1000; }}
http {{
    access_log off;
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    include "{folder}/site";
}}
"""


def program() -> str | None:
    """Return the path of this machine's nginx."""
    return shutil.which("nginx") or (str(DEBIAN) if DEBIAN.exists() else None)


def has_brotli() -> bool:
    """Say whether this machine's nginx can serve Brotli's files."""
    return BROTLI.exists()


@contextmanager
def nginx(printed: str, folder: Path) -> Iterator[str]:
    """Run it with what `gazeti doctor --nginx` printed, on a free port; give its address with no slash at its end."""
    folder.mkdir()
    port = free_port()
    site = re.sub(r"^ +listen \[::\]:80;\n", "", printed, flags=re.MULTILINE).replace(
        "listen 80;", f"listen 127.0.0.1:{port};"
    )
    module, user = "", "user root;" if os.geteuid() == 0 else ""
    if has_brotli():
        module, site = f"load_module {BROTLI};", site.replace("# brotli_static on;", "brotli_static on;")
    (folder / "site").write_text(site)
    (folder / "conf").write_text(AROUND.format(folder=folder, module=module, user=user))
    command = [str(program()), "-p", str(folder), "-e", str(folder / "errors"), "-c", str(folder / "conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr, tested.stderr
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: listens(port), "nginx answers")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(30)
