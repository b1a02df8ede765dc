"""A writer takes a comment back: its words and traces go, its place stays as long as somebody answered."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gazeti.comments.actions.numbers import count_published
from gazeti.comments.actions.purge import purge_discussion
from gazeti.comments.actions.states import decide
from gazeti.comments.models import Comment, CommentText, CommentTrace, Evidence
from gazeti.comments.rules import Kind, State


@transaction.atomic
def delete_comment(comment: Comment, *, now: datetime, by: Any = None) -> None:
    """Delete a comment, once: the row stays, and nothing of what was said."""
    # Of two who press it at once the second waits here, and finds it deleted.
    count_published(comment.story_id, more=0)
    if not Comment.objects.filter(pk=comment.pk, state=State.DELETED).exists():
        decide(comment, to=State.DELETED, kind=Kind.DELETED, now=now, by=by)
    forget_words(comment)


@transaction.atomic
def forget_words(comment: Comment) -> None:
    """Erase what was said, under which name and from where, and the words that rules found in it."""
    CommentText.objects.filter(pk=comment.pk).update(body="", name="", fingerprint="")
    CommentTrace.objects.filter(pk=comment.pk).delete()
    Evidence.objects.filter(decision__comment=comment.pk).delete()
    if Comment.objects.filter(pk=comment.pk, is_shown=True).exists():
        purge_discussion(comment.story_id)
