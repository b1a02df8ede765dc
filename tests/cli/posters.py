"""Readers who post while processes are killed: what gets no answer they send again with its key, until it has one."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple
from urllib.parse import urlencode

from tests.cli.commenting import Form
from tests.cli.processes import IDLE, until

AGAIN_EACH = 4
"""Of so many comments that were answered one is sent once more, as by whoever did not see the answer."""
PATIENCE = 60.0
FORM, PROGRAM = "application/x-www-form-urlencoded", "application/json"


class Answer(NamedTuple):
    """What came for a comment: to whoever sent it, the comment is taken."""

    status: int
    location: str
    body: bytes


@dataclass
class Posters:
    """All who post: what they still have to send, where to, and what they were told."""

    forms: Iterator[Form]
    port: int = 0
    sent: list[Form] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    """By key, each answer that came."""
    began: dict[str, float] = field(default_factory=dict)
    """By key, the second at which it was sent for the answer that came first."""
    broken: int = 0
    """Answers that did not come, while somebody listened."""
    faults: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lost: threading.Event = field(default_factory=threading.Event)
    """The test has failed: nobody waits for answers any more."""
    threads: list[threading.Thread] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def accepted(self) -> int:
        """How many comments were taken."""
        return len(self.answers)

    def wait_for(self, more: int) -> None:
        """Wait until so many more were taken."""
        wanted = self.accepted + more
        until(lambda: self.accepted >= wanted or self.faults, f"{wanted} comments are taken")

    @contextmanager
    def posting(self, readers: int) -> Iterator[None]:
        """Let so many post in the block, which calls `end` while somebody can answer them."""
        self.threads = [threading.Thread(target=self.post, daemon=True) for _ in range(readers)]
        for one in self.threads:
            one.start()
        try:
            yield
        except BaseException as error:
            told = f"{self.accepted} of {len(self.sent)} taken, {self.broken} answers broken, faults: {self.faults[:5]}"
            error.add_note(told)
            raise
        finally:
            self.lost.set()
            self.over.set()

    def end(self) -> None:
        """Let nobody begin another comment, and wait until all have an answer to what they sent."""
        self.over.set()
        for one in self.threads:
            # Whose answer was broken off when it was long overdue sends once more.
            one.join(3 * PATIENCE)
        assert not any(one.is_alive() for one in self.threads), "somebody still waits for an answer"

    def post(self) -> None:
        """Send one comment after the other."""
        line = Line(self)
        while not self.over.is_set():
            with self.lock:
                form, number = next(self.forms, None), next(self.numbers)
                if form is None:
                    self.faults.append("there were too few forms")
                    return
                self.sent.append(form)
            for _ in range(2 if number % AGAIN_EACH == 0 else 1):
                self.note(form, line.answered(form, is_program=number % 2 == 0))
        line.close()

    def note(self, form: Form, answer: Answer | None) -> None:
        """Remember what came."""
        if answer:
            with self.lock:
                self.answers.setdefault(form.key, []).append(answer)


class Line:
    """One reader's connection."""

    def __init__(self, posters: Posters) -> None:
        """Have none yet."""
        self.posters, self.wire, self.port = posters, http.client.HTTPConnection("127.0.0.1", 1), 0

    def close(self) -> None:
        """End it."""
        self.wire.close()

    def answered(self, form: Form, *, is_program: bool) -> Answer | None:
        """Send a comment until it is taken."""
        while not self.posters.lost.is_set():
            began = time.time()
            answer = self.sent(form, is_program=is_program)
            if answer and answer.status == (201 if is_program else 303):
                self.posters.began.setdefault(form.key, began)
                return answer
            if answer:
                self.posters.faults.append(f"{form.key}: {answer.status} {answer.body[:300]!r}")
            IDLE.wait(0.02)
        return None

    def sent(self, form: Form, *, is_program: bool) -> Answer | None:
        """Send it once; None where no whole answer came."""
        self._turn()
        kind = PROGRAM if is_program else FORM
        body = json.dumps(form.fields) if is_program else urlencode(form.fields)
        headers = {"Content-Type": kind, "User-Agent": form.key, "Sec-Fetch-Site": "same-origin"}
        headers |= {"Accept": kind if is_program else "text/html", "X-Forwarded-For": place_of(form)}
        try:
            self.wire.request("POST", f"{form.address}comments/", body, headers)
            response = self.wire.getresponse()
            return Answer(response.status, response.getheader("Location", ""), response.read())
        except ConnectionRefusedError:
            self.wire.close()
        except (OSError, http.client.HTTPException):
            self.wire.close()
            self.posters.broken += 1
        return None

    def _turn(self) -> None:
        """Go to the server that is there now."""
        if self.port != self.posters.port:
            self.wire.close()
            self.port = self.posters.port
            self.wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)


def place_of(form: Form) -> str:
    """Each reader's own network."""
    number = int(form.key.rpartition("-")[2])
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
