"""Steps that ask who writes, and what they wrote before."""

from gazeti.comments.rules.facts import Facts, Finding, Said
from gazeti.comments.rules.names import Rule, State
from gazeti.comments.rules.words import disguised
from gazeti.plain.letters import likeness


def banned(said: Said, facts: Facts) -> Finding | None:
    """Whom a moderator banned says nothing more."""
    return Finding(State.REJECTED, Rule.BANNED) if facts.is_banned else None


def suspended(said: Said, facts: Facts) -> Finding | None:
    """Whom a moderator suspended says nothing until that is over."""
    is_over = facts.suspended_until is None or facts.suspended_until <= facts.now
    return None if is_over else Finding(State.REJECTED, Rule.SUSPENDED)


def newsroom(said: Said, facts: Facts) -> Finding | None:
    """The newsroom's own people answer for what they say."""
    return Finding(State.PUBLISHED, Rule.NEWSROOM) if facts.is_staff else None


def repeated(said: Said, facts: Facts) -> Finding | None:
    """The same is said once a day."""
    return Finding(State.REJECTED, Rule.REPEATED) if facts.is_repeated else None


def muted(said: Said, facts: Facts) -> Finding | None:
    """Whom a moderator muted is read first."""
    return Finding(State.HELD, Rule.MUTED) if facts.is_muted else None


def newsroom_name(said: Said, facts: Facts) -> Finding | None:
    """Nobody else writes under a name of the newsroom's people, or one that looks like it."""
    name = disguised(likeness(said.name))
    taken = {disguised(one) for one in facts.staff_names}
    return Finding(State.HELD, Rule.NEWSROOM_NAME, (said.name,)) if name in taken else None


def too_fast(said: Said, facts: Facts) -> Finding | None:
    """Nobody reads and writes that fast."""
    return Finding(State.HELD, Rule.TOO_FAST) if facts.is_too_fast else None


def first_time(said: Said, facts: Facts) -> Finding | None:
    """Whoever has had no comment published yet is read first, where the newsroom wants it."""
    is_new = facts.first_time_waits and not facts.approved
    return Finding(State.HELD, Rule.FIRST_TIME) if is_new else None
