"""What a process is started with: read from what `subprocess` gives to the system, and sent to the server."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

OURS = {"gazeti", "tests"}
SERVER = "tests.forkserver.server"
# Where `subprocess` puts what into the call of its `_fork_exec` (CPython 3.11 to 3.13).
WORDS, CLOSE, PASSED, FOLDER, ENVIRONMENT = 0, 2, 3, 4, 5
INPUT, OUTPUT, ERRORS, ERRORS_OF_EXEC = 6, 9, 11, 13
SESSION, GROUP, PERSONS, UMASK, BEFORE = 15, 16, slice(17, 20), 20, 21


@dataclass(frozen=True)
class Start:
    """A command of ours, its environment and folder, and which descriptor of who asks becomes which of its own."""

    command: list[str]
    environment: dict[str, str]
    folder: str
    own: list[int]
    given: list[int]
    new_session: bool
    group: int

    @property
    def module(self) -> str:
        return self.command[self.command.index("-m") + 1]

    @property
    def database(self) -> str:
        """The kind of its database, as DATABASE_URL begins."""
        scheme = self.environment.get("DATABASE_URL", "sqlite:").partition(":")[0]
        return "postgresql" if scheme.startswith("postgres") else scheme

    @property
    def words(self) -> list[str]:
        return self.command[self.command.index("-m") + 2 :]

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Start":
        return cls(**json.loads(data))


def wanted(call: tuple[Any, ...]) -> Start | None:
    """Return what is to be started; None if it is no module of ours or asks for more than we can do."""
    command = [os.fsdecode(word) for word in call[WORDS]]
    is_plain = call[CLOSE] and call[BEFORE] is None and call[UMASK] < 0 and not any(call[PERSONS])
    if not is_plain or not is_ours(command):
        return None
    streams = {0: call[INPUT], 1: call[OUTPUT], 2: call[ERRORS]}
    ends = {own: own if given < 0 else given for own, given in streams.items()}
    ends |= {passed: passed for passed in call[PASSED] if passed != call[ERRORS_OF_EXEC]}
    return Start(
        command=command,
        environment=_environment(call[ENVIRONMENT]),
        folder=os.fsdecode(call[FOLDER] or Path.cwd()),
        own=list(ends),
        given=list(ends.values()),
        new_session=bool(call[SESSION]),
        group=call[GROUP],
    )


def is_ours(command: list[str]) -> bool:
    """Say whether a command is `python [-P] -m` with a module of this project."""
    rest = command[2:] if command[1:2] == ["-P"] else command[1:]
    is_module = command[0] == sys.executable and rest[:1] == ["-m"]
    return is_module and rest[1].split(".")[0] in OURS and rest[1] != SERVER


def _environment(listed: list[bytes] | None) -> dict[str, str]:
    if listed is None:
        return dict(os.environ)
    return dict(os.fsdecode(one).split("=", 1) for one in listed)
