"""Decisions, which are never rewritten; the words they name, which can be erased; how a reader stands."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gazeti.accounts.models import Reader
from gazeti.comments.models.comments import Comment


class Decision(models.Model):
    """What was decided about a comment, or about a reader, by a rule or by a moderator (`by`).

    `kind` is `rules.Kind`; `before` and `after` are states of a comment or standings of a reader.
    """

    comment: Any = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="decisions")
    reader: Any = models.ForeignKey(Reader, null=True, on_delete=models.SET_NULL, related_name="decisions")
    kind = models.CharField(max_length=12)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12, blank=True)
    rule = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_index=True)
    undoes: Any = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="undone_by")
    together = models.CharField(max_length=32, blank=True, db_index=True)
    """The same for decisions that were made at once, so that they are undone at once."""

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["by", "at"], name="comments_decided_by")]

    def __str__(self) -> str:
        return f"{self.kind} {self.after}"


class Evidence(models.Model):
    """The exact words that a rule found, and what a moderator wrote to the reader."""

    decision: Any = models.OneToOneField(Decision, on_delete=models.CASCADE, primary_key=True, related_name="evidence")
    words = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    by_name = models.CharField(max_length=310, blank=True)
    """Of a decision that was imported: who made it, where nobody here has that name."""

    def __str__(self) -> str:
        return ", ".join(self.words)


class ReaderStanding(models.Model):
    """What a moderator decided about a reader; no row: nothing."""

    reader: Any = models.OneToOneField(Reader, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    is_muted = models.BooleanField(_("muted"), default=False, help_text=_("What they write waits for a moderator."))
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    is_banned = models.BooleanField(_("banned"), default=False)

    def __str__(self) -> str:
        return f"standing of {self.reader_id}"
