"""What somebody writes into a coverage, as plain values, before anything has looked at it."""

from dataclasses import dataclass
from typing import Any

LONGEST_HEADING = 150
LONGEST_CORRECTION = 300
LONGEST_TEXT = 20_000
"""Characters of an update's body that readers read; what is longer is a story."""
MOST_BLOCKS = 100
"""Blocks of an update's body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an event gives an update, or the summary: `body` raw as a StreamField keeps it."""

    body: list[dict[str, Any]]
    heading: str = ""
    author: int | None = None
    is_key: bool = False
    correction: str = ""
