"""Whether more may be said: under a story, in a section, in the whole paper; by a moderator or by the clock."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gazeti import log
from gazeti.comments.actions.purge import purge_discussion, purge_discussions
from gazeti.comments.actions.states import STREAM
from gazeti.comments.models import CommentPolicy, Discussion, SectionMode
from gazeti.comments.queries.closing import aged_among
from gazeti.comments.rules import Mode
from gazeti.log.clock import Item
from gazeti.stories.models import Section, Story


@transaction.atomic
def set_story_mode(story: Story, *, mode: Mode | None, until: datetime | None, by: Any) -> None:
    """How comments under a story are taken, for a time or for good; None: as its section and the paper say.

    With any mode of its own a story does not close by age: a moderator has decided.
    """
    Discussion.objects.update_or_create(
        story=story,
        defaults={"mode": mode or "", "mode_until": until if mode else None, "closed_at": None},
    )
    log.append(STREAM, "mode", {"story": story.pk, "mode": mode or "", "by": by.pk if by else None})
    purge_discussion(story.pk)


@transaction.atomic
def set_section_mode(section: Section, *, mode: Mode | None, by: Any) -> None:
    """How comments in a section are taken where a story does not say; None: as the paper says."""
    SectionMode.objects.update_or_create(section=section, defaults={"mode": mode or ""})
    log.append(STREAM, "mode", {"section": section.pk, "mode": mode or "", "by": by.pk if by else None})


@transaction.atomic
def switch_comments(*, is_open: bool, by: Any) -> None:
    """Close all discussions at once, or let them be open again as they were."""
    policy = CommentPolicy.load()
    policy.is_open = is_open
    policy.save()
    log.append(STREAM, "switched", {"is_open": is_open, "by": by.pk if by else None})


@transaction.atomic
def end_mode(item: Item, *, now: datetime) -> None:
    """Take a story's own mode away as its time ends."""
    ended = Discussion.objects.filter(pk=int(item.key), mode_until__lte=now)
    if ended.update(mode="", mode_until=None):
        log.append(STREAM, "mode", {"story": int(item.key), "mode": "", "by": None})
        purge_discussion(int(item.key))


@transaction.atomic
def close_aged(item: Item, *, now: datetime) -> None:
    """Note that the discussions of stories that are old enough are closed, and purge what says that they are open."""
    stories = aged_among(item, now=now)
    Discussion.objects.bulk_create([Discussion(story_id=pk) for pk in stories], ignore_conflicts=True)
    Discussion.objects.filter(pk__in=stories).update(closed_at=now)
    purge_discussions(stories)
