"""Kinds of public files: where they lie, and exactly which headers the server in front sets on them.

Apps declare theirs in `AppConfig.ready`; only an answer with just those headers is filed, so both servers say the same.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from gazeti.edge.answers import IDENTITY, Answer
from gazeti.edge.middleware import NOTHING, POLICIES

Header = tuple[str, str]
INDEX = "index.html"
PAGE = re.compile(r"/(?:[A-Za-z0-9_-]{1,200}/)*")
FILE = re.compile(r"/(?:[A-Za-z0-9_-]{1,200}/)*[A-Za-z0-9_-]{1,200}\.([a-z0-9]{2,8})")
"""Addresses that can be filed: words that no file system and no server reads in two ways."""
ENCODED = {"gzip": ".gz", "br": ".br"}
"""The ending of a file in each coding that a server in front knows how to choose."""
HSTS = "Strict-Transport-Security"


@dataclass(frozen=True)
class Kind:
    """Files that carry the same headers: all below `under` if that ends in a slash, else that one.

    `types` names the content type by the ending of the address, "" for one that ends in a slash. `own` are the headers
    beyond those that every answer has. `varies` says that they come in several codings.
    """

    name: str
    under: str
    types: Mapping[str, str]
    own: Callable[[], Mapping[str, str]] = field(default=dict)
    varies: bool = False

    @property
    def is_one_file(self) -> bool:
        """Whether it is one address, and not all below it."""
        return not self.under.endswith("/")

    def covers(self, path: str) -> bool:
        """Whether an address is of this kind."""
        return path == self.under if self.is_one_file else path.startswith(self.under)

    def headers(self) -> dict[str, str]:
        """The headers of each answer of this kind, but for its type and what a server makes for each file."""
        found = {**POLICIES, "Content-Security-Policy": NOTHING, **self.own()}
        if settings.SECURE_HSTS_SECONDS:
            found[HSTS] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        if self.varies:
            found["Vary"] = "Accept-Encoding"
        return found


_declared: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    """Let the answers of this kind be filed."""
    _declared[kind.name] = kind


def declared() -> list[Kind]:
    """All kinds, the narrowest first, as a look-up must try them."""
    return sorted(_declared.values(), key=lambda kind: (-len(kind.under), kind.name))


def shape() -> str:
    """A name of all kinds with their headers: other headers, other name.

    Files lie in a folder of this name, so a server whose configuration was printed for other headers finds none.
    """
    facts = [[kind.name, kind.under, sorted(kind.types.items()), sorted(kind.headers().items())] for kind in declared()]
    return hashlib.blake2b(json.dumps(facts).encode(), digest_size=5).hexdigest()


def file_of(path: str) -> str | None:
    """Where an address lies below the folder of the shape, with no slash before it; None if it cannot be filed."""
    if PAGE.fullmatch(path):
        return f"{path[1:]}{INDEX}"
    found = FILE.fullmatch(path)
    return path[1:] if found and found.group(1) not in ("html", "gz", "br") else None


def address_of(place: str) -> str:
    """The address whose file lies at a place: what `file_of` was asked."""
    return f"/{place.removesuffix(INDEX)}"


def kind_of(path: str) -> tuple[Kind, str] | None:
    """The kind of an address and the content type there, if any is declared."""
    ending = "" if path.endswith("/") else path.rpartition(".")[2]
    kind = next((one for one in declared() if one.covers(path)), None)
    return (kind, kind.types[ending]) if kind and ending in kind.types else None


def fits(answer: Answer) -> bool:
    """Whether a server in front would say exactly this of it: 200, no query, a kind's headers and nothing more."""
    if answer.status != 200 or answer.query or file_of(answer.path) is None:
        return False
    found = kind_of(answer.path)
    if found is None:
        return False
    kind, content_type = found
    said = {name.decode("latin-1"): value.decode("latin-1") for name, value in answer.headers}
    wanted = {name.lower(): value for name, value in kind.headers().items() if name != "Vary"}
    in_codings = set(answer.bodies) != {IDENTITY}
    return said == {**wanted, "content-type": content_type} and in_codings == kind.varies
