"""Taking a story back: withdrawn with a sentence that stays (410), or back to a draft (404)."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from gazeti import log
from gazeti.stories.actions.publish import STREAM
from gazeti.stories.actions.purge import purge_story
from gazeti.stories.models import Story


@transaction.atomic
def withdraw_story(
    story: Story, *, now: datetime, note: str = "", by: AbstractBaseUser | None = None, has_expired: bool = False
) -> None:
    """Take a story that was out back for good: its address answers 410 with the note, and its record is kept."""
    story.withdrawn_at, story.withdrawn_note = now, note
    if story.live:
        story.unpublish(user=by, set_expired=has_expired)
        return
    Story.objects.filter(pk=story.pk).update(withdrawn_at=now, withdrawn_note=note)
    record_withdrawal(story)


@transaction.atomic
def record_withdrawal(story: Story) -> None:
    """Log that the public sees the story no more, and purge what showed it."""
    log.append(STREAM, "withdrawn" if story.withdrawn_at else "unpublished", {"story": story.pk})
    purge_story(story)
