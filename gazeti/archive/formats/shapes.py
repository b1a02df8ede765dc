"""What a line looks like from its length and its last sign: a section's name, a headline, prose."""

import re

LONGEST_SECTION = 40
MOST_SECTION_WORDS = 5
LONGEST_HEADLINE = 250
"""Longer than any headline that is accepted, so that one too long is named as such instead of being taken for text."""

SHORTEST_PROSE = 80
SENTENCE_ENDS = (".", "!", "?", "…")
CLOSING_MARKS = "\"'”’»)] "
NO_STORY = re.compile(
    r"©|\bcopyright\b|all rights reserved|haki zote|xuquuqda oo dhan"
    r"|\bnewsletter|\bsubscri|\bsign up\b|\bcookies\b|\binbox\b",
    re.I,
)
"""What the foot of a page says in whole sentences."""


def ends_a_sentence(line: str) -> bool:
    """Whether the last sign, closing quotation marks aside, ends a sentence."""
    return line.rstrip(CLOSING_MARKS).endswith(SENTENCE_ENDS)


def is_prose(line: str) -> bool:
    """Whether a line is long and a sentence, as a paragraph is and a link or headline is not."""
    return len(line) >= SHORTEST_PROSE and ends_a_sentence(line)


def is_foot(line: str) -> bool:
    """Whether a line speaks of the site, as the foot of a page does: rights, newsletter, cookies."""
    return bool(NO_STORY.search(line))


def is_section_like(line: str) -> bool:
    """Whether a line may name a section: a few words and no end of a sentence."""
    short = len(line) <= LONGEST_SECTION and len(line.split()) <= MOST_SECTION_WORDS
    return short and not ends_a_sentence(line) and any(sign.isalpha() for sign in line)


def is_headline_like(line: str) -> bool:
    """Whether a line may be a headline: words, not endless, and not closed by a full stop."""
    closed = line.endswith(".") and not line.endswith("..")
    return len(line) <= LONGEST_HEADLINE and not closed and any(sign.isalnum() for sign in line)
