"""Which revisions are needed, and which stories lack one."""

from datetime import datetime

from django.db.models import Q, QuerySet
from wagtail.models import Page, Revision, WorkflowState

from gazeti.stories.models import Story

UNDER_REVIEW = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def is_needed(revision: Revision) -> bool:
    """Whether it is scheduled, or what a page shows to readers, or the latest of a page."""
    return revision.approved_go_live_at is not None or _of_pages().filter(pk=revision.pk).exists()


def revisions_to_spare(*, before: datetime | None = None) -> QuerySet[Revision]:
    """The revisions of pages that nothing stands on: not live, latest, scheduled or under review; older than that."""
    spare = Revision.page_revisions.filter(approved_go_live_at=None).exclude(pk__in=_of_pages().values("pk"))
    spare = spare.exclude(task_states__workflow_state__status__in=UNDER_REVIEW)
    return spare.filter(created_at__lt=before) if before else spare


def stories_without_live_revision() -> QuerySet[Story]:
    """The live stories of which no revision says what readers see: a schedule would take such a story offline."""
    return Story.objects.live().filter(live_revision=None).order_by("pk")


def _of_pages() -> QuerySet[Revision]:
    return Revision.objects.filter(
        Q(pk__in=Page.objects.values("live_revision")) | Q(pk__in=Page.objects.values("latest_revision"))
    )
