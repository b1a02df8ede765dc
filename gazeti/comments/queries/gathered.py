"""Some comments of a discussion by themselves, as on its story: in threads as far as what they answer is among them."""

from collections.abc import Sequence
from dataclasses import replace

from gazeti.comments.queries.shown import Shown, gone_above
from gazeti.comments.rules.places import Said, places


def gathered(comments: Sequence[Shown]) -> list[Shown]:
    """These comments, each below the one that it answers; one whose is not among them begins a thread of its own.

    Threads follow each other by their newest comment, the newest first; inside one it is as everywhere, by branch and
    number. What is gone keeps its place above those who answer it, beside their number.
    """
    found = {one.number: one for one in comments}
    found = {one.answers: gone_above(one) for one in comments if one.answers and not one.answered} | found
    said = (
        Said(one.number, one.answers if one.answers in found else None, is_published=True) for one in found.values()
    )
    here = places(said)
    stand = [replace(found[number], root=place.root, branch=place.branch) for number, place in here.items()]
    newest: dict[int, int] = {}
    for one in stand:
        newest[one.root] = max(one.number, newest.get(one.root, 0))
    return sorted(stand, key=lambda one: (-newest[one.root], one.branch, one.number))
