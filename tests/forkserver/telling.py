"""A process that tells all of itself that another could see: `python -m tests.forkserver.telling WORD …`."""

import asyncio
import json
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from gazeti.cli.home import set_up


def stream(one: Any) -> list[Any]:
    told = [one.name, one.encoding, one.errors, one.line_buffering, one.write_through, type(one.buffer).__name__]
    return [*told, one.buffer.seekable(), one.isatty()]


def process() -> dict[str, Any]:
    descriptors = {one.name: str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.exists()}
    # -P has been heeded before a module runs, and nobody can change what the flag says of it.
    flags = str(sys.flags).replace("safe_path=True", "safe_path=False")
    return {
        "words": [sys.argv[1:], sys.orig_argv, Path("/proc/self/cmdline").read_text().rstrip("\0").split("\0")],
        "folder": str(Path.cwd()),
        "variables": dict(os.environ),
        "descriptors": {name: where.partition(":")[0] for name, where in descriptors.items()},
        "inheritable": [os.get_inheritable(int(name)) for name in descriptors],
        "streams": [stream(one) for one in (sys.stdin, sys.stdout, sys.stderr)],
        "signals": {number.name: str(signal.getsignal(number)) for number in signal.Signals},
        "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        "threads": [one.name for one in threading.enumerate()],
        "group": [os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid(), os.getppid(), os.nice(0), os.umask(0o22)],
        "zone": time.tzname,
        "temporary": tempfile.gettempdir(),
        "python": [flags, sys.path, sys.warnoptions, str(asyncio.get_event_loop_policy())[:40]],
        "module": [__name__, sys.modules["__main__"].__dict__.get("__spec__") is not None],
    }


def newsroom() -> dict[str, Any]:
    set_up()
    from django.conf import settings
    from django.db import connection
    from django.utils.timezone import get_default_timezone_name
    from wagtail.admin.forms.account import LocalePreferencesForm

    form = LocalePreferencesForm.base_fields["current_time_zone"].widget.attrs
    file = {key: repr(value) for key, value in connection.settings_dict.items()}
    values = {name: repr(getattr(settings, name)) for name in sorted(dir(settings)) if name.isupper()}
    return values | {"database": file, "zone": [get_default_timezone_name(), form], "C": time.tzname}


if __name__ == "__main__":
    print(json.dumps([process(), newsroom()]))  # noqa: T201
    sys.exit(int(sys.argv[1]))
