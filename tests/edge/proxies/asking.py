"""Asking a server exactly so: the address as it is spelt, these headers and no others, nothing followed or decoded."""

import http.client
from typing import NamedTuple
from urllib.parse import urlsplit


class Said(NamedTuple):
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: str, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Said:
    """Ask once; header names in lower case, `_` for a hyphen. A name that comes twice is joined by a comma."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in named.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            known = found.get(name.lower())
            found[name.lower()] = f"{known}, {value}" if known else value
        return Said(response.status, found, response.read())
    finally:
        connection.close()
