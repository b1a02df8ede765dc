"""Lists of words and phrases, and what of a text is on one: whole words however they are disguised.

A letter counts as repeated from the third on: "shiiit" is disguised, while "dhillo" and "dhiillo" are two words.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from gazeti.comments.rules.words.spans import AS_LETTERS, ONE_FOR_TWO, as_they_stand, pieces_in, spans_in
from gazeti.plain.letters import folded

RUN = re.compile(r"(.)\1+")
STRETCHED = 3
"""The same letter in a row, as no language here writes it."""
SHORT = 3
"""Up to so many characters a word has more letters than digits, or the digits are meant: "A55" is a road."""


def found_in(text: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """What of a text is among these words and phrases, as it stands there."""
    listed, seen = _listed(words), folded(text)
    spans = (span for span in spans_in(seen.text, most=listed.most_from) if listed.has(span.words))
    return (*as_they_stand(spans, text, seen), *(sign for sign in listed.signs if sign in text))


class Listed:
    """Words and phrases, ready to be looked for."""

    def __init__(self, words: Iterable[str]) -> None:
        """Fold them; an entry without a letter, such as an emoji, is looked for as it is."""
        entries = {entry: [piece.words for piece in pieces_in(folded(entry).text)] for entry in words}
        self.signs = tuple(entry for entry, pieces in entries.items() if not pieces)
        phrases = {" ".join(pieces) for pieces in entries.values() if pieces}
        phrases |= {"".join(pieces) for entry, pieces in entries.items() if pieces and not entry.count(" ")}
        self._plain = _by_letters(phrases)
        self._loose = _by_letters(_loose(phrase) for phrase in phrases if phrase.replace(" ", "").isalpha())
        self._longest: dict[str, int] = {}
        for phrase in phrases:
            first = _begun(phrase.partition(" ")[0])
            self._longest[first] = max(phrase.count(" ") + 1, self._longest.get(first, 1))

    def most_from(self, word: str) -> int:
        """How many words the longest phrase has that begins with a folded word, however it is disguised."""
        return self._longest.get(_begun(word), 0)

    def has(self, words: str) -> bool:
        """Whether folded words are listed: as they are, or with digits and signs read as letters."""
        return _matches(words, self._plain) or (_may_be_disguised(words) and _matches(_loose(words), self._loose))


@lru_cache(maxsize=16)
def _listed(words: tuple[str, ...]) -> Listed:
    return Listed(words)


@lru_cache(maxsize=8192)
def _begun(word: str) -> str:
    return RUN.sub(r"\1", _loose(word))


def _loose(words: str) -> str:
    return words.translate(AS_LETTERS).translate(ONE_FOR_TWO)


def _may_be_disguised(words: str) -> bool:
    signs = words.replace(" ", "")
    if signs.isalpha():
        return False
    letters = sum(one.isalpha() for one in signs)
    return letters > len(signs) - letters or (letters > 0 and len(signs) > SHORT)


def _by_letters(phrases: Iterable[str]) -> dict[str, list[tuple[int, ...]]]:
    """Phrases by their letters, each letter of a row once, with how long the rows are."""
    found: dict[str, list[tuple[int, ...]]] = {}
    for phrase in phrases:
        found.setdefault(RUN.sub(r"\1", phrase), []).append(_rows(phrase))
    return found


def _rows(words: str) -> tuple[int, ...]:
    return tuple(sum(1 for _ in group) for _, group in groupby(words))


def _matches(words: str, phrases: dict[str, list[tuple[int, ...]]]) -> bool:
    listed = phrases.get(RUN.sub(r"\1", words))
    if not listed:
        return False
    rows = _rows(words)
    return any(all(map(_is_row, rows, wanted)) for wanted in listed)


def _is_row(length: int, wanted: int) -> bool:
    return length == wanted or length >= max(wanted, STRETCHED)
