"""A throw-away Caddy on loopback with a printed configuration; without TLS, its own doors or a folder of its own."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.processes import free_port, until
from tests.services.listening import listens

ALONE = "{\n\tadmin off\n\tauto_https off\n}\n"


def program() -> str | None:
    """Return the path of this machine's Caddy."""
    return shutil.which("caddy")


@contextmanager
def caddy(printed: str, folder: Path) -> Iterator[str]:
    """Run it with what `gazeti doctor --caddy` printed, on a free port; give its address with no slash at its end."""
    folder.mkdir()
    port = free_port()
    site, places = re.subn(r"^(?:http://)?[\w.-]+ \{$", f"http://localhost:{port} {{", printed, flags=re.MULTILINE)
    assert places == 1
    (folder / "Caddyfile").write_text(ALONE + site)
    command = [str(program()), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command,
            env=os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        until(lambda: listens(port) or process.poll() is not None, "Caddy answers")
        assert process.poll() is None, (folder / "output").read_text()
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(30)
