"""Header fields as RFC 9110 and 9111 write them: lists, quoted strings, dates, seconds, `Cache-Control`.

Parsing only: what follows from a field is `freshness`'s and `conditions`'.
"""

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

Header = tuple[bytes, bytes]
Headers = Sequence[Header]
Directives = dict[str, bytes | None]
LONGEST_SECONDS = 2**31
"""What a larger number of seconds is taken for (RFC 9111, 1.2.2)."""
PER_HOP = frozenset({
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authentication-info", b"proxy-authorization",
    b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade",
})  # fmt: skip
"""Fields that belong to one connection and are never stored (RFC 9111, 3.1)."""
LISTS_WITHOUT_ORDER = frozenset({b"accept-encoding", b"accept-language"})

_PART = re.compile(rb'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_ESCAPED = re.compile(rb"\\(.)")
_MONTHS = (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec")
_MONTH = b"(?P<month>" + b"|".join(_MONTHS) + b")"
_TIME = rb"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_DAY = rb"(?:mon|tue|wed|thu|fri|sat|sun)"
_WHOLE_DAY = rb"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _DAY + rb", (?P<day>\d\d) " + _MONTH + rb" (?P<year>\d{4}) " + _TIME + b" gmt",
        _WHOLE_DAY + rb", (?P<day>\d\d)-" + _MONTH + rb"-(?P<year>\d\d) " + _TIME + b" gmt",
        _DAY + b" " + _MONTH + rb" (?P<day>[ \d]\d) " + _TIME + rb" (?P<year>\d{4})",
    )
)
"""IMF-fixdate, and the two obsolete forms that a recipient must take (RFC 9110, 5.6.7)."""


def values(headers: Iterable[Header], name: bytes) -> list[bytes]:
    """The values of all lines of a field, in their order."""
    return [value.strip() for field, value in headers if field.lower() == name]


def first(headers: Iterable[Header], name: bytes) -> bytes | None:
    """The value of a field's first line."""
    return next(iter(values(headers, name)), None)


def listed(headers: Iterable[Header], name: bytes) -> list[bytes]:
    """The members of a list field, over all its lines; a comma within quotes separates nothing."""
    return [part for line in values(headers, name) for part in split(line)]


def split(line: bytes) -> list[bytes]:
    """The members of one line of a list."""
    return [part for part in (found.strip() for found in _PART.findall(line)) if part]


def directives(headers: Iterable[Header], name: bytes = b"cache-control") -> Directives:
    """Each directive's argument, None without one; of two of a name the first counts (RFC 9111, 4.2.1)."""
    found: Directives = {}
    for part in listed(headers, name):
        directive, equals, argument = part.partition(b"=")
        # Blanks around "=" are no syntax: an argument so written is as good as an invalid one.
        is_whole = directive == directive.rstrip() and argument == argument.lstrip()
        key = directive.strip().lower().decode("latin-1")
        found.setdefault(key, (_unquoted(argument) if is_whole else b"") if equals else None)
    return found


def seconds(text: bytes | None) -> int | None:
    """A number of seconds (RFC 9111, 1.2.2); None for anything else."""
    if not text or not text.isdigit():
        return None
    return LONGEST_SECONDS if len(text) > 32 else min(int(text), LONGEST_SECONDS)


def moment(text: bytes | None) -> float | None:
    """A date as Unix time (RFC 9110, 5.6.7); None for anything that is not exactly one."""
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(text or b""))), None)
    if match is None:
        return None
    part = match.groupdict()
    try:
        day = date(_year(part["year"]), _MONTHS.index(part["month"].lower()) + 1, int(part["day"]))
        hour, minute, second = int(part["hour"]), int(part["minute"]), min(int(part["second"]), 59)
        at = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return float(calendar.timegm(at.utctimetuple()))


def end_to_end(headers: Iterable[Header]) -> tuple[Header, ...]:
    """The fields, in lower case, without those of one connection and those that `Connection` names."""
    lowered = [(name.lower(), value) for name, value in headers]
    named = {name.lower() for name in listed(lowered, b"connection")}
    return tuple((name, value) for name, value in lowered if name not in PER_HOP and name not in named)


def presented(request: Headers, name: bytes) -> bytes | None:
    """A request's field in one spelling, so that what means the same is the same; None where it is absent."""
    lines = values(request, name)
    if not lines:
        return None
    joined = b",".join(lines)
    if b'"' in joined:
        return joined
    members = [part.strip() for part in joined.split(b",")]
    if name in LISTS_WITHOUT_ORDER:
        members = sorted(member.lower().replace(b" ", b"") for member in members)
    return b",".join(members)


def _year(text: bytes) -> int:
    if len(text) == 4:
        return int(text)
    # Two digits that would be more than 50 years ahead are of the century before.
    this = datetime.now(UTC).year
    year = this - this % 100 + int(text)
    return year - 100 if year > this + 50 else year


def _unquoted(argument: bytes) -> bytes:
    if len(argument) >= 2 and argument.startswith(b'"') and argument.endswith(b'"'):
        return _ESCAPED.sub(rb"\1", argument[1:-1])
    return argument


def has_body(request: Headers) -> bool:
    """Whether a request says that a body comes with it (RFC 9112, 6)."""
    return any(name in (b"content-length", b"transfer-encoding") for name, _value in request)
