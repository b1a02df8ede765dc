"""Steps that ask how the story takes comments."""

from gazeti.comments.rules.facts import Facts, Finding, Said
from gazeti.comments.rules.names import Mode, Rule, State


def closed(said: Said, facts: Facts) -> Finding | None:
    """Nobody adds to a discussion that is closed."""
    is_open = facts.is_open and facts.mode != Mode.CLOSED
    return None if is_open else Finding(State.REJECTED, Rule.CLOSED)


def hold_all(said: Said, facts: Facts) -> Finding | None:
    """Under a story or in a section whose comments are read first, each waits."""
    return Finding(State.HELD, Rule.MODE) if facts.mode == Mode.HOLD else None
