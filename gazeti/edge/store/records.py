"""Records: one private file for each kept answer, for the other workers and for after a restart.

A record is true or not by its position and tags, like an answer in memory; that is for whoever asks to judge.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from gazeti.edge.answers import KEPT_SECONDS, Answer, key_of
from gazeti.edge.store.disk import ABANDONED, Disk
from gazeti.edge.store.written import Head, head_of, whole, written

UNFINISHED = ".part"


class Records:
    """The records of one edition of the program."""

    def __init__(self, folder: Path, edition: str, disk: Disk) -> None:
        """Keep them in this folder; nothing is laid before there is something to keep."""
        self.every, self.folder, self.disk = folder, folder / edition, disk
        self._numbers = count()

    def keep(self, answer: Answer) -> bool:
        """Keep an answer in place of the one before, whole or not at all."""
        if not self.disk.has_room():
            return False
        path = self._path(answer.key)
        part = path.with_name(f"{path.name}.{os.getpid()}-{next(self._numbers)}{UNFINISHED}")
        with self.disk.doing("Keeping a page") as done:
            try:
                _write(part, written(answer))
                part.replace(path)
            except OSError:
                part.unlink(missing_ok=True)
                raise
        return bool(done)

    def find(self, path: str, query: str) -> Answer | None:
        """The answer that was kept last, unless it is torn or older than a day."""
        try:
            answer = whole(self._path(key_of(path, query)).read_bytes())
        except (OSError, ValueError, KeyError):
            return None
        is_it = answer is not None and (answer.path, answer.query) == (path, query)
        return answer if is_it and answer and answer.at + KEPT_SECONDS > time.time() else None

    def rendered_at(self, path: str, query: str) -> float | None:
        """When the answer that was kept last was rendered, as a Unix time."""
        head = head_of(self._path(key_of(path, query)))
        return head.at if head is not None and (head.path, head.query) == (path, query) else None

    def forget(self, is_meant: Callable[[Head], bool]) -> int:
        """Take away the records that are meant, of every edition, and whatever is no record; the number of those.

        Who purges may have other settings than who serves, and so another edition.
        """
        gone = 0
        for path in self._files():
            head = head_of(path)
            if head is None or is_meant(head):
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def drop(self, path: str, query: str) -> None:
        """Take away the record of one address."""
        with self.disk.doing("Taking away a page"):
            self._path(key_of(path, query)).unlink(missing_ok=True)

    def tidy(self, *, most_bytes: int, now: float) -> None:
        """Take away other editions', what is older than a day or not finished, and the oldest beyond so many bytes."""
        for other in self.every.iterdir() if self.every.exists() else ():
            if other != self.folder:
                shutil.rmtree(other, ignore_errors=True)
        total = 0
        for changed, size, path in sorted(self._measured(), reverse=True):
            total += size
            age = now - changed
            if age > KEPT_SECONDS or total > most_bytes or (path.suffix == UNFINISHED and age > ABANDONED):
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        return self.folder / name[:2] / name[2:]

    def _files(self) -> Iterator[Path]:
        return (path for path in self.every.glob("*/*/*") if path.suffix != UNFINISHED)

    def _measured(self) -> Iterator[tuple[float, int, Path]]:
        for path in self.folder.glob("*/*"):
            try:
                found = path.stat()
            except OSError:
                continue
            yield found.st_mtime, found.st_size, path


def _write(path: Path, content: bytes) -> None:
    """Write a file that only the server reads. What a crash tears its checksum tells, so nothing waits for the disk."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
