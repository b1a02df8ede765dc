"""Whether a text says anything to whoever looks at it."""

from gazeti.plain.letters import visible
from gazeti.plain.words import normalised


def says_something(text: str) -> bool:
    """Whether a text holds a letter or digit that can be seen: spaces, invisible characters and signs alone do not."""
    return bool(normalised(visible(text)))
