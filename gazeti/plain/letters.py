"""Letters as an eye takes them: what is drawn as nothing is left out, and a look-alike is the letter it looks like.

Names and texts as they are kept. Who calls refuses by length first: the work here is linear, and still work.
"""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from gazeti.plain.words import normalised

BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U00013441\U00013442")
"""Letters, marks and signs by their category that are drawn as nothing: fillers, joiners, a blank in Braille."""
UNSEEN = frozenset({"Cf", "Co", "Cn"})
"""Categories of characters that are drawn as nothing, or as nothing that means something to others."""
MARKS = frozenset({"Mn", "Me"})
DRAWN_AS = {
    "a": "аΑαАɑᴀ",
    "b": "вВΒβьЬʙƄ",
    "c": "сСϲϹᴄⅽ",
    "d": "ԁđĐɗᴅ",
    "e": "еЕΕεЄєᴇƐɛ",
    "f": "ƒꜰϝ",
    "g": "ɡցԌɢ",
    "h": "һҺНнΗհħĦʜ",
    "i": "ıіІΙιıɩɪӏӀ",
    "j": "јЈʝᴊյ",
    "k": "кКΚκᴋҚқ",
    "l": "łŁʟℓ",
    "m": "мМΜᴍ",
    "n": "ΝηոռɴŋŊпП",
    "o": "оОΟοσօՕøØᴏ",
    "p": "рРΡρᴘƿ",
    "q": "ԛզ",
    "r": "гГʀᴦ",
    "s": "ѕЅտꜱƨ",
    "t": "тТΤτŧŦᴛ",
    "u": "υսմᴜʋцЦ",
    "v": "νѵѴᴠ",
    "w": "ԝωшШᴡա",
    "x": "хХΧχ×",
    "y": "уУΥγүҮʏ",
    "z": "Ζᴢƶ",
}
"""Letters of Cyrillic, Greek, Armenian, phonetic and other alphabets by the Latin one that they are taken for."""
LATIN = MappingProxyType({other: plain for plain, others in DRAWN_AS.items() for other in others})
LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"  # control characters
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # turning the line (Unicode Standard Annex 9)
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufffb"  # drawn as nothing
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"  # no characters; half characters; tags
)
TURNING = re.compile("[\u061c\u200e\u200f]")
JOINERS = "\u200c\u200d"
LOOSE_JOINER = re.compile(
    rf"(?<![^\s{JOINERS}])[{JOINERS}]+|[{JOINERS}]+(?![^\s{JOINERS}])|(?<=[{JOINERS}])[{JOINERS}]+"
)
MOST_MARKS = 3
"""Marks on one letter: what any language writes, and few enough that they stay in their line."""
SEPARATE = re.compile(r"\w+", re.UNICODE)


class Folded(NamedTuple):
    """A text folded, and for each of its characters the place in the text that it stands for."""

    text: str
    places: tuple[int, ...]


def tidied(text: str) -> str:
    """What somebody typed as it may be kept: in NFC, and nothing in it that an eye cannot see, that turns the line, or
    that piles up. Linear in its length.
    """
    text = UNWANTED.sub("", LINE_END.sub("\n", text))
    text = unicodedata.normalize("NFC", _with_few_marks(LOOSE_JOINER.sub("", text)))
    # Some letters are taken apart by NFC and bring marks of their own: tidied again it is the same.
    return _with_few_marks(text)


def cleaned_name(text: str) -> str:
    """A name as it is kept, on one line; empty where no letter or digit in it can be seen."""
    name = " ".join(tidied(TURNING.sub("", text)).split())
    return name if normalised(visible(name)) else ""


def visible(text: str) -> str:
    """The text without the characters that nobody sees, such as U+200B; spaces and line ends stay."""
    return "".join(one for one in text if one not in BLANKS and unicodedata.category(one) not in UNSEEN)


@lru_cache(maxsize=8192)
def letter(one: str) -> str:
    """What a character is taken for: small, without accents; several letters for a ligature; nothing if unseen."""
    if one in LATIN:
        return LATIN[one]
    if one in BLANKS or unicodedata.category(one) in UNSEEN:
        return ""
    plain = unicodedata.normalize("NFKD", _without_badge(one)).casefold()
    return "".join(LATIN.get(part, part) for part in plain if unicodedata.category(part) not in MARKS)


@lru_cache(maxsize=4)
def folded(text: str) -> Folded:
    """A text with each character as it is taken for; linear in its length. Several steps ask for one text in a row."""
    letters = [(part, place) for place, one in enumerate(text) for part in letter(one)]
    return Folded("".join(part for part, _ in letters), tuple(place for _, place in letters))


def likeness(text: str) -> str:
    """What two texts share that look alike: their words folded, one space between; without any, what is seen."""
    words = SEPARATE.findall(folded(text).text.replace("_", " "))
    return " ".join(words) or "".join(visible(text).split())


def _without_badge(one: str) -> str:
    """White letters in a black circle or square, which Unicode does not call letters (U+1F150 to U+1F189)."""
    for first in (0x1F150, 0x1F170):
        if first <= ord(one) < first + 26:
            return chr(ord("a") + ord(one) - first)
    return one


def _with_few_marks(text: str) -> str:
    """The text with three marks on a letter at most: to sort them (NFC) takes the square of their number."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for one in text:
        marks = marks + 1 if unicodedata.category(one) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(one)
    return "".join(kept)
