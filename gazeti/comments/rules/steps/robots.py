"""Steps that ask how a comment came: what a robot does and people do not. None of them asks for a puzzle."""

from gazeti.comments.rules.facts import Facts, Finding, Said
from gazeti.comments.rules.names import Rule, State

TRAPS = {"filled": Rule.TRAP_FILLED, "forged": Rule.TRAP_FORGED}
"""Reasons of `guard.traps` that no person gives."""
ODD = {"fast": Rule.FORM_FAST, "stale": Rule.FORM_STALE, "unstamped": Rule.FORM_UNSTAMPED}
"""Reasons that a person may give, once in a while."""


def trapped(said: Said, facts: Facts) -> Finding | None:
    """A field that people do not see is filled in, or the time of the form is forged."""
    found = [TRAPS[one] for one in facts.trapped if one in TRAPS]
    return Finding(State.SPAM, found[0]) if found else None


def fallen(said: Said, facts: Facts) -> Finding | None:
    """An address was asked for that nobody is led to; but a browser of text shows the link to it like any other."""
    return Finding(State.HELD, Rule.TRAP_FALLEN) if "fallen" in facts.trapped else None


def odd_form(said: Said, facts: Facts) -> Finding | None:
    """The form came back at once, or after a day, or without its time."""
    found = [ODD[one] for one in facts.trapped if one in ODD]
    return Finding(State.HELD, found[0]) if found else None


def no_work(said: Said, facts: Facts) -> Finding | None:
    """Whoever is not signed in lets the browser work for a moment, or waits; without script nobody can."""
    is_asked = facts.asks_for_work and not facts.is_signed_in
    return Finding(State.HELD, Rule.NO_WORK) if is_asked and not facts.has_worked else None
