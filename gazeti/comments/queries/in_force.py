"""Which rules a comment meets by the settings in force, in words for everybody."""

from gazeti.comments.models import CommentPolicy
from gazeti.comments.rules import SENTENCES, Mode, Rule
from gazeti.stories.rules.marked import gettext_noop as _

ALL_WAIT = _("Every other comment is read before it is shown, unless it is said otherwise under its story.")
"""Instead of the last two rules where the paper's own mode is to hold all."""


def rules_in_force(policy: CommentPolicy) -> list[str]:
    """The sentences of the rules in the order in which a comment meets them, to be translated; none that is off."""
    left_out = {rule for rule, is_on in _switches(policy).items() if not is_on}
    told = [SENTENCES[rule].policy for rule in Rule if rule in SENTENCES and rule not in left_out]
    return [*told, ALL_WAIT] if policy.mode == Mode.HOLD else told


def _switches(policy: CommentPolicy) -> dict[Rule, bool]:
    """Whether each rule that can be switched off is on."""
    waits = policy.mode == Mode.HOLD
    return {
        Rule.BANNED_WORDS: policy.uses_starter_words or bool(policy.banned_words.strip()),
        Rule.SUSPECT_WORDS: policy.uses_starter_words or bool(policy.suspect_words.strip()),
        Rule.NO_WORK: policy.asks_for_work,
        Rule.FIRST_TIME: policy.first_time_waits,
        Rule.MODE: not waits,
        Rule.PASSED: not waits,
    }
