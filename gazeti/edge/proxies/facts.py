"""What a server in front has to know of this newsroom."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from gazeti.edge.routes import PASSING
from gazeti.edge.sending import SORRY
from gazeti.edge.store.kinds import Kind, declared, shape

LARGEST_BODY = 25
"""Megabytes of a request: a picture or a document as large as the desk takes, and what surrounds it."""
AGAIN = 30
"""Seconds after which a reader is asked to try again while Gazeti does not answer."""
CLOSED = "/metrics"
"""What only a program on this machine is given: through a proxy a request would look like one."""
CERTIFICATES = Path("/etc/letsencrypt/live")
"""Where certbot keeps a folder for each address that has a certificate."""


@dataclass(frozen=True)
class Facts:
    """One newsroom, as its server in front knows it. `root` is None where that server files nothing."""

    host: str
    is_tls: bool
    port: int
    root: Path | None
    kinds: tuple[Kind, ...]
    certificates: Path = CERTIFICATES
    door: int | None = None
    """The port that readers ask, where the address names one of its own."""

    @property
    def site(self) -> str:
        """The host as an address has it: IPv6 stands in brackets (RFC 3986, 3.2.2)."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def at_door(self) -> str:
        """What follows the host in an address: nothing, or a colon and the port."""
        return f":{self.door}" if self.door else ""

    @property
    def other_certificates(self) -> list[str]:
        """The names of those that lie beside it, of which one may be for this address too."""
        found = self.certificates.glob("*/fullchain.pem")
        return sorted(one.parent.name for one in found if one.parent != self.certificate)

    @property
    def certificate(self) -> Path:
        """The folder in which certbot keeps this address's certificate, once it has fetched one."""
        return self.certificates / self.host

    @property
    def has_certificate(self) -> bool:
        """Whether it is there. Raises PermissionError to whoever may not look: only root may, on Debian."""
        return (self.certificate / "fullchain.pem").exists()

    @property
    def name(self) -> str:
        """A word that no other newsroom behind the same server uses."""
        return f"gazeti_{re.sub(r'[^a-z0-9]', '_', self.host)}"

    @property
    def passing(self) -> list[str]:
        """The beginnings of addresses of which nothing is ever filed."""
        return [prefix for prefix in PASSING if prefix != CLOSED]

    @property
    def sorry(self) -> list[str]:
        """What readers are told while Gazeti does not answer, in the house's languages."""
        return SORRY.decode("utf-8").strip().splitlines()


def facts() -> Facts:
    """Those of the newsroom whose settings are read."""
    address = urlsplit(settings.GAZETI_ADDRESS)
    is_filed = not getattr(settings, "GAZETI_CDN", "")
    return Facts(
        host=address.hostname or "localhost",
        is_tls=address.scheme == "https",
        port=settings.GAZETI_PORT,
        root=Path(settings.GAZETI_STORE) / "pages" / shape() if is_filed else None,
        kinds=tuple(declared()),
        # Until an address is set it is Gazeti's own door, at which nobody else can listen.
        door=address.port if address.port != settings.GAZETI_PORT else None,
    )
