"""The one place where a comment changes its state: with decision, counts, log and purge, or not at all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from gazeti import log
from gazeti.comments.actions.answer import answer_reports
from gazeti.comments.actions.numbers import count_published
from gazeti.comments.actions.purge import purge_discussion
from gazeti.comments.models import Comment, Decision, Evidence
from gazeti.comments.rules import Kind, State

STREAM = "moderation"
"""Decisions, as ids, kinds and rules: {"decision", "comment", "story", "kind", "before", "after", "rule", "by"}."""
OPEN_TO_REPORTS = (State.PUBLISHED, State.HELD)
"""Where a comment goes into any other state, whoever reported it has their answer by that."""
DISCUSSED = "comments"
"""What readers see come and go: `published` and `gone`, {"story", "number", "comment"}."""

AT_ONCE = 500
"""Comments that get a place, or lose it, by one question."""


class Why(TypedDict, total=False):
    """What a decision says of itself: the rule or the person, the reason told, the exact words, what it undoes."""

    by: Any
    rule: str
    reason: str
    words: Iterable[str]
    note: str
    undoes: Decision | None
    together: str


class Overtaken(Exception):
    """Somebody else has decided about the comment since; `decision` is the last one."""

    def __init__(self, decision: Decision | None) -> None:
        """Name the decision that came before."""
        super().__init__("Somebody has decided about this comment in the meantime.")
        self.decision = decision


@transaction.atomic
def decide(
    comment: Comment, *, to: State, kind: Kind, now: datetime, seen: int | None = None, **why: Unpack[Why]
) -> Decision:
    """Bring a comment into a state. `seen` is how many decisions about it whoever decides has seen.

    Raises Overtaken, and writes nothing, where there are more.
    """
    # The discussion first, then the comment: whoever posts locks in the same order.
    count_published(comment.story_id, more=0)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if seen is not None and comment.decisions_made != seen:
        raise Overtaken(comment.decisions.order_by("-pk").first())
    before = State(comment.state)
    comment.state = to
    comment.decisions_made += 1
    if before != to:
        _show_or_hide(comment, before=before, now=now)
    comment.save(update_fields=["state", "is_shown", "published_at", "decisions_made"])
    decision = note_decision(comment, kind=kind, before=before, after=to, at=now, **why)
    if to not in OPEN_TO_REPORTS:
        answer_reports(decision, now=now)
    if before != to and State.PUBLISHED in (before, to):
        announce(comment, is_gone=to != State.PUBLISHED)
    return decision


def note_decision(
    comment: Comment | None, *, kind: Kind, at: datetime, words: Iterable[str] = (), note: str = "", **facts: Any
) -> Decision:
    """Write a decision down and append it to the log, inside the caller's transaction."""
    reader = facts.pop("reader", None) or (comment.reader if comment else None)
    decision = Decision.objects.create(comment=comment, reader=reader, kind=kind, at=at, **facts)
    found = list(words)
    if found or note:
        Evidence.objects.create(decision=decision, words=found, note=note)
    log.append(
        STREAM,
        "decided",
        {
            "decision": decision.pk,
            "comment": decision.comment_id,
            "story": comment.story_id if comment else None,
            "kind": kind,
            "before": decision.before,
            "after": decision.after,
            "rule": decision.rule,
            "by": decision.by_id,
        },
    )
    return decision


def announce(comment: Comment, *, is_gone: bool, after: Sequence[log.New] = ()) -> None:
    """Tell followers that a comment came or went, and purge what shows it; other events are appended before that."""
    facts = {"story": comment.story_id, "number": comment.number, "comment": comment.pk}
    told = (DISCUSSED, "gone" if is_gone else "published", facts)
    purge_discussion(comment.story_id, is_hidden=is_gone, after=[*after, told])


def _show_or_hide(comment: Comment, *, before: State, now: datetime) -> None:
    """Give the comment its place or take it, and count it; those above it keep theirs as long as they are answered."""
    if comment.state == State.PUBLISHED:
        comment.published_at = comment.published_at or now
        comment.is_shown = True
        count_published(comment.story_id, more=1)
        _give_place_to_those_above(comment)
    elif before == State.PUBLISHED:
        comment.is_shown = _is_answered(comment)
        count_published(comment.story_id, more=-1)
        if not comment.is_shown:
            _take_place_from_those_above(comment)


def _above(comment: Comment) -> Comment | None:
    if comment.reply_to is None:
        return None
    return Comment.objects.filter(story=comment.story_id, number=comment.reply_to).first()


def _is_answered(comment: Comment) -> bool:
    return Comment.objects.filter(story=comment.story_id, reply_to=comment.number, is_shown=True).exists()


def _give_place_to_those_above(comment: Comment) -> None:
    above = _above(comment)
    if above is None or above.is_shown:
        return
    thread, number, given = _thread(comment), comment.reply_to, []
    while number in thread and not thread[number].is_shown:
        given.append(number)
        number = thread[number].reply_to
    _set_places(comment, given, is_shown=True)


def _take_place_from_those_above(comment: Comment) -> None:
    """Of what is gone already and was only kept for this one."""
    above = _above(comment)
    if above is None or not above.is_shown or above.state == State.PUBLISHED:
        return
    thread, number, taken = _thread(comment), comment.reply_to, []
    answers = Counter(one.reply_to for one in thread.values() if one.is_shown and one.number != comment.number)
    while number in thread and _is_kept_for_answers(thread[number]) and not answers[number]:
        taken.append(number)
        number = thread[number].reply_to
        answers[number] -= 1
    _set_places(comment, taken, is_shown=False)


def _is_kept_for_answers(one: Any) -> bool:
    return bool(one.is_shown and one.state != State.PUBLISHED)


def _thread(comment: Comment) -> dict[int, Any]:
    """Where all of a thread stands, by number: in one question, since it may be thousands deep."""
    rows = Comment.objects.filter(story=comment.story_id, root=comment.root)
    return {one.number: one for one in rows.values_list("number", "reply_to", "is_shown", "state", named=True)}


def _set_places(comment: Comment, numbers: list[int], *, is_shown: bool) -> None:
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        Comment.objects.filter(story=comment.story_id, number__in=some).update(is_shown=is_shown)
