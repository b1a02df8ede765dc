"""Coverages of the sample edition, played event by event through the same actions that the desk uses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from gazeti.cli.edition.contents import moment
from gazeti.cli.edition.typeset import Named, typeset
from gazeti.live.actions import (
    cover,
    edit_update,
    move_to,
    pin_update,
    post_update,
    retract_update,
    summarise,
    unpin_update,
)
from gazeti.live.actions.events import Words
from gazeti.live.models import Coverage
from gazeti.live.rules import Kind
from gazeti.stories.formats import raw_body
from gazeti.stories.models import Author, Story

Facts = Mapping[str, Any]


@transaction.atomic
def cover_story(
    story: Story,
    *,
    events: Sequence[Facts],
    since: Facts,
    day: datetime,
    authors: Mapping[str, Author],
    named: Named,
    by: AbstractBaseUser | None,
) -> None:
    """Cover a story as its data tells it, whole or not at all; one that is covered already stays as it is.

    `since` says how many days ago it is of which an event tells only the time.
    """
    if Coverage.objects.filter(pk=story.pk).exists():
        return
    cover(story, starts_at=story.published_at, now=day)
    played = Played(story, authors=authors, named=named, by=by)
    for facts in events:
        played.play(facts, now=moment({"days_ago": since["days_ago"], **facts}, day=day))


class Played:
    """One coverage while it is played: which update has which name."""

    def __init__(
        self, story: Story, *, authors: Mapping[str, Author], named: Named, by: AbstractBaseUser | None
    ) -> None:
        self.story, self.authors, self.named, self.by = story, authors, named, by
        self.numbers: dict[str, int] = {}

    def play(self, facts: Facts, *, now: datetime) -> None:
        """One event at its time."""
        kind, story, number = Kind(facts["kind"]), self.story.pk, self.numbers.get(facts.get("of", ""), 0)
        if kind is Kind.POST:
            update = post_update(story, words=self.words(facts), by=self.by, now=now)
            self.numbers[facts.get("name", "")] = update.number
        elif kind is Kind.EDIT:
            edit_update(story, number=number, words=self.words(facts), now=now)
        elif kind is Kind.RETRACT:
            retract_update(story, number=number, now=now)
        elif kind is Kind.PIN:
            pin_update(story, number=number)
        elif kind is Kind.UNPIN:
            unpin_update(story, number=number)
        elif kind is Kind.SUMMARY:
            summarise(story, words=self.words(facts), now=now)
        else:
            move_to(story, kind=kind, now=now)

    def words(self, facts: Facts) -> Words:
        """What an event says: its text, then its other blocks. Raises KeyError for a name that nothing has."""
        text = [{"type": "text", "text": facts["text"]}] if "text" in facts else []
        return Words(
            body=raw_body(typeset([*text, *facts.get("body", ())], named=self.named)),
            heading=facts.get("heading", ""),
            author=self.authors[facts["author"]].pk,
            is_key=facts.get("key", False),
            correction=facts.get("correction", ""),
        )
