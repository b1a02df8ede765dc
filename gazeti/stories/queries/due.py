"""What time brings, for the clock: each read is asked every few seconds, so each is one query and loads no text."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.timezone import get_default_timezone
from wagtail.models import Page, Revision, get_default_page_content_type

from gazeti.log import clock
from gazeti.log.models import Failure
from gazeti.media.models import Picture
from gazeti.media.queries import pictures_past_rights
from gazeti.stories.models import Story

SCHEDULE, EMBARGO, EXPIRY, RIGHTS = "schedule", "embargo", "expiry", "rights"
"""The clock's jobs for stories, by name."""
ROLES = ("Editors", "Administrators")
"""The groups of those who are told."""


class NotOut(NamedTuple):
    """What was due and could not be done: which job, what it concerns (a page, or of `rights` a picture), and why."""

    job: str
    title: str
    about: int | None
    sentences: list[str]
    since: datetime


def schedules_due(*, now: datetime) -> list[clock.Item]:
    """The approved revisions whose time has come; the key is the revision's, so another schedule is another item."""
    pages = get_default_page_content_type().pk
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    rows = due.values_list("pk", "object_id", "approved_go_live_at", "base_content_type")
    return [clock.Item(str(pk), at, int(of) if kind == pages else None) for pk, of, at, kind in rows]


def embargoes_ending(*, now: datetime) -> list[clock.Item]:
    """The published stories whose embargo is over and that no reader sees yet."""
    due = Story.objects.filter(live=True, published_at=None, embargo_until__lte=now)
    rows = due.order_by("embargo_until", "pk").values_list("pk", "embargo_until")
    return [clock.Item(str(pk), at, pk) for pk, at in rows]


def expiries_due(*, now: datetime) -> list[clock.Item]:
    """The live pages whose time is over; a page kept equal to another follows that one."""
    due = Page.objects.filter(live=True, expire_at__lte=now, alias_of=None)
    rows = due.order_by("expire_at", "pk").values_list("pk", "expire_at")
    return [clock.Item(str(pk), at, pk) for pk, at in rows]


def rights_ending(*, now: datetime) -> list[clock.Item]:
    """The pictures whose last day has passed: they are due from the midnight after it."""
    due = pictures_past_rights(now=now)
    return [clock.Item(str(one.pk), _midnight_after(one.rights_end), one.pk) for one in due if one.rights_end]


def stories_showing(picture: Picture) -> list[Story]:
    """The published stories that show a picture."""
    return list(Story.objects.live().filter(shown__picture=picture).order_by("pk"))


def editors_to_tell() -> QuerySet[Any]:
    """Whoever is told by mail of what the clock could not do: editors and administrators who can sign in."""
    people: QuerySet[AbstractBaseUser] = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    return people.filter(Q(is_superuser=True) | Q(groups__name__in=ROLES)).distinct().order_by("pk")


def not_out() -> list[NotOut]:
    """What was due and could not be done, the oldest first, for the desk."""
    return told_failures(clock.open_failures())


def told_failures(found: list[Failure]) -> list[NotOut]:
    """Failures of the clock with the headline or title of what each concerns, in two queries."""
    of_pictures = {one.about for one in found if one.job == RIGHTS}
    of_pages = {one.about for one in found if one.job != RIGHTS}
    pages = dict(Page.objects.filter(pk__in=of_pages - {None}).values_list("pk", "draft_title"))
    pictures = dict(Picture.objects.filter(pk__in=of_pictures - {None}).values_list("pk", "title"))
    titles = {RIGHTS: pictures}
    return [
        NotOut(one.job, titles.get(one.job, pages).get(one.about, ""), one.about, one.sentences, one.first_at)
        for one in found
    ]


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=get_default_timezone())
