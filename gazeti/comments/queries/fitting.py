"""Comments as they fit under a story: long ones are cut, so that its page weighs what it may whatever people write."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

from gazeti.comments.formats import cut, cut_name
from gazeti.comments.queries.shown import Shown

ROOM = 3_900
"""Bytes of all words and names together, deflated by themselves; among those of the page they take a third more."""
SIZES = ((1_000, 60), (600, 60), (400, 60), (280, 60), (200, 40), (140, 30), (100, 24), (60, 16), (40, 12))
"""The most characters of each comment and of a name; twenty of the last fit, whatever they are."""


def fitted(comments: Sequence[Shown]) -> list[Shown]:
    """The same, each as long as all of them may be; short ones stay whole before long ones."""
    for size in SIZES:
        shown = [_shortened(one, size) for one in comments]
        if _weight(shown) <= ROOM:
            return shown
    return [_shortened(one, SIZES[-1]) for one in comments]


def _shortened(one: Shown, size: tuple[int, int]) -> Shown:
    body, name = cut(one.body, most=size[0]), cut_name(one.name, most=size[1])
    is_cut = (body, name) != (one.body, one.name)
    return replace(one, body=body, name=name, answered=cut_name(one.answered, most=size[1]), is_cut=is_cut)


def _weight(comments: Sequence[Shown]) -> int:
    said = (part for one in comments for part in (one.name, one.answered, one.html))
    return len(zlib.compress("\n".join(said).encode()))
