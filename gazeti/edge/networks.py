"""The content delivery networks that Gazeti can purge by tag: Wagtail's frontend cache backends, taught tags.

Wagtail's own purge addresses, of which a change touches more than anybody can list, and only log what was refused.
"""

import http.client
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from wagtail.contrib.frontend_cache.backends import BaseBackend, CloudflareBackend, HTTPBackend

PATIENCE = 10
"""Seconds in which a network must answer."""


class NotTaken(Exception):
    """The network did not take a purge; the message says why."""


class Varnish(HTTPBackend):
    """Varnish with the module xkey, whose configuration lets this machine send `PURGE` with the header `xkey-purge`."""

    MOST = 100

    def __init__(self, params: dict[str, Any]) -> None:
        """Take LOCATION."""
        self.location = params["LOCATION"].rstrip("/")
        super().__init__(params)

    def purge_tags(self, tags: Sequence[str]) -> None:
        """Drop what has one of these tags. Raises NotTaken."""
        host = urlsplit(settings.GAZETI_ADDRESS).netloc
        for some in _parts(tags, most=self.MOST):
            _send("PURGE", f"{self.location}/", headers={"Host": host, "xkey-purge": " ".join(some)})


class Fastly(BaseBackend):
    """Fastly, by surrogate keys."""

    MOST = 256

    def __init__(self, params: dict[str, Any]) -> None:
        """Take ZONEID (the service's id), BEARER_TOKEN and LOCATION."""
        super().__init__(params)
        self.address = f"{params['LOCATION'].rstrip('/')}/service/{params['ZONEID']}/purge"
        self.token = params["BEARER_TOKEN"]

    def purge_tags(self, tags: Sequence[str]) -> None:
        """Drop what has one of these keys. Raises NotTaken."""
        for some in _parts(tags, most=self.MOST):
            _send("POST", self.address, headers={"Fastly-Key": self.token}, data={"surrogate_keys": some})


class Cloudflare(CloudflareBackend):
    """Cloudflare, by cache tags."""

    def __init__(self, params: dict[str, Any]) -> None:
        """Take ZONEID, BEARER_TOKEN and LOCATION."""
        location = params.pop("LOCATION").rstrip("/")
        super().__init__(params)
        self.address = f"{location}/client/v4/zones/{self.cloudflare_zoneid}/purge_cache"

    def purge_tags(self, tags: Sequence[str]) -> None:
        """Drop what has one of these tags. Raises NotTaken, also where the answer says that it was no success."""
        for some in _parts(tags, most=self.CHUNK_SIZE):
            headers = {"Authorization": f"Bearer {self.cloudflare_token}"}
            if not _said(_send("POST", self.address, headers=headers, data={"tags": some})).get("success"):
                raise NotTaken("Cloudflare answered that it was no success")


def _parts(tags: Sequence[str], *, most: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(tags), most):
        yield tags[start : start + most]


def _send(method: str, url: str, *, headers: Mapping[str, str], data: Mapping[str, object] | None = None) -> bytes:
    body = None if data is None else json.dumps(data).encode()
    kind = {} if data is None else {"Content-Type": "application/json"}
    # The settings let no other scheme than http and https pass.
    request = Request(url, data=body, headers={**headers, **kind, "User-Agent": "Gazeti"}, method=method)  # noqa: S310
    try:
        with urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
            return bytes(response.read())
    except HTTPError as error:
        raise NotTaken(f"{urlsplit(url).hostname} answered {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise NotTaken(f"{urlsplit(url).hostname} did not answer: {error}") from error


def _said(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
