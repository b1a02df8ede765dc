"""The second tier: kept answers as plain files, shared by the workers and there after a restart.

`records/` is the server's own, `pages/` what nginx or Caddy serve. Nothing here raises for the disk: serving goes on.
"""

import time
from functools import lru_cache, partial
from pathlib import Path

from django.conf import settings

from gazeti.edge.answers import KEPT_SECONDS, Answer, key_of
from gazeti.edge.store.caretaker import Caretaker
from gazeti.edge.store.claims import Claim, claimed
from gazeti.edge.store.disk import Disk
from gazeti.edge.store.edition import edition
from gazeti.edge.store.folders import NEVER, lay_folder, noted_number
from gazeti.edge.store.kinds import Kind, declare, declared, fits
from gazeti.edge.store.pages import Pages, Purged
from gazeti.edge.store.records import Records

__all__ = ["Claim", "Kind", "Store", "declare", "declared", "newsroom_store"]
MOST_BYTES = 2_000_000_000
CLOCKS = 1.0
"""Seconds by which the time of a file may be behind the clock that dates renders; it is that of the last tick."""
AGAIN = 1.0
"""Seconds until what the disk refused is tried again."""


class Store:
    """One newsroom's store on this machine, as one process uses it. All methods may be called from any thread."""

    def __init__(self, folder: Path, edition: str, *, most_bytes: int = MOST_BYTES) -> None:
        """Use this folder for this edition; another edition's files are never given. `prepare` comes before serving."""
        self.folder, self.most_bytes = folder, most_bytes
        self.disk = Disk(folder)
        self.records = Records(folder / "records", edition, self.disk)
        self.pages = Pages(folder, edition, self.disk)
        self.caretaker = Caretaker()
        self.highest = folder / "highest"
        self.is_prepared = False
        self._seen = NEVER

    @property
    def generation(self) -> int:
        """Rises with each purge that was flushed; what was filed under a lower one has to be filed again."""
        return self.pages.generation

    @property
    def is_calm(self) -> bool:
        """Whether what is filed now may lie there for a while: purges do not come one after the other."""
        return self.pages.is_calm

    @property
    def state(self) -> str:
        """The word "ok", "full", or a sentence about what the disk refuses or why nothing is filed."""
        if self.is_prepared and self.disk.state == "ok" and not self.pages.is_ours():
            return "another version of the program or its settings has the page store: reload `gazeti serve`"
        return self.disk.state

    def prepare(self, *, purged: int, head: int | None = None) -> None:
        """Before serving: take away what another edition filed, and what is not of this log.

        `purged` is the position of the log's last purge, 0 if there is none; `head` that of its last event, if known.
        """
        self.is_prepared = True
        self.pages.prepare(purged)
        with self.disk.doing("Preparing the records"):
            for name in ("records", "claims"):
                lay_folder(self.folder / name, 0o700)
            if head is not None and noted_number(self.highest) > head:
                # The database is an older one than it was: its positions will mean something else.
                self.records.forget(lambda _head: True)
                self.pages.note(self.highest, str(head))
        self.caretaker.later(0, "clear away", self.pages.clear_away)

    def keep(self, answer: Answer) -> bool:
        """Keep a private record of an answer; whether it was kept."""
        self._stand()
        if answer.position > self._seen and self.disk.has_room():
            with self.disk.doing("Noting a position"):
                self.pages.note(self.highest, str(answer.position))
                self._seen = answer.position
        return self.records.keep(answer)

    def _stand(self) -> None:
        """Lay everything again, with its modes, if somebody has taken the store away while this process serves."""
        if self.is_prepared and not self.pages.is_laid() and self.disk.has_room():
            self.prepare(purged=self.pages.position)

    def find(self, path: str, query: str) -> Answer | None:
        """The answer that was kept last, not older than a day. Whether it is still true is for the caller to judge."""
        return self.records.find(path, query)

    def file(self, answer: Answer, purged_since: Purged) -> bool:
        """Lay an answer where the server in front finds it, now or when the second of its `Last-Modified` is over.

        `purged_since(position, tags)` asks the log itself, not what this process has heard. Whether it lies or will lie
        there. Raises what `purged_since` raises.
        """
        if not fits(answer):
            return False
        self._stand()
        due = self.pages.due(answer)
        if due <= time.time():
            return self.pages.file(answer, purged_since)
        return self.caretaker.later(due, answer.path, partial(self.pages.file, answer, purged_since))

    def flush(self, position: int) -> None:
        """A purge at this position is known: take every public page away. The first call in a process prepares."""
        if not self.is_prepared:
            self.prepare(purged=position)
        if self.pages.flush(position):
            self.caretaker.later(0, "clear away", self.pages.clear_away)
        else:
            self.caretaker.later(time.time() + AGAIN, "flush", partial(self.flush, position))

    def let_go(self, position: int) -> None:
        """The same from a process that serves nobody, and may have other settings: it lays claim to nothing."""
        self.pages.flush(position)

    def forget(self, path: str, query: str) -> None:
        """Take away the record of an answer that must not even stand in."""
        self.records.drop(path, query)

    def forget_tags(self, tags: frozenset[str], *, before: int) -> int:
        """Take away every record with one of the tags whose render began before a position; how many there were."""
        return self.records.forget(lambda head: head.position < before and bool(head.tags & tags))

    def claim(self, path: str, query: str) -> Claim | None:
        """The right to render an address; None while another process or thread of this machine has it."""
        return claimed(self.folder / "claims", key_of(path, query))

    def tidy(self) -> None:
        """Drop what is older than a day, and the oldest of what is too much; to be called now and then by one process.

        A public page that goes is laid again when somebody asks for it.
        """
        with self.disk.doing("Tidying"):
            self.pages.drop(self._is_old)
            self.records.tidy(most_bytes=self.most_bytes, now=time.time())
            self.pages.clear_away()
            if self.pages.weight() > self.most_bytes:
                self.pages.empty()

    def _is_old(self, address: str, laid: float) -> bool:
        """Whether a page was laid or rendered so long ago that it may not be given any more, as far as can be told."""
        rendered = self.records.rendered_at(address, "")
        if rendered is None:
            return laid + KEPT_SECONDS < time.time()
        # Of a later render than what lies there, whose own time nobody knows.
        is_of_another = rendered > laid + CLOCKS
        return is_of_another or min(laid, rendered) + KEPT_SECONDS < time.time()


@lru_cache(maxsize=1)
def newsroom_store() -> Store:
    """The store that this process uses: GAZETI_STORE, else `store` in the newsroom."""
    return Store(Path(settings.GAZETI_STORE), edition())
