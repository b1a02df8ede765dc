"""Publication: what must hold before it, and what is stamped and logged with it."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from gazeti import log
from gazeti.media.actions import finish_renditions
from gazeti.stories.actions.purge import purge_story
from gazeti.stories.models import Story
from gazeti.stories.queries import pictures_in
from gazeti.stories.rules import missing

STREAM = "stories"


class NotReady(Exception):
    """A story that may not go out; `reasons` holds a sentence for each thing that is missing."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the reasons."""
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def publish_story(story: Story, *, now: datetime, by: AbstractBaseUser | None = None) -> Story:
    """Publish the latest revision of a story. Raises NotReady, and writes nothing, while something is missing.

    Renditions are made before the transaction opens: nothing is encoded inside it.
    """
    draft: Story = story.get_latest_revision_as_object()
    reasons = missing(draft.essentials(dated=True))
    if reasons:
        raise NotReady(reasons)
    finish_renditions(pictures_in(draft))
    with transaction.atomic():
        revision = story.latest_revision or draft.save_revision(user=by)
        revision.publish(user=by)
    story.refresh_from_db()
    return story


@transaction.atomic
def record_publication(story: Story) -> None:
    """Give the story its date if it has none, log the publication and purge what shows it."""
    if story.published_at is None:
        story.published_at = timezone.now()
        Story.objects.filter(pk=story.pk).update(published_at=story.published_at)
    revision = story.live_revision_id or story.latest_revision_id
    log.append(STREAM, "published", {"story": story.pk, "revision": revision})
    purge_story(story)


@transaction.atomic
def record_withdrawal(story: Story) -> None:
    """Log that the public sees the story no more, and purge what showed it."""
    log.append(STREAM, "unpublished", {"story": story.pk})
    purge_story(story)
