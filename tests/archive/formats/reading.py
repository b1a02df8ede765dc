"""What a parsed page says, as plain values."""

import datetime

from gazeti.archive.formats.found import ParsedPage

FOURTH = datetime.date(2024, 7, 4)


def left_out(parsed: ParsedPage) -> list[str]:
    return [line.line for line in parsed.left_out]


def body(parsed: ParsedPage) -> tuple[str, ...]:
    return parsed.body.value if parsed.body else ()


def values(parsed: ParsedPage) -> tuple[object, ...]:
    found = (parsed.section, parsed.headline, parsed.standfirst, parsed.byline, parsed.date)
    return tuple(each.value if each else None for each in found)
