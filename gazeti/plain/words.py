"""Words as readers and rules see them: counted, compared, made into addresses."""

import math
import re
import unicodedata
from collections.abc import Container

WORDS_A_MINUTE = 220
"""Silent reading of news prose; Brysbaert (2019) finds 238 words a minute in English, fewer in a second language."""

SLUG_LENGTH = 60
_NO_WORD = re.compile(r"[^\w]+", re.UNICODE)


def normalised(text: str) -> str:
    """The words alone, for comparing: NFKC, case folded, anything that is no letter or digit one space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NO_WORD.sub(" ", folded.replace("_", " ")).strip()


def word_count(text: str) -> int:
    """How many words a text holds."""
    return len(normalised(text).split())


def minutes_to_read(words: int) -> int:
    """Whole minutes a reader needs for so many words, one at the least."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def slug_of(text: str, limit: int = SLUG_LENGTH) -> str:
    """An address's last part: ASCII letters, digits and hyphens, cut at a word's end; "story" if nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    apart = re.sub(r"['’]", "", ascii_text.lower())
    slug = re.sub(r"[^a-z0-9]+", "-", apart).strip("-")
    if len(slug) > limit:
        slug = slug[: limit + 1].rsplit("-", 1)[0][:limit].strip("-")
    return slug or "story"


def free_slug(wanted: str, *, taken: Container[str]) -> str:
    """The slug itself if it is free, else the first of slug-2, slug-3, … that is."""
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def joined(names: list[str], *, last: str) -> str:
    """Names as a sentence lists them: "A", "A and B", "A, B and C" with `last` as the word between."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
