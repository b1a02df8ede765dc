"""A comment as it is kept: tidied, with its lines.

Who calls refuses by length first: the work here is linear, and still work.
"""

import re
import unicodedata

from gazeti.plain.letters import tidied, visible

SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n{4,}")


def cleaned(text: str) -> str:
    """A comment as it is kept: in NFC, with two blank lines at most and nothing unseen; perhaps empty."""
    text = tidied(text)
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    text = BLANK_LINES.sub("\n\n\n", "\n".join(lines)).strip()
    return text if is_seen(text) else ""


def is_seen(text: str) -> bool:
    """Whether anything in a text is drawn: a letter, a digit, a sign."""
    return any(unicodedata.category(one)[0] in "LNPS" for one in visible(text))
