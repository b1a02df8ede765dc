"""What became of a comment, in words for its writer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazeti.comments.forms import REASONS
from gazeti.comments.rules import SENTENCES, State

STATES = {
    State.PUBLISHED: gettext_lazy("Your comment is published."),
    State.HELD: gettext_lazy("Your comment waits for a moderator."),
    State.REJECTED: gettext_lazy("Your comment was not published."),
    State.SPAM: gettext_lazy("Your comment was put aside."),
    State.DELETED: gettext_lazy("This comment was deleted."),
}

NOT_SHOWN = gettext_lazy("Your comment is no longer shown.")
"""Of a published one under a story that nobody may read any more."""


def state_in_words(state: str) -> str:
    """What became of it, in a sentence."""
    return str(STATES[State(state)])


def sentence_of(rule: str, *, state: str, reason: str = "") -> str:
    """Why, by the reason that a moderator gave, or else by the rule; empty where neither says more than the state."""
    if reason in REASONS:
        return str(REASONS[reason])
    sentence = SENTENCES.get(rule)
    return _(sentence.writer) if sentence and state != State.DELETED else ""
