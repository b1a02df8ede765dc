"""Dates as a newspaper writes them, in a language and a time zone, by the Unicode CLDR data in Babel.

Nothing here reads a clock: every moment is passed in.
"""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

DAY = "d MMMM y"
DAY_AND_MONTH = "d MMMM"
TWELVE_HOURS = "h:mm a"
TWENTY_FOUR_HOURS = "HH:mm"


@cache
def locale_of(language: str) -> Locale:
    """The CLDR locale of a BCP 47 tag; one that CLDR does not know falls back to its language, then to English."""
    for tag in (language, language.split("-")[0], "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("CLDR always knows English")


def in_zone(moment: datetime, *, time_zone: str) -> datetime:
    """An aware moment moved to the time zone (IANA name); raises ValueError for a naive one.

    At either end of what Python counts it stays in its own zone, where no other has a date for it.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone; got a naive one")
    try:
        return moment.astimezone(ZoneInfo(time_zone))
    except OverflowError:
        return moment


def written_date(moment: date, *, language: str, time_zone: str) -> str:
    """The day, as in "4 July 2024"; a plain date is taken as it is."""
    day = in_zone(moment, time_zone=time_zone) if isinstance(moment, datetime) else moment
    return format_date(day, format=DAY, locale=locale_of(language))


def written_day(moment: datetime, *, language: str, time_zone: str) -> str:
    """The day without its year, as in "4 July"."""
    return format_date(in_zone(moment, time_zone=time_zone), format=DAY_AND_MONTH, locale=locale_of(language))


def written_time(moment: datetime, *, language: str, time_zone: str) -> str:
    """The time of day: "9:12 am" in English, "09:12" in languages that count to twenty-four."""
    locale = locale_of(language)
    pattern = TWELVE_HOURS if locale.language == "en" else TWENTY_FOUR_HOURS
    local = in_zone(moment, time_zone=time_zone)
    return format_time(local.time(), format=pattern, locale=locale).lower()


def written_moment(moment: datetime, *, language: str, time_zone: str) -> str:
    """Day and time, as in "4 July 2024, 9:12 am"."""
    day = written_date(moment, language=language, time_zone=time_zone)
    return f"{day}, {written_time(moment, language=language, time_zone=time_zone)}"


def machine_moment(moment: datetime, *, time_zone: str) -> str:
    """The moment for `<time datetime>`: to the minute with its offset (HTML, global date and time)."""
    return in_zone(moment, time_zone=time_zone).isoformat(timespec="minutes")


def machine_date(moment: date, *, time_zone: str) -> str:
    """The day for `<time datetime>`, as in "2024-07-04" (HTML, date)."""
    day = in_zone(moment, time_zone=time_zone) if isinstance(moment, datetime) else moment
    return (day.date() if isinstance(day, datetime) else day).isoformat()
