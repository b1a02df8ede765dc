"""Processes that file and purge, killed: `python -m tests.edge.store.killing VERB FOLDER SECONDS`; answers are JSON.

`steps` kills one before each of its calls to the system in turn; `storm` kills several at random while a reader looks.
"""

import fcntl
import gzip
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import brotli
import django

COUNTED = ("open", "os.", "fcntl.", "shutil.")
"""Calls that change or look at files, by the names under which the interpreter tells of them (PEP 578)."""
PATH = "/city/bridge/"
CODINGS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.decompress, ".br": brotli.decompress}


class Log:
    """The stand-in for the log: a purge is a byte in a file, its position how many there are."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def head(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def purge(self) -> int:
        with self.path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(b".")
            file.flush()
            return file.tell()


def in_a_child(work: Callable[[], object]) -> int:
    """Fork, do it, and return the child's id; the parent waits for it."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    finally:
        os._exit(0)


def kill_at(step: int) -> None:
    """End this process by SIGKILL before its call of this number."""
    left = [step]

    def count(event: str, _arguments: object) -> None:
        if event.startswith(COUNTED):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def version_of(position: int) -> str:
    return f"Version {position:06}. "


def lay(store: object, log: Log, position: int) -> None:
    """Keep and file the page as it is at a position."""
    from tests.edge.store.samples import page

    answer = page(PATH, text=version_of(position), position=position)
    store.keep(answer)  # type: ignore[attr-defined]
    store.file(answer, lambda asked, _tags: log.head() > asked)  # type: ignore[attr-defined]


def seen(folder: Path) -> dict[str, int]:
    """Return the version in each file of the page, as a server in front finds them; fails for what is torn."""
    from gazeti.edge.store.kinds import shape

    found = {}
    place = folder / "pages" / shape() / PATH[1:]
    if not (place / "index.html").exists():
        return {}
    for ending, unpacked in CODINGS.items():
        with suppress(FileNotFoundError):
            text = unpacked((place / f"index.html{ending}").read_bytes()).decode()
            word = text.removeprefix("<!doctype html><p>").removesuffix("</p>")
            assert word == word[:16] * 40, f"torn: {text[:40]}"
            found[ending] = int(word[8:14])
    return found


def life(folder: Path, log: Log) -> None:
    """What one process does: it starts, files, purges, files again, and tidies."""
    from tests.edge.store.samples import prepared

    store = prepared(folder, head=log.head(), purged=log.head())
    lay(store, log, log.head())
    store.flush(log.purge())
    lay(store, log, log.head())
    store.tidy()


def steps(folder: Path, _seconds: float) -> dict[str, int]:
    """Kill a process before each of its calls, start another on what it left, and look at what readers find."""
    return {"killed": in_turn(folder / "life", killed_in_life) + in_turn(folder / "start", killed_at_start)}


def in_turn(folder: Path, killed: Callable[[Path, int], bool]) -> int:
    """Do it with a kill before the first call, the second, and so on, until there is no such call; how often it was."""
    step = 1
    while True:
        own = folder / str(step)
        own.mkdir(parents=True)
        if not killed(own, step):
            return step - 1
        step += 1


def killed_in_life(folder: Path, step: int) -> bool:
    """Whether a life was ended at that step; what it left is whole, and right once another has started."""
    from tests.edge.store.samples import prepared

    store_folder, log = folder / "store", Log(folder / "log")
    was_killed = ended(lambda: life(store_folder, log), step)
    before = seen(store_folder)
    assert len(set(before.values())) <= 1, f"step {step}: two versions of a page, {before}"
    store = prepared(store_folder, head=log.head(), purged=log.head())
    after = seen(store_folder)
    assert set(after.values()) <= {log.head()}, f"step {step}: {after} after purge {log.head()}"
    kept = store.find(PATH, "")
    assert kept is None or kept.bodies["identity"].decode().count(version_of(kept.position)) == 40, step
    lay(store, log, log.head())
    assert seen(store_folder) == dict.fromkeys(CODINGS, log.head()), f"step {step}: nothing more is filed"
    return was_killed


def killed_at_start(folder: Path, step: int) -> bool:
    """Whether a start was ended at that step, after a purge that nobody heard of or with a new edition."""
    from tests.edge.store.samples import EDITION, prepared

    was_killed = False
    for purges, edition in ((1, EDITION), (0, "fedcba9876543210")):
        store_folder, log = folder / f"store-{purges}", Log(folder / f"log-{purges}")
        lay(prepared(store_folder, head=0, purged=0), log, 0)
        assert seen(store_folder)
        for _ in range(purges):
            log.purge()
        start = lambda at=store_folder, log=log, edition=edition: prepared(  # noqa: E731
            at, edition=edition, head=log.head(), purged=log.head()
        )
        was_killed |= ended(start, step)
        start()
        assert seen(store_folder) == {}, f"step {step}: a page from before is still found"
    return was_killed


def ended(work: Callable[[], object], step: int) -> bool:
    """Do it in a child that is killed before its call of that number; whether it had so many."""
    _pid, status = os.waitpid(in_a_child(lambda: (kill_at(step), work())), 0)
    return os.WIFSIGNALED(status)


def toil(folder: Path, log: Log, told: Path) -> None:
    """File and purge without an end; each purge that has been flushed is told."""
    from tests.edge.store.samples import prepared

    dice = random.Random()
    store = prepared(folder, head=log.head(), purged=log.head())
    while True:
        if dice.random() < 0.1:
            position = log.purge()
            store.flush(position)
            # An empty file for each: their greatest number is what every reader may rely on.
            (told / str(position)).touch()
        else:
            lay(store, log, log.head())


def looked(folder: Path, told: Path) -> dict[str, int]:
    """Return the versions that a reader finds; fails for one from before a purge that was told when he asked."""
    least = max((int(path.name) for path in told.iterdir()), default=0)
    found = seen(folder)
    assert min(found.values(), default=least) >= least, f"{found} after purge {least}"
    return found


def storm(folder: Path, seconds: float) -> dict[str, int]:
    """Let three processes work, kill one again and again, and look as a server in front would all the while."""
    log, told = Log(folder / "log"), folder / "told"
    told.mkdir()
    children = Children(lambda: toil(folder / "store", log, told))
    counts, end = {"looks": 0, "found": 0}, time.monotonic() + seconds
    try:
        while time.monotonic() < end or counts["found"] < 10 or children.killed < 5:
            counts["found"] += bool(looked(folder / "store", told))
            counts["looks"] += 1
            children.lose_one_now_and_then()
    finally:
        children.end()
    return counts | {"kills": children.killed, "purges": log.head()}


class Children:
    """Three processes that do the same; each that is killed has a successor at once."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work, self.dice, self.killed, self.next = work, random.Random(), 0, 0.0
        self.running = [in_a_child(work) for _ in range(3)]

    def lose_one_now_and_then(self) -> None:
        if time.monotonic() < self.next:
            return
        self.end(self.running.pop(self.dice.randrange(3)))
        self.running.append(in_a_child(self.work))
        self.killed += 1
        self.next = time.monotonic() + self.dice.uniform(0.01, 0.1)

    def end(self, *chosen: int) -> None:
        for child in chosen or self.running:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


if __name__ == "__main__":
    django.setup()
    from gazeti.edge.store import kinds
    from tests.edge.store.samples import PAGES

    kinds._declared.clear()
    kinds.declare(PAGES)
    print(json.dumps({"steps": steps, "storm": storm}[sys.argv[1]](Path(sys.argv[2]), float(sys.argv[3]))))  # noqa: T201
