"""The places in a text where a word may stand: whole words, words in pieces, and words spelled with spaces.

Each step is linear in the text. A place is never inside a longer word.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gazeti.plain.letters import Folded

PIECE = re.compile(r"[^\W_]+")
CHUNK = re.compile(r"\S+")
AS_LETTERS = str.maketrans("0123456789@$!|+€£¢", "oizeasgtbgasiitelc")
"""Digits and signs by the letter that they stand for in "sh1t" and "$h!t"."""
ONE_FOR_TWO = str.maketrans("l", "i")
"""1, ! and | stand for i or l: where one of them is looked through, both are the same."""
NO_SIGN = re.compile(r"[^\w@$!|+€£¢]|_")
EDGES = "!|+€£¢"
"""Signs that stand for letters inside a word, and for themselves before and after it."""
AROUND = ".,;:?!()\"'“”‘’"
"""What stands before and after most words."""
MOST_BETWEEN = 3
"""Characters between letters that are spelled one by one."""
LEAST_SPELLED = 3
LEAST_INSIDE, MOST_INSIDE = 4, 12
"""Letters of a word that is found among more single letters, as in "I s p a m you"."""


class Span(NamedTuple):
    """Folded words and where they stand in the folded text."""

    words: str
    start: int
    end: int


def disguised(words: str) -> str:
    """Folded words as they are compared where digits or signs may stand for letters; without spaces."""
    return words.translate(AS_LETTERS).translate(ONE_FOR_TWO).replace(" ", "")


@lru_cache(maxsize=4)
def pieces_in(text: str) -> tuple[Span, ...]:
    """The words of a folded text: letters and digits in a row."""
    return tuple(Span(one[0], one.start(), one.end()) for one in PIECE.finditer(text))


def spans_in(text: str, *, most: Callable[[str], int]) -> Iterator[Span]:
    """Every place of a folded text that a listed word may fill, or `most(word)` words from that one on."""
    pieces = pieces_in(text)
    for at, piece in enumerate(pieces):
        for number in range(1, most(piece.words) + 1):
            yield _joined(pieces[at : at + number])
    yield from _disguises(text)


@lru_cache(maxsize=4)
def _disguises(text: str) -> tuple[Span, ...]:
    """The places that no plain words fill. A text is looked through for several lists in a row."""
    spelled = (span for run in _spelled(pieces_in(text)) for span in _inside(run))
    return (*_chunks(text), *spelled)


def as_they_stand(found: Iterable[Span], text: str, seen: Folded) -> tuple[str, ...]:
    """The words of a text at these places of it folded (`seen`), each once and in order, none inside a longer one."""
    kept: list[Span] = []
    for span in sorted(set(found), key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(dict.fromkeys(text[seen.places[span.start] : seen.places[span.end - 1] + 1] for span in kept))


def _joined(pieces: Sequence[Span]) -> Span:
    return Span(" ".join(piece.words for piece in pieces), pieces[0].start, pieces[-1].end)


def _chunks(text: str) -> Iterator[Span]:
    """What stands between two spaces and is not one plain word: "sh!t", "f.u.c.k", "(a$$hole)!"."""
    for chunk in CHUNK.finditer(text):
        if chunk[0].strip(AROUND).isalnum():
            continue
        words = NO_SIGN.sub(" ", chunk[0]).rstrip(EDGES + " ").lstrip(EDGES + " ")
        start = chunk.start() + chunk[0].find(words[:1])
        end = chunk.start() + chunk[0].rfind(words[-1:]) + 1
        if words and not words.isalnum():
            yield Span(words.replace(" ", ""), start, end)
            yield Span("".join(PIECE.findall(words)), start, end)


def _spelled(pieces: Iterable[Span]) -> Iterator[list[Span]]:
    """Runs of single letters with little between them."""
    run: list[Span] = []
    for piece in pieces:
        is_single = piece.end - piece.start == 1
        if run and not (is_single and piece.start - run[-1].end <= MOST_BETWEEN):
            yield run
            run = []
        if is_single:
            run.append(piece)
    yield run


def _inside(run: list[Span]) -> Iterator[Span]:
    """A run of single letters as one word, and the words that may be inside it."""
    letters = "".join(piece.words for piece in run)
    if len(run) >= LEAST_SPELLED:
        yield Span(letters, run[0].start, run[-1].end)
    for at in range(len(run) - LEAST_INSIDE + 1):
        for end in range(at + LEAST_INSIDE, min(at + MOST_INSIDE, len(run)) + 1):
            yield Span(letters[at:end], run[at].start, run[end - 1].end)
