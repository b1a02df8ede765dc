"""What of a told discussion is here already and what would come in, and under which numbers; nothing is written."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect

from gazeti.accounts.models import User
from gazeti.comments.models import Comment
from gazeti.comments.rules import State
from gazeti.comments.rules.places import Place, Said, places
from gazeti.comments.rules.told import Told
from gazeti.stories.models import Story
from gazeti.stories.queries import page_at, root_of_paper

DEPTH = 2
"""Parts of a story's address."""


class Unfit(Exception):
    """A discussion cannot come in as it is told; the message is a sentence that says why."""


class Verdict(StrEnum):
    """What became of a told discussion."""

    MADE = "made"
    COMPLETED = "completed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Plan:
    """What would be done: the numbers of all that were told, and those of them that are new."""

    numbers: dict[int, int]
    new: list[Told]
    places: dict[int, Place]
    was_empty: bool
    readers: dict[str, int]
    """Who wrote what is here already, by the keys of the file."""
    moved: list[int]
    """Comments that were here, by number, and get or lose their place for readers with those that answer them."""

    @property
    def verdict(self) -> Verdict:
        """In a word."""
        if not self.new:
            return Verdict.UNCHANGED
        return Verdict.MADE if self.was_empty else Verdict.COMPLETED


def story_addressed(address: str) -> Story | None:
    """The story at an address, whether the public may read it or not; at an old one, the one that moved from there."""
    parts = [part for part in address.split("/") if part]
    page = page_at(parts, root=root_of_paper()) if len(parts) == DEPTH and "\x00" not in address else None
    if page is None:
        moved = Redirect.objects.filter(old_path=Redirect.normalise_path(address)).exclude(redirect_page=None)
        row = moved.select_related("redirect_page").order_by("-pk").first()
        page = row.redirect_page.specific if row else None
    return page if isinstance(page, Story) else None


def planned(story: Story, *, told: Sequence[Told]) -> Plan:
    """What would be done with a discussion as it is told. Raises Unfit.

    A comment that was sent at the same moment is here already, whatever became of it since.
    """
    here = list(Comment.objects.filter(story=story.pk).order_by("number"))
    known: defaultdict[tuple[datetime, str], deque[Comment]] = defaultdict(deque)
    for comment in here:
        known[comment.sent_at, comment.language].append(comment)
    numbers: dict[int, int] = {}
    new: list[Told] = []
    readers: dict[str, int] = {}
    last = here[-1].number if here else 0
    for one in sorted(told, key=lambda one: one.number):
        if found := known[one.sent_at, one.language]:
            there = found.popleft()
            numbers[one.number] = there.number
            readers |= {one.reader: there.reader_id} if one.reader and there.reader_id else {}
        else:
            last += 1
            numbers[one.number] = last
            new.append(one)
    _check(told, numbers=numbers, was_empty=not here)
    stand = places([*map(_said, here), *(_told(one, numbers=numbers) for one in new)])
    moved = [one.number for one in here if one.is_shown != stand[one.number].is_shown]
    return Plan(numbers, new, stand, not here, readers, moved if new else [])


def people_named() -> dict[str, int]:
    """Everybody of the newsroom whose name nobody else there has, by that name."""
    people = User.objects.filter(Q(groups__isnull=False) | Q(is_superuser=True)).distinct()
    found: defaultdict[str, list[int]] = defaultdict(list)
    for person in people.only("pk", "first_name", "last_name"):
        found[person.get_full_name()].append(person.pk)
    return {name: pks[0] for name, pks in found.items() if name and len(pks) == 1}


def _check(told: Sequence[Told], *, numbers: dict[int, int], was_empty: bool) -> None:
    if len(numbers) < len(told):
        raise Unfit("two of its comments have the same number")
    gap = next((number for number in range(1, len(told) + 1) if number not in numbers), None)
    if was_empty and gap:
        raise Unfit(f"comment {gap} is missing, and numbers go from 1 without a gap")
    lost = next((one for one in told if one.reply_to and one.reply_to not in numbers), None)
    if lost:
        raise Unfit(f"comment {lost.number} answers {lost.reply_to}, which is not in the file")


def _said(comment: Any) -> Said:
    return Said(comment.number, comment.reply_to, comment.state == State.PUBLISHED)


def _told(one: Told, *, numbers: dict[int, int]) -> Said:
    above = numbers[one.reply_to] if one.reply_to else None
    return Said(numbers[one.number], above, one.state is State.PUBLISHED)
