"""Which discussions time closes: by the age of their story, or as the time of a story's own mode ends."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from gazeti.comments.models import Discussion
from gazeti.comments.queries.discussions import policy_now
from gazeti.log.clock import Item
from gazeti.stories.models import Story

BATCH = 200
"""Discussions that are closed in one transaction."""
LOOKED_BACK = timedelta(days=3)
"""How long ago a story may have come of age and still be looked for: nobody keeps a page for more than a day, and one
that is made anew says by the story's age whether its discussion is closed."""


def aged(*, days: int, now: datetime) -> QuerySet[Story]:
    """The stories that have come of age lately and are not noted as closed, the oldest first; none without a limit.

    What a moderator gave a mode of its own does not close by age.
    """
    if not days:
        return Story.objects.none()
    age = timedelta(days=days)
    limit = now - age
    # Noted before it was of this age, it was closed by a shorter limit, and has been open since that was changed.
    is_noted = Q(closed_at__gte=OuterRef("published_at") + age)
    settled = Discussion.objects.filter(is_noted | ~Q(mode=""), story=OuterRef("pk"))
    found = Story.objects.filter(~Exists(settled), published_at__gt=limit - LOOKED_BACK, published_at__lte=limit)
    return found.order_by("published_at", "pk")


def aged_due(*, now: datetime) -> list[Item]:
    """One item for as many as are closed at once, due when the first of them comes of age."""
    days = policy_now().closes_after
    first = aged(days=days, now=now).values_list("pk", "published_at").first()
    if first is None or first[1] is None:
        return []
    return [Item(str(first[0]), first[1] + timedelta(days=days), first[0])]


def aged_among(_item: Item, *, now: datetime) -> list[int]:
    """The ids of those that are closed now."""
    stories = aged(days=policy_now().closes_after, now=now)
    return list(stories.values_list("pk", flat=True)[:BATCH])


def modes_ending(*, now: datetime) -> list[Item]:
    """The stories whose own mode ends."""
    due = Discussion.objects.filter(mode_until__lte=now).order_by("mode_until", "pk")
    return [Item(str(pk), at, pk) for pk, at in due.values_list("pk", "mode_until")[:BATCH] if at]
