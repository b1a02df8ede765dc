"""What a check-up found."""

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """One thing looked at, how it is, and what to do about it."""

    part: str
    state: Literal["ok", "warn", "fail"]
    sentence: str
