"""Pure decisions about comments: the words of their states, and the policy that each one meets (`policy`)."""

from gazeti.comments.rules.facts import Facts, Finding, Said
from gazeti.comments.rules.names import (
    LONGEST_BODY,
    LONGEST_NAME,
    REPEATED_FROM,
    Complaint,
    Kind,
    Mode,
    Reason,
    Rule,
    State,
)
from gazeti.comments.rules.policy import HOLDS, REFUSALS, STEPS, judged, waits_besides
from gazeti.comments.rules.sentences import SENTENCES, Sentences

__all__ = [
    "HOLDS",
    "LONGEST_BODY",
    "LONGEST_NAME",
    "REFUSALS",
    "REPEATED_FROM",
    "SENTENCES",
    "STEPS",
    "Complaint",
    "Facts",
    "Finding",
    "Kind",
    "Mode",
    "Reason",
    "Rule",
    "Said",
    "Sentences",
    "State",
    "judged",
    "waits_besides",
]
