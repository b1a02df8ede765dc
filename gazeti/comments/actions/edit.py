"""A writer changes the words of a comment: the policy is asked again, and readers get the new ones at once."""

from datetime import datetime

from django.db import transaction

from gazeti.comments.actions.numbers import count_published
from gazeti.comments.actions.purge import purge_discussion
from gazeti.comments.actions.states import decide
from gazeti.comments.models import Comment, CommentText, CommentTrace, Decision, Evidence
from gazeti.comments.queries.facts import fingerprint_of
from gazeti.comments.queries.mine import is_editable
from gazeti.comments.rules import Facts, Kind, Said, State, judged
from gazeti.comments.rules.editing import after_edit


class TooLate(Exception):
    """The words can be changed no more."""


def edit_comment(comment: Comment, *, said: Said, facts: Facts, seen: int, now: datetime) -> Decision:
    """Put other words in the place of a comment's; `seen` is how many decisions about it the writer has seen.

    Raises TooLate, and Overtaken where somebody has decided since; then nothing is written.
    """
    found, fingerprint = judged(said, facts), fingerprint_of(said.body)
    with transaction.atomic():
        # The discussion first, then the comment: whoever decides locks in the same order.
        count_published(comment.story_id, more=0)
        comment = Comment.objects.select_for_update().get(pk=comment.pk)
        if not is_editable(comment, now=now):
            raise TooLate
        before = comment.state
        found = after_edit(found, state=before, otherwise=_held_otherwise(comment))
        decision = decide(
            comment, to=found.state, kind=Kind.EDITED, now=now, seen=seen, rule=found.rule, words=found.words
        )
        CommentText.objects.filter(pk=comment.pk).update(body=said.body, fingerprint=fingerprint)
        Comment.objects.filter(pk=comment.pk).update(edited_at=now)
        if before == found.state == State.PUBLISHED:
            purge_discussion(comment.story_id)
    return decision


def _held_otherwise(comment: Comment) -> str | None:
    """The rule by which it waits for another reason than its words, whatever words it had since; None where by none.

    How it came is told with its trace; of what has none, nothing is known, and it waits on.
    """
    held = comment.decisions.filter(after=State.HELD).order_by("-pk")
    for_words = set(Evidence.objects.filter(decision__in=held).exclude(words=[]).values_list("pk", flat=True))
    otherwise = next((one for one in held if one.pk not in for_words), None)
    if otherwise is not None:
        return str(otherwise.rule)
    trace = CommentTrace.objects.filter(pk=comment.pk).first()
    if trace is None:
        return str(held[0].rule) if held else ""
    return trace.waits_for or None
