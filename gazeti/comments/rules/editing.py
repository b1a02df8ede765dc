"""What a writer may still change, and what becomes of a comment whose words were changed."""

from datetime import datetime, timedelta

from gazeti.comments.rules.facts import Finding
from gazeti.comments.rules.names import EDIT_MINUTES, State

EDITABLE = frozenset({State.PUBLISHED, State.HELD})


def edits_until(sent_at: datetime) -> datetime:
    """The moment from which on the words stay."""
    return sent_at + timedelta(minutes=EDIT_MINUTES)


def may_edit(state: str, *, sent_at: datetime, now: datetime, is_reported: bool = False, is_pick: bool = False) -> bool:
    """Whether its writer may change the words: for some minutes, unless it was refused or is gone.

    What somebody has reported stays as it was for who decides about that, and what the editors picked as they read it.
    """
    return state in EDITABLE and now < edits_until(sent_at) and not is_reported and not is_pick


def after_edit(found: Finding, *, state: str, otherwise: str | None) -> Finding:
    """What becomes of it, by what the policy finds in the new words.

    What waits for another reason than its words waits on by that rule (`otherwise`): other words change nothing of it.
    """
    if state == State.HELD and found.state == State.PUBLISHED and otherwise is not None:
        return Finding(State.HELD, otherwise)
    return found
