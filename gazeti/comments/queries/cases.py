"""Comments with what was decided about them and reported of them, for a program that moderates."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from gazeti.comments.models import Comment, Decision, Report
from gazeti.comments.rules import State

PUBLISHED = {"state": State.PUBLISHED}


def said_under(story: int, *, after: int, most: int, **which: Any) -> list[Comment]:
    """Comments of a story by number, behind one of that number: one more than asked for, if there are."""
    found = Comment.objects.filter(story=story, number__gt=after, **which).order_by("number")
    return list(with_words(found)[: most + 1])


def with_words(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Each with what was said and its story, without that one's text."""
    return comments.select_related("text", "story").defer("story__body")


def with_cases(comments: Sequence[Comment]) -> Sequence[Comment]:
    """The same, each with its decisions and reports in their order; two queries."""
    decisions = Decision.objects.select_related("evidence", "by").order_by("pk")
    reports = Report.objects.select_related("text").order_by("pk")
    prefetch_related_objects(list(comments), Prefetch("decisions", decisions), Prefetch("reports", reports))
    return comments
