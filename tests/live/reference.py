"""What a page becomes by the events that are told of it: the contract for clients, written as plainly as it goes."""

import re
from dataclasses import dataclass, field
from typing import Any

ARTICLES = re.compile(r"(?=<article class=\"update)")
NUMBER, VERSION = re.compile(r'<article[^>]* id="u(\d+)"'), re.compile(r'<article[^>]* data-v="(\d+)"')
WHEN = re.compile(r'<time datetime="[^"]*"><b>[^<]*</b> [^<]*</time>')
GONE = '<article class="update gone" id="u{}" data-v="gone"><p>An update stood here. It was taken back.</p></article>'
ENDS = {
    "flag": "</span> <span",
    "last": "</span></span>",
    "summary": '</section>\n  <section class="key-events">',
    "keys": "</ol></section>",
    "pinned": '</section>\n  <section class="updates"',
    "updates": "</section>\n</section>",
}
"""What stands behind each part of the page."""
EACH = 30
ROWS = re.compile(r"<li.*?</li>", re.DOTALL)


@dataclass
class Model:
    """Updates by number as HTML, the numbers of the pinned with the events that pinned them, and the rest."""

    seq: int = 0
    flag: str = ""
    summary: str = ""
    floor: int = 0
    articles: dict[int, str] = field(default_factory=dict)
    pins: dict[int, int] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)

    def apply(self, event: dict[str, Any]) -> None:
        """Take in the next event; what came before is taken in once, and a gap is none."""
        assert event["seq"] == self.seq + 1
        self.seq = event["seq"]
        number, kind = event["update"], event["kind"]
        if number is None:
            self.summary, self.flag = (event["html"], self.flag) if kind == "summary" else (self.summary, event["html"])
        elif event.get("gone"):
            self._drop(number)
            self._learn(event)
        else:
            self._word(number, event)
            self.pins = {**self.pins, number: event["seq"]} if kind == "pin" else self.pins
            if kind == "unpin":
                self.pins.pop(number, None)

    def _drop(self, number: int) -> None:
        self.articles[number] = GONE.format(number)
        self.pins.pop(number, None)
        self.keys.pop(number, None)

    def _word(self, number: int, event: dict[str, Any]) -> None:
        if version(event["html"]) < version(self.articles.get(number, "")):
            return  # the page was newer than the number it said
        self.articles[number] = event["html"]
        self.keys.pop(number, None)
        if event["key"]:
            self.keys[number] = event["item"]
        self._learn(event)

    def _learn(self, event: dict[str, Any]) -> None:
        for row in ROWS.findall(event.get("items", "")):
            self.keys.setdefault(number_in(row), row)

    @property
    def shown(self) -> dict[str, str]:
        """The parts as the page must have them."""
        pinned = sorted(self.pins, key=lambda number: self.pins[number], reverse=True)
        window = [number for number in sorted(self.articles, reverse=True) if number >= self.floor][:EACH]
        here = {*window, *pinned}
        newest = max((number for number in here if "gone" not in self.articles[number][:40]), default=0)
        keys = [self._row(number, is_here=number in here) for number in sorted(self.keys, reverse=True)]
        return {
            "flag": self.flag,
            "last": WHEN.findall(self.articles[newest])[0] if newest else "",
            "summary": self.summary,
            "keys": "".join(keys[:20]),
            "pinned": "".join(self.articles[number] for number in pinned),
            "updates": "".join(self.articles[number] for number in window if number not in self.pins),
        }

    def _row(self, number: int, *, is_here: bool) -> str:
        target = f"#u{number}" if is_here else f"updates/{number}/"
        return re.sub(r'href="[^"]*"', f'href="{target}"', self.keys[number], count=1)


def version(article: str) -> float:
    """The event that gave an article its words; of one that is gone, none comes after."""
    found = VERSION.search(article)
    return int(found.group(1)) if found else float("inf") if article else 0


def parts_of(html: str) -> dict[str, str]:
    """The parts of a served page, to the byte."""
    rests = {name: html.split(f'data-live="{name}"', 1)[1].partition(">")[2] for name in ENDS}
    return {name: rests[name].split(end, 1)[0] for name, end in ENDS.items()}


def model_of(html: str) -> Model:
    """What a client knows that was served this page."""
    parts = parts_of(html)
    pinned = [one for one in ARTICLES.split(parts["pinned"]) if one]
    others = [one for one in ARTICLES.split(parts["updates"]) if one]
    rows = ROWS.findall(parts["keys"])
    return Model(
        seq=int(re.findall(r'data-seq="(\d+)"', html)[0]),
        floor=int(re.findall(r'data-floor="(\d+)"', html)[0]),
        flag=parts["flag"],
        summary=parts["summary"],
        articles={number_of(one): one for one in (*pinned, *others)},
        pins={number_of(one): -place for place, one in enumerate(pinned, start=1)},
        keys={number_in(row): row for row in rows},
    )


def number_of(article: str) -> int:
    """An update's number."""
    found = NUMBER.search(article)
    assert found
    return int(found.group(1))


def number_in(row: str) -> int:
    """The number of the update that a row of the list of key events is about."""
    return int(re.findall(r'data-u="(\d+)"', row)[0])
