"""Which hosts are ours; any other is for Django to refuse (RFC 9112, 3.2)."""

from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

MOST_HOSTS = 100


class Hosts:
    """The hosts that were named and are ours, for a look-up without parsing."""

    def __init__(self) -> None:
        """Know none."""
        self.known: set[bytes] = set()

    def is_ours(self, scope: dict[str, Any]) -> bool:
        """Whether the request names one host and that is ours."""
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or named[0] in self.known:
            return len(named) == 1
        domain, _port = split_domain_port(named[0].decode("latin-1"))
        is_ours = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
        if is_ours:
            if len(self.known) >= MOST_HOSTS:
                self.known.clear()
            self.known.add(named[0])
        return is_ours
