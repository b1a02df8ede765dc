"""What the desk's home lists for somebody: each list one or two queries, however much the newsroom holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.timezone import get_default_timezone
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type

from gazeti.stories.models import Story
from gazeti.stories.queries.desk import Person, knows_all_drafts
from gazeti.stories.queries.due import RIGHTS, not_out
from gazeti.stories.queries.gate import public_stories

MOST = 20
"""Stories that one list shows."""


@dataclass(frozen=True)
class Entry:
    """One line of a list: the story, since or until when, whose doing, and what there is to say of it."""

    page: int | None
    title: str
    is_editable: bool
    at: datetime | None = None
    by: str = ""
    notes: tuple[str, ...] = ()
    address: str = ""


def submitted(*, user: Person, own: bool) -> list[Entry]:
    """What is in review, the longest first: somebody's own, or what an editor is waited for by others."""
    states = _reviews(WorkflowState.STATUS_IN_PROGRESS, user=user, own=own)
    return _reviewed(states.order_by("current_task_state__started_at"), user=user)


def sent_back(*, user: Person) -> list[Entry]:
    """Somebody's own stories that an editor sent back, with the comment, the newest first."""
    states = _reviews(WorkflowState.STATUS_NEEDS_CHANGES, user=user, own=True)
    return _reviewed(states.order_by("-current_task_state__finished_at"), user=user)


def own_drafts(*, user: Person) -> list[Entry]:
    """What somebody began and has not handed in, the last written first; of live stories those with more to come."""
    active = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(), object_id=Cast(OuterRef("pk"), CharField())
    )
    waiting = Revision.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    drafts = Story.objects.filter(~Exists(active), ~Exists(waiting), owner=user, withdrawn_at=None)
    drafts = drafts.filter(Q(live=False, expired=False) | Q(live=True, has_unpublished_changes=True))
    rows = drafts.order_by("-latest_revision_created_at").values_list("pk", "draft_title", "latest_revision_created_at")
    return [Entry(pk, title, is_editable=True, at=at) for pk, title, at in rows[:MOST]]


def scheduled(*, user: Person) -> list[Entry]:
    """What goes out by itself, the next first."""
    due = Revision.objects.filter(
        base_content_type=get_default_page_content_type(), approved_go_live_at__isnull=False
    ).order_by("approved_go_live_at")
    if not knows_all_drafts(user):
        due = due.filter(object_id__in=_numbers_of(user))
    rows = due.values_list("object_id", "object_str", "approved_go_live_at")[:MOST]
    return [Entry(int(pk), title, is_editable=True, at=at) for pk, title, at in rows]


def embargoed(*, user: Person) -> list[Entry]:
    """What is published and waits for the end of its embargo, the next first."""
    held = Story.objects.filter(live=True, published_at=None, embargo_until__isnull=False).order_by("embargo_until")
    if not knows_all_drafts(user):
        held = held.filter(owner=user)
    rows = held.values_list("pk", "title", "embargo_until")[:MOST]
    return [Entry(pk, title, is_editable=True, at=at) for pk, title, at in rows]


def published_today(*, user: Person, now: datetime) -> list[Entry]:
    """What readers got today, by the newsroom's calendar, the newest first."""
    zone = get_default_timezone()
    day = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
    rows = public_stories().filter(published_at__gte=day, published_at__lt=day + timedelta(days=1))
    editable = knows_all_drafts(user)
    return [
        Entry(one.pk, one.title, editable or one.owner_id == user.pk, at=one.published_at, address=one.address)
        for one in rows.only("title", "published_at", "owner", "url_path")[:MOST]
    ]


def held_up(*, user: Person) -> list[Entry]:
    """What should have gone out, or ended, and did not, with the reasons; pictures are the editors' to know."""
    found = not_out()
    if not knows_all_drafts(user):
        own = set(Page.objects.filter(owner=user).values_list("pk", flat=True)) if found else set()
        found = [one for one in found if one.job != RIGHTS and one.about in own]
    return [
        Entry(
            None if one.job == RIGHTS else one.about,
            one.title,
            is_editable=True,
            at=one.since,
            notes=tuple(one.sentences),
        )
        for one in found[:MOST]
    ]


def _numbers_of(user: Person) -> QuerySet[Any]:
    return Page.objects.filter(owner=user).values_list(Cast("pk", CharField()), flat=True)


def _reviews(status: str, *, user: Person, own: bool) -> QuerySet[Any]:
    states = WorkflowState.objects.filter(base_content_type=get_default_page_content_type(), status=status)
    states = states.select_related("requested_by", "current_task_state__finished_by")
    return states.filter(object_id__in=_numbers_of(user)) if own else states.exclude(object_id__in=_numbers_of(user))


def _reviewed(states: Iterable[WorkflowState], *, user: Person) -> list[Entry]:
    """The stories of these reviews: whoever finished the step is named, else whoever submitted."""
    found = list(states[:MOST])  # type: ignore[index]
    titles = dict(Page.objects.filter(pk__in=[int(one.object_id) for one in found]).values_list("pk", "draft_title"))
    entries = []
    for one in found:
        step, pk = one.current_task_state, int(one.object_id)
        by, comment = step.finished_by or one.requested_by, step.comment
        entries.append(
            Entry(
                pk,
                titles.get(pk, ""),
                is_editable=True,
                at=step.finished_at or step.started_at,
                by=by.get_full_name() or by.email if by else "",
                notes=(comment,) if comment else (),
            )
        )
    return entries
