"""Whether a text says anything to whoever looks at it."""

import unicodedata

from gazeti.plain.words import normalised

BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U00013441\U00013442")
"""Letters, marks and signs by their category that are drawn as nothing: fillers, joiners, a blank in Braille."""
UNSEEN = frozenset({"Cf", "Co", "Cn"})
"""Categories of characters that are drawn as nothing, or as nothing that means something to others."""


def visible(text: str) -> str:
    """The text without the characters that nobody sees, such as U+200B; spaces and line ends stay."""
    return "".join(one for one in text if one not in BLANKS and unicodedata.category(one) not in UNSEEN)


def says_something(text: str) -> bool:
    """Whether a text holds a letter or digit that can be seen: spaces, invisible characters and signs alone do not."""
    return bool(normalised(visible(text)))
