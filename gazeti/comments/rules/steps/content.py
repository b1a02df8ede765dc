"""Steps that ask what a comment says: its links and its words, and those of the name above it."""

from gazeti.comments.rules.facts import Facts, Finding, Said
from gazeti.comments.rules.names import Rule, State
from gazeti.comments.rules.words import asks_in, found_in, starter_words
from gazeti.plain.addresses import links_in

MOST_WORDS = 100
"""Words of a comment that are kept as what a rule found: one may be nothing but links."""


def banned_words(said: Said, facts: Facts) -> Finding | None:
    """A comment with a banned word is refused."""
    words = _found(said, (*facts.banned_words, *starter_words("banned", is_used=facts.uses_starter_words)))
    return Finding(State.REJECTED, Rule.BANNED_WORDS, words[:MOST_WORDS]) if words else None


def suspect_words(said: Said, facts: Facts) -> Finding | None:
    """A comment with a suspect word waits."""
    words = _found(said, (*facts.suspect_words, *starter_words("suspect", is_used=facts.uses_starter_words)))
    return Finding(State.HELD, Rule.SUSPECT_WORDS, words[:MOST_WORDS]) if words else None


def links(said: Said, facts: Facts) -> Finding | None:
    """A comment with more links than allowed waits, and one under a name that is an address."""
    in_name, in_body = links_in(said.name), links_in(said.body)
    is_many = len(in_body) > facts.links_allowed
    words = (*in_name, *in_body)[:MOST_WORDS]
    return Finding(State.HELD, Rule.LINKS, words) if in_name or is_many else None


def advertising(said: Said, facts: Facts) -> Finding | None:
    """A comment that begs for visits, subscriptions, calls or money waits."""
    words = asks_in(said.body)
    return Finding(State.HELD, Rule.ADVERTISING, words[:MOST_WORDS]) if words else None


def _found(said: Said, words: tuple[str, ...]) -> tuple[str, ...]:
    return (*found_in(said.name, words), *found_in(said.body, words))
