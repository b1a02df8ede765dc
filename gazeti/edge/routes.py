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
def is_a_page(path: str) -> bool:
    """Whether anybody gets the same answer there; an address that no pattern takes is a page that is not found."""
    if path.startswith(PASSING):
        return False
    try:
        view = resolve(path).func
    except Resolver404:
        return True
    return getattr(view, POLICY, "") != "uncached"


def refusal(method: str, path: str) -> int:
    """The status with which nobody need be asked, 0 for none: a method in other letters is another method, and not
    ours (RFC 9110, 9.1), though Django would take it for the one in capitals; an address too long is nobody's.
    """
    if not method.isupper():
        return 501
    # Not `is_a_page`, which remembers whatever it is asked.
    return 414 if len(path) > LONGEST_PATH and method in READING and not path.startswith(PASSING) else 0


def canonical(query: bytes, names: Iterable[str]) -> str:
    """The parameters of these names, sorted, as Django is asked for them and an answer is kept by them.

    A query of too many, or too long, is as good as none.
    """
    wanted = frozenset(names)
    if not query or not wanted or len(query) > LONGEST_QUERY:
        return ""
    if ALL in wanted:
        # As it was sent: a redirect may be from these very words.
        parts = query.decode("latin-1").split("&")
        return "&".join(sorted(filter(None, parts))) if len(parts) <= MOST_PARAMETERS else ""
    try:
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return ""
    # Of a name that is given twice the last counts, as it does for `request.GET`.
    kept = {name: value for name, value in pairs if name in wanted}
    return urlencode(sorted(kept.items()))


class Parameters:
    """The query parameters that the answers at each address were seen to depend on."""

    def __init__(self) -> None:
        """Know none."""
        self._names: OrderedDict[str, frozenset[str]] = OrderedDict()

    def asked(self, path: str, query: bytes) -> str:
        """The canonical query; until an answer has told what it depends on, all of it may matter."""
        if not query:
            return ""
        return canonical(query, self._names.get(path, EVERY))

    def knows(self, path: str) -> bool:
        """Whether an answer there has told."""
        return path in self._names

    def learn(self, answer: Answer) -> None:
        """Add what a page depends on, also one that was taken back. Where nothing is, and where a redirect may be from
        the very words of a query, each query would be another page: that is no knowledge of the address.
        """
        if answer.status == 404 or (answer.status != 200 and ALL in answer.reads):
            return
        self._names[answer.path] = self._names.get(answer.path, frozenset()) | answer.reads
        while len(self._names) > MOST_PATHS:
            self._names.popitem(last=False)
