"""The steps of the policy, each a question of its own: what it finds, or None."""

from gazeti.comments.rules.steps.content import advertising, banned_words, links, suspect_words
from gazeti.comments.rules.steps.discussion import closed, hold_all
from gazeti.comments.rules.steps.robots import fallen, no_work, odd_form, trapped
from gazeti.comments.rules.steps.writer import (
    banned,
    first_time,
    muted,
    newsroom,
    newsroom_name,
    repeated,
    suspended,
    too_fast,
)

__all__ = [
    "advertising",
    "banned",
    "banned_words",
    "closed",
    "fallen",
    "first_time",
    "hold_all",
    "links",
    "muted",
    "newsroom",
    "newsroom_name",
    "no_work",
    "odd_form",
    "repeated",
    "suspect_words",
    "suspended",
    "too_fast",
    "trapped",
]
