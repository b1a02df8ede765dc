"""Lists of other stories on a page: each headline once or twice (a picture's words, then the link) and its date."""

from collections.abc import Sequence
from dataclasses import dataclass

from gazeti.archive.formats.dates import date_of
from gazeti.archive.formats.found import Dated, Found, Recent
from gazeti.archive.formats.shapes import ends_a_sentence, is_headline_like, is_prose
from gazeti.plain.words import normalised

MOST_HEADLINES = 200
MOST_LINES_AN_ITEM = 5
LABEL_WORDS = 3
SHORTEST_TEASER = 60


@dataclass(frozen=True, slots=True)
class RecentList:
    """The headlines of a list, each once; its lines that are neither headline nor date; how many lines it took."""

    headlines: tuple[Recent, ...]
    others: tuple[str, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A line and how often it was printed in a row, quotation marks and spaces aside; the last printing is kept."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Item:
    """What stands between two dates of a list, and the date that belongs to it."""

    lines: tuple[Printed, ...]
    date: Found[Dated] | None


def key_of(text: str) -> str:
    """What two printings of one headline have in common; the text itself where it has no letter or figure."""
    return normalised(text) or text


def recent_list(lines: Sequence[str]) -> RecentList:
    """Reads the lines under a list's heading: to its last item if it has dates, else to the first line of prose."""
    items, length = _items(lines)
    headlines: dict[str, Recent] = {}
    others: list[str] = []
    for item in items:
        chosen = _headlines(item)
        taken = set(map(id, chosen))
        others += [line.text for line in item.lines if id(line) not in taken]
        for line in chosen:
            date = item.date if line is chosen[-1] else None
            headlines.setdefault(key_of(line.text), Recent(line.text, date))
    kept = tuple(headlines.values())
    return RecentList(kept[:MOST_HEADLINES], (*others, *(each.headline for each in kept[MOST_HEADLINES:])), length)


def _items(lines: Sequence[str]) -> tuple[list[Item], int]:
    dates = {place: date for place, line in enumerate(lines) if (date := date_of(line))}
    if not dates:
        end = next((place for place, line in enumerate(lines) if is_prose(line)), len(lines))
        return [Item(_counted(lines[:end]), None)], end
    if 0 in dates:
        return _items_after_dates(lines, dates)
    items, start = [], 0
    for place, date in dates.items():
        items.append(Item(_counted(lines[start:place]), date))
        start = place + 1
    return items, start


def _items_after_dates(lines: Sequence[str], dates: dict[int, Found[Dated]]) -> tuple[list[Item], int]:
    """The same for a list that prints each date above its headline; the last headline is at most two lines."""
    places = list(dates)
    last = _counted(lines[places[-1] + 1 : places[-1] + 3])[:1]
    end = places[-1] + 1 + sum(line.times for line in last)
    items = [
        Item(_counted(lines[place + 1 : after]), dates[place])
        for place, after in zip(places, [*places[1:], end], strict=True)
    ]
    return items, end


def _counted(lines: Sequence[str]) -> tuple[Printed, ...]:
    counted: list[Printed] = []
    for line in lines:
        again = counted and key_of(counted[-1].text) == key_of(line)
        times = counted.pop().times + 1 if again else 1
        counted.append(Printed(line, times))
    return tuple(counted)


def _headlines(item: Item) -> list[Printed]:
    """The item's headlines: the lines printed twice, else those that are no label, teaser or lone link."""
    lines = item.lines if item.date is None else item.lines[-MOST_LINES_AN_ITEM:]
    twice = [line for line in lines if line.times > 1]
    if twice:
        return twice
    likely = [line for line in lines if is_headline_like(line.text) and not _is_teaser(line.text)]
    longer = [line for line in likely if len(line.text.split()) > LABEL_WORDS]
    return longer or (likely[:1] if item.date else [])


def _is_teaser(line: str) -> bool:
    return len(line) >= SHORTEST_TEASER and ends_a_sentence(line)
