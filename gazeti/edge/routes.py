"""Which addresses are readers' pages, that the edge keeps, and under which query an answer is kept."""

from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve

from gazeti.edge.answers import Answer
from gazeti.edge.tags import ALL, POLICY

PERSONAL = ("/desk/", "/api/", "/documents/", "/drafts/", "/account/", "/healthz", "/metrics")
"""What begins so is answered to each by itself, and kept by nobody."""
PASSING = (*PERSONAL, "/static/")
"""What begins so is no reader's page."""
READING = frozenset({"GET", "HEAD"})
MOST_PARAMETERS = 100
LONGEST_QUERY = 2_000
LONGEST_PATH = 1_000
"""Characters; no page of ours has a longer address."""
MOST_PATHS = 50_000
EVERY = frozenset({ALL})


@lru_cache(maxsize=4096)
def declared(path: str) -> frozenset[str] | None:
    """The parameters without which nobody keeps what is there: none of them where nobody ever does, None where anybody
    gets the same answer. An address that no pattern takes is a page that is not found.
    """
    if path.startswith(PASSING):
        return frozenset()
    try:
        policy = getattr(resolve(path).func, POLICY, "")
    except Resolver404:
        return None
    if isinstance(policy, frozenset):
        return policy
    return frozenset() if policy == "uncached" else None


def is_a_page(path: str, query: bytes) -> bool:
    """Whether anybody gets the same answer there. A query that is as good as none is none here too."""
    names = declared(path)
    return names is None or bool(canonical(query, names))


def refusal(method: str, path: str) -> int:
    """The status with which nobody need be asked, 0 for none: a method in other letters is another method, and not
    ours (RFC 9110, 9.1), though Django would take it for the one in capitals; an address too long is nobody's.
    """
    if not method.isupper():
        return 501
    # Not `declared`, which remembers whatever it is asked.
    return 414 if len(path) > LONGEST_PATH and method in READING and not path.startswith(PASSING) else 0


def canonical(query: bytes, names: Iterable[str]) -> str:
    """The parameters of these names, sorted, as Django is asked for them and an answer is kept by them.

    A query of too many, or too long, is as good as none.
    """
    return exact(query, names) or ""


def exact(query: bytes, names: Iterable[str]) -> str | None:
    """The same; None for a query of too many, or too long, also where it only grew so by being written out, and for one
    of whose very words Django could not read (it takes UTF-8).
    """
    wanted = frozenset(names)
    if not query or not wanted:
        return ""
    return _exact(query, wanted) if len(query) <= LONGEST_QUERY else None


@lru_cache(maxsize=256)
def _exact(query: bytes, wanted: frozenset[str]) -> str | None:
    # Remembered for the same request, which asks for it again once it has the answer.
    if ALL in wanted:
        # As it was sent: a redirect may be from these very words.
        if not _is_text(query):
            return None
        parts = query.decode("latin-1").split("&")
        return "&".join(sorted(filter(None, parts))) if len(parts) <= MOST_PARAMETERS else None
    try:
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return None
    # Of a name that is given twice the last counts, as it does for `request.GET`.
    kept = {name: value for name, value in pairs if name in wanted}
    written = urlencode(sorted(kept.items()))
    return written if len(written) <= LONGEST_QUERY else None


def _is_text(query: bytes) -> bool:
    try:
        query.decode()
    except UnicodeDecodeError:
        return False
    return True


def whole(query: bytes) -> str:
    """The canonical query where all of it matters."""
    return canonical(query, EVERY)


class Parameters:
    """The query parameters that the answers at each address were seen to depend on."""

    def __init__(self) -> None:
        """Know none. Of too many the least recently used is forgotten."""
        self._names: OrderedDict[str, frozenset[str]] = OrderedDict()

    def asked(self, path: str, query: bytes) -> str:
        """The canonical query; until an answer has told what it depends on, all of it may matter."""
        if not query:
            return ""
        told = self._names.get(path)
        if told is None:
            names = declared(path)
            return canonical(query, names) if names else whole(query)
        self._names.move_to_end(path)
        return canonical(query, told)

    def knows(self, path: str) -> bool:
        """Whether an answer there has told, or its view did before."""
        return path in self._names or bool(declared(path))

    def learn(self, answer: Answer) -> None:
        """Add what a page depends on, also one that was taken back. Of an address where nothing is, anybody may ask
        for thousands; where a redirect may be from the very words of a query, each would be another page.
        """
        if answer.status == 404 or (answer.status != 200 and ALL in answer.reads):
            return
        self._names[answer.path] = self._names.get(answer.path, frozenset()) | answer.reads
        self._names.move_to_end(answer.path)
        while len(self._names) > MOST_PATHS:
            self._names.popitem(last=False)
