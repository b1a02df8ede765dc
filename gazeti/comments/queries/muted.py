"""Whom a reader would rather not read."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from gazeti.comments.models import Comment, Mute
from gazeti.comments.queries.shown import Shown
from gazeti.stories.models import Story


def muted_by(person: Any) -> frozenset[int]:
    """The readers that somebody who is signed in has muted, by their ids; one query."""
    return frozenset(Mute.objects.filter(reader__user=person).values_list("muted_id", flat=True))


def without_muted(comments: Collection[Shown], *, story: Story, person: Any) -> list[Shown]:
    """A story's comments for somebody who would rather not read some readers, nor their names above replies to them.

    Two queries for who has muted anybody, one for who has not, none for who is not signed in.
    """
    muted = muted_by(person) if person is not None else frozenset()
    if not muted:
        return list(comments)
    answered = {one.answers for one in comments if one.answers}
    found = Comment.objects.filter(story=story, number__in=answered, reader__in=muted)
    theirs = frozenset(found.values_list("number", flat=True))
    unnamed = [replace(one, answered="") if one.answers in theirs else one for one in comments]
    return [replace(one, is_muted=True, answered="") if one.reader in muted else one for one in unnamed]
