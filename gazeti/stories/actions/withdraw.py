"""Taking a story back: withdrawn with a sentence that stays (410), or back to a draft (404)."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gazeti import log
from gazeti.stories.actions.publish import STREAM
from gazeti.stories.actions.purge import purge_story
from gazeti.stories.actions.shown import purge_shown
from gazeti.stories.models import Story
from gazeti.stories.rules import says_something

WITHDRAWN = "stories.withdraw"
"""What Wagtail's history calls it."""


@transaction.atomic
def withdraw_story(
    story: Story, *, now: datetime, note: str = "", by: AbstractBaseUser | None = None, has_expired: bool = False
) -> None:
    """Take a story that was out back for good: its address answers 410 with the note, and its record is kept.

    One that is published but that no reader could see yet goes back to a draft. Raises ValidationError for a draft
    that never was out, and for a note that is too long or holds a null character.
    """
    row = Story.objects.select_for_update().get(pk=story.pk)
    if not (row.live or row.was_public):
        raise ValidationError(_("This story was never out, so there is nothing to withdraw."))
    note = _clean_note(note, row)
    if row.was_public:
        row.withdrawn_at, row.withdrawn_note = now, note
        # Wagtail takes a story's aliases down with it.
        same = Story.objects.filter(Q(pk=row.pk) | Q(alias_of=row.pk))
        same.update(withdrawn_at=now, withdrawn_note=note)
    if row.live:
        row.unpublish(user=by, set_expired=has_expired, log_action=WITHDRAWN if row.was_public else True)
    else:
        record_withdrawal(row)
    story.refresh_from_db()


def _clean_note(note: str, story: Story) -> str:
    """The note as it is kept: empty where nobody could see a word of it, so that readers get ours."""
    ProhibitNullCharactersValidator()(note)
    return str(Story._meta.get_field("withdrawn_note").clean(note.strip() if says_something(note) else "", story))


@transaction.atomic
def withdraw_stories(
    stories: Iterable[Story], *, now: datetime, note: str = "", by: AbstractBaseUser | None = None
) -> int:
    """Withdraw these, and tell how many."""
    found = list(stories)
    for story in found:
        withdraw_story(story, now=now, note=note, by=by)
    return len(found)


@transaction.atomic
def record_withdrawal(story: Story) -> None:
    """Log that the public sees the story no more, and purge what showed it, the files of its pictures too."""
    log.append(STREAM, "withdrawn" if story.withdrawn_at else "unpublished", {"story": story.pk})
    purge_story(story, is_hidden=True)
    purge_shown(Story.objects.filter(pk=story.pk))
