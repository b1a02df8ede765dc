"""What a fork does to be the process that was asked for, as one that Python has just started."""

import asyncio
import atexit
import ctypes
import fcntl
import io
import os
import runpy
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, TextIO

from tests.forkserver import client
from tests.forkserver.loaded import Loaded, has_newsroom
from tests.forkserver.start import Start

IGNORED = {signal.SIGPIPE, signal.SIGXFSZ}
"""Signals that Python lets be from its beginning."""


def run(start: Start, *, given: list[int], loaded: Loaded) -> NoReturn:
    """Be this process to its end; `given` are the descriptors in the order of `start.own`."""
    status = 1

    def become(another: Start) -> NoReturn:
        run(another, given=another.given, loaded=loaded)

    try:
        _take(start.own, given)
        _leave_behind()
        _stand(start)
        if not loaded.fits(start.environment):
            os.execve(start.command[0], start.command, start.environment)  # noqa: S606
        _show(start.command)
        _open_streams()
        loaded.watch()
        client.stand_in(lambda another: client.fork_here(another, become), unless=has_newsroom)
        status = _run_module(start)
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    _end(status)


def _run_module(start: Start) -> int:
    if "-P" not in start.command[:2]:
        sys.path.insert(0, start.folder)
    sys.orig_argv, sys.argv = start.command, ["-m", *start.words]
    try:
        runpy.run_module(start.module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return _status(end.code)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    return 0


def _status(code: object) -> int:
    if code is None or isinstance(code, int):
        return (code or 0) & 0xFF
    sys.stderr.write(f"{code}\n")
    return 1


def _end(status: int) -> NoReturn:
    """End as Python does, without the frames below us: they are another process's."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(status)


def _take(own: list[int], given: list[int]) -> None:
    """Give each descriptor its number, and close all others."""
    above = max(own) + 1
    moved = [fcntl.fcntl(one, fcntl.F_DUPFD, above) for one in given]
    for number, source in zip(own, moved, strict=True):
        os.dup2(source, number)
    for number in [int(one.name) for one in Path("/proc/self/fd").iterdir()]:
        if number not in own:
            with suppress(OSError):
                os.close(number)


def _leave_behind() -> None:
    """Leave the signals and the event loop of who forked."""
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_IGN if number in IGNORED else signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asyncio.events._set_running_loop(None)
    asyncio.set_event_loop_policy(None)


def _stand(start: Start) -> None:
    os.chdir(start.folder)
    if start.new_session:
        os.setsid()
    if start.group >= 0:
        os.setpgid(0, start.group)
    os.environ.clear()
    os.environ.update(start.environment)
    time.tzset()
    tempfile.tempdir = None


def _show(command: list[str]) -> None:
    """Write the command where the system reads it (proc(5): `arg_start` and `arg_end` of /proc/self/stat)."""
    fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    begin, end = int(fields[45]), int(fields[46])
    words = b"".join(os.fsencode(word) + b"\0" for word in command)[: end - begin - 1]
    ctypes.memmove(begin, words.ljust(end - begin, b"\0"), end - begin)


def _open_streams() -> None:
    """Open Python's own streams on the new descriptors: what the old ones know of them is another file's."""
    errors = sys.__stdin__.errors  # type: ignore[union-attr]
    sys.stdin = sys.__stdin__ = _opened(0, "rb", name="<stdin>", errors=errors)
    sys.stdout = sys.__stdout__ = _opened(1, "wb", name="<stdout>", errors=errors)
    sys.stderr = sys.__stderr__ = _opened(2, "wb", name="<stderr>", errors="backslashreplace")


def _opened(number: int, mode: str, *, name: str, errors: str | None) -> TextIO:
    whole = bool(os.environ.get("PYTHONUNBUFFERED"))
    file: Any = open(number, mode, buffering=0 if whole and number else -1, closefd=False)  # noqa: SIM115
    getattr(file, "raw", file).name = name
    encoding, by_line = sys.__stderr__.encoding, not whole and (number == 2 or os.isatty(number))  # type: ignore[union-attr]
    return io.TextIOWrapper(file, encoding, errors, newline="\n", line_buffering=by_line, write_through=whole)
