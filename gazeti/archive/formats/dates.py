"""Days as newspapers write them, in English, Swahili and Somali, read without guessing more than is said."""

import re
from datetime import date, time, timedelta, timezone
from functools import cache
from itertools import product

from gazeti.archive.formats.found import Confidence, Dated, Found
from gazeti.plain.dates import locale_of

LONGEST = 90
LANGUAGES = ("en", "sw", "so")
PUBLISHED = (
    "published|published on|publication date|first published|posted|posted on|date"
    "|imechapishwa|ilichapishwa|imechapishwa tarehe|tarehe|la daabacay|la qoray|taariikh|taariikhda"
)
UPDATED = (
    "updated|updated on|last updated|last modified|modified"
    "|imesasishwa|ilisasishwa|la cusboonaysiiyay|la cusbooneysiiyay"
)
# Spellings in use that CLDR does not have.
MORE_MONTHS = {
    "sept": 9, "jannaayo": 1, "abril": 4, "maajo": 5, "juunyo": 6, "luuliyo": 7, "agoosto": 8,
    "ogosto": 8, "sebteembar": 9, "nofembar": 11, "desembar": 12, "disembar": 12,
}  # fmt: skip
MINUTES_EAST = {"z": 0, "utc": 0, "gmt": 0, "eat": 180}
_ORDINAL = r"(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]+)\.?"
WORDED = (
    re.compile(rf"(?P<day>\d{{1,2}}){_ORDINAL}[ .-]+(?:of )?{_MONTH},?[ -]+(?P<year>\d{{4}})\b", re.I | re.A),
    re.compile(rf"{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL},? (?P<year>\d{{4}})\b", re.I | re.A),
)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)", re.A)
NUMBERED = re.compile(r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<year>\d{4}|\d{2})(?!\d)", re.A)
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|eat|[+-]\d{2}:?\d{2})?",
    re.I | re.A,
)
BETWEEN = re.compile(r"^[\s,|·•–—-]*(?:T(?=\d)|at\s+)?", re.I)
# Swahili counts hours from dawn ("saa 3:15 asubuhi" is 9:15): there the day is kept and the time is not guessed.
FROM_DAWN = re.compile(r"saa\b", re.I)


def date_of(line: str) -> Found[Dated] | None:
    """The date that a line is, whole: "Thursday, July 4, 2024", "Posted: 2024-07-04 09:12"; None if it says more."""
    if len(line) > LONGEST or not any(sign.isdigit() for sign in line):
        return None
    weekday, rest = _without_weekday(_label(PUBLISHED, UPDATED).sub("", line))
    for read in (_worded, _year_first, _numbered):
        found, after = read(rest)
        is_date, clock = _clock(after)
        if found is not None and is_date:
            agrees = weekday in (None, found.value.weekday())
            return _judged(found, clock=clock, agrees=agrees, is_update=is_update(line))
    return None


def is_update(line: str) -> bool:
    """Whether a date line tells of a change, as in "Updated: 5 July 2024", not of publication."""
    return bool(_label(UPDATED).match(line))


def _judged(found: Found[date], *, clock: time | None, agrees: bool, is_update: bool) -> Found[Dated]:
    dated = Dated(found.value, clock)
    if not agrees:
        return Found(dated, Confidence.LOW, f"{found.because}, but it was another day of the week")
    if is_update:
        return Found(dated, Confidence.LOW, "only the day of an update is printed")
    return Found(dated, found.confidence, found.because)


@cache
def _label(*words: str) -> re.Pattern[str]:
    """What may stand before a date: one of the words, longest first, and a colon or dash."""
    names = sorted("|".join(words).split("|"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(names)})\b\s*[:–—-]?\s*", re.I)


def _without_weekday(text: str) -> tuple[int | None, str]:
    word = re.match(r"[^\W\d_]+", text)
    day = _names("days").get(word.group().casefold()) if word else None
    return (day, text[word.end() :].lstrip(" ,.")) if word and day is not None else (None, text)


@cache
def _names(kind: str) -> dict[str, int]:
    """Names of months (1 to 12) or days (Monday 0) in every language and width we read, case folded."""
    names = dict(MORE_MONTHS) if kind == "months" else {}
    for language, width in product(LANGUAGES, ("wide", "abbreviated")):
        for number, name in getattr(locale_of(language), kind)["format"][width].items():
            names.setdefault(name.casefold().rstrip("."), number)
    return names


def is_calendar_word(word: str) -> bool:
    """Whether a word names a month or a day of the week, in any language we read."""
    return word.casefold() in _names("months") or word.casefold() in _names("days")


Reading = tuple[Found[date] | None, str]


def _worded(text: str) -> Reading:
    for pattern in WORDED:
        match = pattern.match(text)
        month = _names("months").get(match["month"].casefold()) if match else None
        if match and month:
            written = (int(match["year"]), month, int(match["day"]))
            return _found(*written, Confidence.HIGH, "written with the month's name"), text[match.end() :]
    return None, text


def _year_first(text: str) -> Reading:
    match = YEAR_FIRST.match(text)
    if not match:
        return None, text
    written = (int(match["year"]), int(match["month"]), int(match["day"]))
    return _found(*written, Confidence.HIGH, "written year first"), text[match.end() :]


def _numbered(text: str) -> Reading:
    match = NUMBERED.match(text)
    if not match:
        return None, text
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    year += 2000 if len(match["year"]) == 2 else 0
    day, month = (second, first) if first <= 12 < second else (first, second)
    if day > 12 or day == month:
        return _found(year, month, day, Confidence.FAIR, "written in numbers"), text[match.end() :]
    return _found(year, month, day, Confidence.LOW, "written in numbers and read day first"), text[match.end() :]


def _found(year: int, month: int, day: int, confidence: Confidence, because: str) -> Found[date] | None:
    try:
        return Found(date(year, month, day), confidence, because)
    except ValueError:
        return None


def _clock(text: str) -> tuple[bool, time | None]:
    """Whether what follows a date lets it be one, and the time of day if it is that."""
    rest = BETWEEN.sub("", text)
    if not rest or FROM_DAWN.match(rest):
        return True, None
    match = CLOCK.fullmatch(rest)
    clock = _time(match) if match else None
    return clock is not None, clock


def _time(match: re.Match[str]) -> time | None:
    half, hour = (match["half"] or "").casefold().replace(".", ""), int(match["hour"])
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    try:
        return time(hour, int(match["minute"]), tzinfo=_zone((match["zone"] or "").casefold()))
    except ValueError:
        return None


def _zone(name: str) -> timezone | None:
    if not name:
        return None
    if name in MINUTES_EAST:
        return timezone(timedelta(minutes=MINUTES_EAST[name]))
    digits = name[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes))
