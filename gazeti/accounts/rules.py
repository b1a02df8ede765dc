"""Who has which role, who must prove a second factor, what a session is worth, and where readers are led."""

import re
from collections.abc import Iterable
from enum import Enum
from types import MappingProxyType

from gazeti.base.rules import RESERVED_SLUGS

ROLES = MappingProxyType(
    {"reporter": "Reporters", "editor": "Editors", "moderator": "Moderators", "administrator": "Administrators"}
)
"""Each role and the group of Django's that holds its rights."""
STRONG = frozenset({ROLES["editor"], ROLES["administrator"]})
"""The groups whose members publish or rule: who steals their password could speak for the paper."""

STORY = re.compile(r"/([a-z0-9_-]+)/[a-z0-9_-]+/(?:comments/(?:[0-9]+/)?(?:\?to=[0-9]+)?)?(?:#[a-z0-9-]+)?", re.ASCII)
"""The address of a story, of its comments, of one of them."""
LONGEST_ADDRESS = 500


class Session(Enum):
    """What a signed-in session is worth."""

    OPEN = "open"
    LACKING = "lacking"
    """No second factor is set up, and the role asks for one: only setting one up is open."""
    UNPROVEN = "unproven"
    """There is a second factor, and this session never proved it: as if nobody had signed in."""


def must_have_factor(groups: Iterable[str], *, is_superuser: bool, is_required: bool) -> bool:
    """Whether somebody in these groups must have a second factor, where the newsroom asks for it."""
    return is_required and (is_superuser or not STRONG.isdisjoint(groups))


def worth(*, has_factor: bool, is_proven: bool, must_have: bool) -> Session:
    """What a session is worth, by whether a second factor is set up, was proven in it, and is asked for."""
    if has_factor:
        return Session.OPEN if is_proven else Session.UNPROVEN
    return Session.LACKING if must_have else Session.OPEN


def story_address(asked: str) -> str:
    """Where a reader is led after signing in: an address of a story here, or none."""
    found = STORY.fullmatch(asked) if len(asked) <= LONGEST_ADDRESS else None
    return asked if found and found[1] not in RESERVED_SLUGS else ""
