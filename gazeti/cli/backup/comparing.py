"""Every public page asked for over HTTP, and compared with the fingerprint that was taken of it."""

import http.client
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from gazeti.cli.backup.pages import Page, fingerprint
from gazeti.cli.progress import bar

READERS = 4
PATIENCE = 60
"""Seconds to wait for one page."""


class Difference(NamedTuple):
    """A page that is not what it was, and how."""

    address: str
    why: str


def differences(pages: Sequence[Page], *, at: int) -> Iterator[Difference]:
    """The pages that the server on this port of loopback answers in another way, in their order."""
    reader = Reader(at)
    with bar("Comparing public pages", total=len(pages)) as step, ThreadPoolExecutor(READERS) as pool:
        for found in pool.map(reader.difference, pages):
            step()
            if found:
                yield found


class Reader:
    """Asks for pages, each thread over a connection of its own that it keeps."""

    def __init__(self, port: int) -> None:
        """Begin without a connection."""
        self.port, self.own = port, threading.local()

    def difference(self, page: Page) -> Difference | None:
        """How a page differs from its fingerprint; None where it does not."""
        try:
            status, digest = self.read(page.address)
        except (OSError, http.client.HTTPException) as error:
            return Difference(page.address, f"no answer ({type(error).__name__})")
        if (status, digest) == (page.status, page.digest):
            return None
        why = "other bytes" if status == page.status else f"status {status}, was {page.status}"
        return Difference(page.address, why)

    def read(self, address: str) -> tuple[int, str]:
        """What is answered, without encoding; asked again where a kept connection had been closed meanwhile."""
        try:
            return self._read(address)
        except (ConnectionError, http.client.RemoteDisconnected):
            self.own.connection = None
            return self._read(address)

    def _read(self, address: str) -> tuple[int, str]:
        connection = getattr(self.own, "connection", None)
        if connection is None:
            connection = self.own.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", address, headers={"Accept-Encoding": "identity"})
        response = connection.getresponse()
        return fingerprint(response.status, response.read(), response.headers.get("Location", ""))
