"""Showing a draft to somebody without an account, and ending that."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction
from wagtail.log_actions import log as note_in_history

from gazeti import log
from gazeti.accounts.models import User
from gazeti.stories.actions.publish import STREAM
from gazeti.stories.models import SharedDraft, Story
from gazeti.stories.models.shared import hash_of

SHARED, ENDED = "stories.draft_shared", "stories.draft_share_ended"


@transaction.atomic
def share_draft(story: Story, *, days: int, now: datetime, by: User | None = None) -> tuple[SharedDraft, str]:
    """Make a link to a story's draft that ends after so many days; its secret is returned and kept nowhere."""
    token = token_urlsafe(32)
    ends_at = now + timedelta(days=days)
    shared = SharedDraft.objects.create(story=story, token_hash=hash_of(token), by=by, made_at=now, ends_at=ends_at)
    _note(shared, SHARED, by=by)
    return shared, token


@transaction.atomic
def end_share(shared: SharedDraft, *, now: datetime, by: User | None = None) -> None:
    """Let a link show nothing from now on; one that has ended stays as it is."""
    if SharedDraft.objects.filter(pk=shared.pk, revoked_at=None, ends_at__gt=now).update(revoked_at=now):
        _note(shared, ENDED, by=by)


def _note(shared: SharedDraft, action: str, *, by: User | None) -> None:
    note_in_history(instance=shared.story, action=action, user=by, data={"share": shared.pk})
    kind = action.removeprefix("stories.")
    log.append(STREAM, kind, {"story": shared.story_id, "share": shared.pk})
