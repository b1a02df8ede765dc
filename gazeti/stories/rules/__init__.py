"""Decisions about stories that need no database: what fields may hold, and what stands between a story and readers."""

from gazeti.stories.rules.checks import CHECKS, OVERRIDABLE, Check, findings
from gazeti.stories.rules.facts import Facts, Finding, Paragraph, Quoted, Severity, ShownPicture
from gazeti.stories.rules.fields import (
    HEADLINE_LENGTH,
    LANGUAGES,
    SHORT_HEADLINE_LENGTH,
    date_faults,
    embargo_faults,
    html_language,
    reach_faults,
)
from gazeti.stories.rules.overrides import REASON_LENGTH, reason_faults
from gazeti.stories.rules.words import says_something

__all__ = [
    "CHECKS",
    "HEADLINE_LENGTH",
    "LANGUAGES",
    "OVERRIDABLE",
    "REASON_LENGTH",
    "SHORT_HEADLINE_LENGTH",
    "Check",
    "Facts",
    "Finding",
    "Paragraph",
    "Quoted",
    "Severity",
    "ShownPicture",
    "date_faults",
    "embargo_faults",
    "findings",
    "html_language",
    "reach_faults",
    "reason_faults",
    "says_something",
]
