"""Every comment there is, story by story, as a file of comments tells of it: all but where it came from."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch, Sum

from gazeti.base.models import address_of
from gazeti.comments.models import Comment, Decision, Discussion, Report
from gazeti.stories.models import Story

AT_ONCE = 500
NAMELESS = "somebody"
Facts = dict[str, Any]


def how_many() -> int:
    """Comments in all, for whoever shows progress."""
    return int(Discussion.objects.aggregate(number=Sum("last"))["number"] or 0)


def all_comments(*, with_emails: bool) -> Iterator[Facts]:
    """The comments in the order of their stories' addresses and of their numbers, a part of a story in memory."""
    keys: dict[int | None, str | None] = {None: None}
    stories = Story.objects.filter(discussion__last__gt=0).only("pk", "url_path")
    # Sorted here: each database has an order of letters of its own.
    for address, pk in sorted((address_of(story), story.pk) for story in stories.iterator()):
        for comment in _in_story(pk):
            key = keys.setdefault(comment.reader_id, f"r{len(keys)}")
            yield _told(comment, story=address, key=key, with_emails=with_emails)


def _in_story(story: int) -> Iterator[Any]:
    decisions = Decision.objects.select_related("evidence", "by").order_by("pk")
    reports = Report.objects.select_related("text").order_by("pk")
    whole = Comment.objects.filter(story=story).select_related("text", "reader").order_by("number")
    whole = whole.prefetch_related(Prefetch("decisions", decisions), Prefetch("reports", reports))
    last = 0
    while found := list(whole.filter(number__gt=last)[:AT_ONCE]):
        yield from found
        last = found[-1].number


def _told(comment: Any, *, story: str, key: str | None, with_emails: bool) -> Facts:
    text, decisions = getattr(comment, "text", None), list(comment.decisions.all())
    ordinals = {one.pk: ordinal for ordinal, one in enumerate(decisions, start=1)}
    moments = ("sent_at", "published_at", "edited_at", "alarmed_at", "forgotten_at")
    facts = {
        "story": story,
        "number": comment.number,
        "reply_to": comment.reply_to,
        "state": comment.state,
        **{name: moment(getattr(comment, name)) for name in moments},
        "language": comment.language,
        "reader": key,
        "name": text.name if text else None,
        "body": text.body if text else None,
        "badge": comment.badge,
        "is_pick": comment.is_pick,
        "respect": comment.respect,
        "decisions": [_decided(one, ordinals=ordinals) for one in decisions],
        "reports": [_reported(one, ordinals=ordinals, with_emails=with_emails) for one in comment.reports.all()],
    }
    return {**facts, "email": comment.reader.email if comment.reader else ""} if with_emails else facts


def _decided(one: Any, *, ordinals: dict[int, int]) -> Facts:
    evidence = getattr(one, "evidence", None)
    return {
        "kind": one.kind,
        "before": one.before,
        "after": one.after,
        "rule": one.rule,
        "reason": one.reason,
        "words": evidence.words if evidence else [],
        "note": evidence.note if evidence else "",
        "by": decider_of(one),
        "at": moment(one.at),
        "undoes": ordinals.get(one.undoes_id),
        "together": one.together,
    }


def decider_of(decision: Any) -> str | None:
    """The name of who decided; of a rule, and of somebody who is deleted, none."""
    if decision.by:
        return decision.by.get_full_name() or NAMELESS
    evidence = getattr(decision, "evidence", None)
    return (evidence.by_name or None) if evidence else None


def _reported(one: Any, *, ordinals: dict[int, int], with_emails: bool) -> Facts:
    text = getattr(one, "text", None)
    facts = {
        "reason": one.reason,
        "is_illegal": one.is_illegal,
        **{name: moment(getattr(one, name)) for name in ("at", "closed_at", "told_at")},
        "outcome": ordinals.get(one.outcome_id),
        "text": text.text if text else None,
        "in_good_faith": bool(text and text.in_good_faith),
    }
    return {**facts, "name": text.name if text else "", "email": text.email if text else ""} if with_emails else facts


def moment(at: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC, to the microsecond, so that it comes in as it went out."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None
