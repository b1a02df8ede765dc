"""What readers report, and notices of illegal content (EU Digital Services Act, article 16)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gazeti.comments.models.comments import Comment
from gazeti.comments.models.decisions import Decision


class Report(models.Model):
    """One report of a comment; `reason` is `rules.Complaint`. `receipt` is what its sender finds its outcome by."""

    comment: Any = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=20)
    is_illegal = models.BooleanField(_("notice of illegal content"), default=False)
    mark = models.CharField(max_length=32)
    """Of who sent it, so that nobody reports a comment twice."""
    at = models.DateTimeField(_("sent"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    outcome: Any = models.ForeignKey(Decision, null=True, on_delete=models.SET_NULL, related_name="answered_reports")
    """The decision that answered it; none where it was closed without one."""
    told_at = models.DateTimeField(null=True)
    """When whoever gave notice of illegal content was written to of the outcome."""

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["comment", "mark"], name="comments_report_once")]
        indexes = [
            models.Index(fields=["closed_at", "is_illegal", "at"], name="comments_open_reports"),
            models.Index(
                fields=["closed_at"],
                condition=models.Q(is_illegal=True, told_at=None),
                name="comments_notices_to_tell",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class ReportText(models.Model):
    """What the sender wrote and who they say they are: explanation, name, email, good faith (DSA, article 16(2))."""

    report: Any = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="text")
    text = models.CharField(_("why"), max_length=2000, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    in_good_faith = models.BooleanField(_("in good faith"), default=False)

    def __str__(self) -> str:
        return self.name
