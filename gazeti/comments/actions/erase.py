"""Forgetting a reader: what they said and who they are goes, what others answered keeps its place."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from gazeti.accounts.actions import forget_reader, hold_rows
from gazeti.accounts.models import Letter, Reader
from gazeti.accounts.queries import rows_of
from gazeti.comments.actions.delete import delete_comment, forget_words
from gazeti.comments.actions.forget import forget_senders
from gazeti.comments.models import Comment, CommentText, CommentTrace, Evidence, Follow, Mute, ReaderStanding, Respect
from gazeti.comments.queries.everything import reports_of, respects_of
from gazeti.comments.rules import State

MEANWHILE = timedelta(minutes=10)
"""No transaction of a reader lasts as long: what was sent later than so long before the erasing is looked for again."""


def erase_reader(reader: Reader, *, now: datetime) -> None:
    """Erase all that is known of a reader, and of whoever only claimed their address.

    Each comment goes by itself, so that nobody waits long for one who wrote much. Who they are goes last, with whatever
    they did meanwhile: whoever is interrupted is still signed in, and asks again.
    """
    reports, respects = reports_of(reader), respects_of(reader)
    for number in list(Comment.objects.filter(reader__in=rows_of(reader)).values_list("pk", flat=True)):
        _erase_comment(Comment.objects.get(pk=number), now=now)
    with transaction.atomic():
        rows = hold_rows(reader)
        for comment in Comment.objects.filter(reader__in=rows).exclude(state=State.DELETED):
            _erase_comment(comment, now=now)
        forget_senders([*reports, *reports_of(reader, since=now - MEANWHILE)])
        respects += respects_of(reader, since=now - MEANWHILE)
        Respect.objects.filter(pk__in=respects).delete()
        _erase_beside(rows)
        forget_reader(reader, rows=rows, now=now)


@transaction.atomic
def _erase_comment(comment: Comment, *, now: datetime) -> None:
    _drop_letters_about(comment)
    if comment.state == State.DELETED:
        forget_words(comment)
    else:
        delete_comment(comment, now=now)


def _erase_beside(rows: list[Reader]) -> None:
    own = Q(comment__reader__in=rows)
    CommentText.objects.filter(own).delete()
    CommentTrace.objects.filter(own).delete()
    Evidence.objects.filter(Q(decision__reader__in=rows) | Q(decision__comment__reader__in=rows)).delete()
    ReaderStanding.objects.filter(reader__in=rows).delete()
    Follow.objects.filter(reader__in=rows).delete()
    Mute.objects.filter(Q(reader__in=rows) | Q(muted__in=rows)).delete()


def _drop_letters_about(comment: Comment) -> None:
    """Mail on its way that quotes it, as moderators are sent: known by its address at the desk, not by its words."""
    Letter.objects.filter(body__contains=f"{reverse('comments_case', args=[comment.pk])}?").delete()
