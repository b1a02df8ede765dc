"""What the clock does at its time, one action a job; each looks again under a lock whether it is still due."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision

from gazeti import log
from gazeti.log.clock import Item
from gazeti.media.actions import finish_renditions, settle_rights
from gazeti.media.models import Picture
from gazeti.stories.actions.publish import STREAM, open_embargo
from gazeti.stories.actions.purge import purge_picture
from gazeti.stories.actions.refuse import refuse_unready
from gazeti.stories.actions.withdraw import withdraw_story
from gazeti.stories.models import Story
from gazeti.stories.queries import pictures_in
from gazeti.stories.queries.due import stories_showing

BY_SCHEDULE = "wagtail.publish.scheduled"
BY_EXPIRY = "wagtail.unpublish.scheduled"


class RightsEnded(NamedTuple):
    """A picture that readers see no more, and the stories that showed it."""

    picture: Picture
    stories: list[Story]


def finish_scheduled(item: Item, *, now: datetime) -> None:
    """Make the renditions that a scheduled story still lacks, before its transaction opens. Raises PictureRefused."""
    revision = _scheduled(item, now=now).first()
    draft = revision.as_object() if revision else None
    if isinstance(draft, Story):
        finish_renditions(pictures_in(draft))


@transaction.atomic
def publish_scheduled(item: Item, *, now: datetime) -> None:
    """Publish a revision whose time has come, whoever scheduled it and whatever became of their rights.

    Raises NotReady while something is missing: the schedule stays.
    """
    revision = _scheduled(item, now=now).select_for_update().first()
    if revision is None:
        return
    draft = revision.as_object()
    if isinstance(draft, Story):
        refuse_unready(draft, now=now)
    if draft.go_live_at and draft.go_live_at > timezone.now():
        # The clock has said that it is time; Wagtail asks this machine's again, and would take the story offline.
        revision.content = {**revision.content, "go_live_at": None}
    revision.publish(log_action=BY_SCHEDULE)


@transaction.atomic
def end_embargo(item: Item, *, now: datetime) -> None:
    """Show a story to readers as its embargo ends."""
    story = Story.objects.select_for_update(of=("self",)).filter(pk=item.key).first()
    if story:
        open_embargo(story, now=now)


@transaction.atomic
def end_publication(item: Item, *, now: datetime) -> None:
    """Take a page back whose time is over: a story is withdrawn (410), any other page is a draft again."""
    due = Page.objects.filter(pk=item.key, live=True, expire_at__lte=now)
    page = due.select_for_update().first()
    if page is None:
        return
    if isinstance(page.specific, Story):
        withdraw_story(page.specific, now=now, has_expired=True)
    else:
        page.specific.unpublish(set_expired=True, log_action=BY_EXPIRY)


@transaction.atomic
def end_rights(item: Item, *, now: datetime) -> RightsEnded | None:
    """Show a picture no more once its last day has passed, and purge every story that does; None if nothing changed."""
    picture = Picture.objects.select_for_update().filter(pk=item.key, rights_over=False).first()
    if picture is None or not settle_rights(picture, now=now):
        return None
    stories = stories_showing(picture)
    purge_picture(picture, stories=stories)
    log.append(STREAM, "rights_ended", {"picture": picture.pk, "stories": [story.pk for story in stories]})
    return RightsEnded(picture, stories)


def _scheduled(item: Item, *, now: datetime) -> QuerySet[Revision]:
    return Revision.objects.filter(pk=item.key, approved_go_live_at__lte=now)
