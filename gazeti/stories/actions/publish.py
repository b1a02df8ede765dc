"""Publication: what must hold before it, and what is stamped and logged with it."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log as note_in_history

from gazeti import log
from gazeti.media.actions import finish_renditions
from gazeti.stories.actions.purge import purge_story
from gazeti.stories.actions.refuse import refuse_unready
from gazeti.stories.models import Story
from gazeti.stories.queries import pictures_in

STREAM = "stories"
OPENED = "stories.open_embargo"
"""What Wagtail's history calls the end of an embargo."""


def publish_story(story: Story, *, now: datetime, by: AbstractBaseUser | None = None) -> Story:
    """Publish the latest revision of a story. Raises NotReady, and writes nothing, while something blocks it.

    Renditions are made before the transaction opens: nothing is encoded inside it.
    """
    draft: Story = story.get_latest_revision_as_object()
    refuse_unready(draft, now=now)
    finish_renditions(pictures_in(draft))
    with transaction.atomic():
        revision = story.latest_revision or draft.save_revision(user=by)
        revision.publish(user=by)
    story.refresh_from_db()
    return story


@transaction.atomic
def record_publication(story: Story, *, now: datetime) -> None:
    """Give the story its date if it has none and no embargo, log the publication and purge what shows it."""
    is_held = story.published_at is None and story.embargo_until is not None and story.embargo_until > now
    if story.published_at is None and not is_held:
        story.published_at = story.first_published_at = now
        Story.objects.filter(pk=story.pk).update(first_published_at=now)
    story.withdrawn_at, story.withdrawn_note = None, ""
    # Wagtail brings aliases up to date after this, and leaves them what befell them.
    with_aliases = Story.objects.filter(Q(pk=story.pk) | Q(alias_of=story.pk))
    with_aliases.update(published_at=story.published_at, withdrawn_at=None, withdrawn_note="")
    revision = story.live_revision_id or story.latest_revision_id
    log.append(STREAM, "embargoed" if is_held else "published", {"story": story.pk, "revision": revision})
    purge_story(story, is_hidden=is_held)


@transaction.atomic
def open_embargo(story: Story, *, now: datetime) -> bool:
    """Show a published story to readers as its embargo ends; this moment is its first-published time.

    False, and nothing written, where that was done before or the embargo lasts.
    """
    held = Story.objects.filter(pk=story.pk, live=True, published_at=None, embargo_until__lte=now)
    if not held.update(published_at=now, first_published_at=now):
        return False
    story.refresh_from_db()
    log.append(STREAM, "published", {"story": story.pk, "revision": story.live_revision_id, "embargo": True})
    note_in_history(instance=story, action=OPENED, revision=story.live_revision)
    purge_story(story)
    return True
