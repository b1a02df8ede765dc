"""What happens to a comment: an ordered list of small steps that reads as the policy. The first that finds decides.

Why in this order: docs/decisions/0022-comment-policy.md.
"""

from collections.abc import Callable

from gazeti.comments.rules import steps
from gazeti.comments.rules.facts import Facts, Finding, Said
from gazeti.comments.rules.names import Rule, State

Step = Callable[[Said, Facts], Finding | None]
REFUSALS: tuple[Step, ...] = (
    steps.closed,
    steps.banned,
    steps.suspended,
    steps.newsroom,
    steps.repeated,
    steps.trapped,
    steps.banned_words,
)
"""What no moderator need see, and before it, whoever writes for the paper."""
HOLDS: tuple[Step, ...] = (
    steps.muted,
    steps.newsroom_name,
    steps.links,
    steps.advertising,
    steps.suspect_words,
    steps.too_fast,
    steps.fallen,
    steps.odd_form,
    steps.no_work,
    steps.first_time,
    steps.hold_all,
)
"""What a moderator must see: who it is, then what it says, then how it came, then what waits whatever it says."""
OF_WORDS = frozenset({steps.newsroom_name, steps.links, steps.advertising, steps.suspect_words})
"""The holds that other words may end."""
STEPS = REFUSALS + HOLDS
PASSED = Finding(State.PUBLISHED, Rule.PASSED)


def judged(said: Said, facts: Facts) -> Finding:
    """What the first step that finds something decides; published where none does."""
    return next((found for step in STEPS if (found := step(said, facts))), PASSED)


def waits_besides(said: Said, facts: Facts) -> str:
    """The rule by which a comment waits whatever it says, of which an earlier step tells nothing; empty where none."""
    found = (step(said, facts) for step in HOLDS if step not in OF_WORDS)
    return next((str(one.rule) for one in found if one), "")
