"""Revisions: giving a live story the one it lacks, and deleting those that nothing stands on."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import Page, Revision

from gazeti.stories.models import Story
from gazeti.stories.queries.revisions import revisions_to_spare

BATCH = 200


@transaction.atomic
def give_live_revision(story: Story, *, now: datetime) -> Revision:
    """Keep what readers see of a live story as its live revision; a newer draft stays the latest."""
    story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    latest = story.latest_revision
    revision = latest if latest and not story.has_unpublished_changes else _as_it_is(story, latest, now=now)
    Page.objects.filter(pk=story.pk).update(live_revision=revision, latest_revision=latest or revision)
    return revision


def purge_revisions(*, before: datetime | None = None) -> int:
    """Delete the revisions of pages that nothing stands on, made before a moment or at any time; how many."""
    count = 0
    last = 0
    while batch := list(revisions_to_spare(before=before).filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        count += sum(_deleted(revision) for revision in batch)
    return count


def _as_it_is(story: Story, latest: Revision | None, *, now: datetime) -> Revision:
    """A revision of the live row, older than the latest: Wagtail tells which is the latest by when it was made."""
    moment = story.last_published_at or now
    revision = Revision(
        content_object=story,
        base_content_type=story.get_base_content_type(),
        object_str=str(story),
        content=story.serializable_data(),
        created_at=min(moment, latest.created_at - timedelta(microseconds=1)) if latest else moment,
    )
    revision.save()
    return revision


def _deleted(revision: Revision) -> bool:
    """Delete one, unless somebody scheduled or published it meanwhile."""
    try:
        with transaction.atomic():
            revision.delete()
    except ProtectedError:
        return False
    return True
