"""A comment's place and state, which stay, and its words and its sender's traces, which can be erased."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gazeti.accounts.models import Reader
from gazeti.comments.rules import LONGEST_BODY, LONGEST_NAME, Mode, State
from gazeti.stories.models import Section, Story


def choices(enum: Any) -> list[tuple[str, str]]:
    """An enumeration of the rules as a field's choices."""
    return [(one.value, one.name) for one in enum]


class Discussion(models.Model):
    """What is said under one story, in numbers, and whether more may be said. Its row is locked while one is added."""

    story: Any = models.OneToOneField(Story, on_delete=models.CASCADE, primary_key=True, related_name="discussion")
    last = models.PositiveIntegerField(_("last number given"), default=0)
    published = models.PositiveIntegerField(_("published"), default=0)
    mode = models.CharField(_("mode"), max_length=10, blank=True, choices=choices(Mode))
    mode_until = models.DateTimeField(_("until"), null=True, blank=True, db_index=True)
    """When the clock takes the story's own mode away; none: it stays."""
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    """When the clock last purged what said that it was open; whether it is closed is told by the story's age."""

    class Meta:
        verbose_name = _("discussion")

    def __str__(self) -> str:
        return f"{self.published} comments"


class SectionMode(models.Model):
    """How comments under a section's stories are taken, where it differs from the paper's."""

    section: Any = models.OneToOneField(Section, on_delete=models.CASCADE, primary_key=True, related_name="+")
    mode = models.CharField(_("mode"), max_length=10, blank=True, choices=choices(Mode))

    def __str__(self) -> str:
        return self.mode


class Comment(models.Model):
    """Where a comment stands and what became of it. `number` counts from 1 in its story, without a gap.

    `root` is the number of the thread's first comment (its own for that one), `branch` that of the reply to it under
    which this one stands (its own for that one, 0 for the first), so that a thread in its order, three levels deep, is
    (root, branch, number) whatever its depth.
    """

    story: Any = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveIntegerField(_("number"))
    reply_to = models.PositiveIntegerField(_("in reply to"), null=True, blank=True)
    root = models.PositiveIntegerField()
    branch = models.PositiveIntegerField()
    reader: Any = models.ForeignKey(Reader, null=True, on_delete=models.SET_NULL, related_name="comments")
    state = models.CharField(_("state"), max_length=10, choices=choices(State))
    is_shown = models.BooleanField(_("has a place"), default=False)
    """Published, or gone while what answers it is published: then readers are told that it is gone."""
    sent_at = models.DateTimeField(_("sent"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10)
    badge = models.CharField(_("badge"), max_length=20, blank=True)
    """The role of somebody of the newsroom, as `accounts.rules.ROLES` names it."""
    is_pick = models.BooleanField(_("editors' pick"), default=False)
    respect = models.PositiveIntegerField(_("respect"), default=0)
    open_reports = models.PositiveIntegerField(_("open reports"), default=0)
    decisions_made = models.PositiveIntegerField(default=0)
    """How many decisions there are: a moderator who saw fewer is told of the others first."""
    alarmed_at = models.DateTimeField(null=True)
    """When moderators were written to that it waits too long: once."""
    forgotten_at = models.DateTimeField(null=True)
    """When its words were erased because it had been refused long enough ago."""

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", _("Can decide about comments"))]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="comments_number_once")]
        indexes = [
            models.Index(
                fields=["story", "root", "branch", "number"],
                condition=models.Q(is_shown=True),
                name="comments_in_thread",
            ),
            models.Index(
                fields=["story", "-root", "branch", "number"],
                condition=models.Q(is_shown=True),
                name="comments_newest_threads",
            ),
            models.Index(
                fields=["story", "-published_at", "-number"], condition=models.Q(is_shown=True), name="comments_newest"
            ),
            models.Index(
                fields=["story", "-respect", "-number"],
                condition=models.Q(branch=0, is_shown=True),
                name="comments_respected",
            ),
            models.Index(fields=["story", "-number"], condition=models.Q(is_pick=True), name="comments_picks"),
            models.Index(fields=["story", "reply_to"], name="comments_answers"),
            models.Index(fields=["state", "sent_at"], name="comments_waiting"),
            models.Index(fields=["reader", "sent_at"], name="comments_of_reader"),
            models.Index(
                fields=["sent_at"],
                condition=models.Q(state__in=[State.REJECTED, State.SPAM], forgotten_at=None),
                name="comments_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id}/{self.number}"


class CommentText(models.Model):
    """A comment's words and the name it stands under."""

    comment: Any = models.OneToOneField(Comment, on_delete=models.CASCADE, primary_key=True, related_name="text")
    body = models.TextField(_("comment"), max_length=LONGEST_BODY)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    fingerprint = models.CharField(max_length=32, db_index=True)
    """A mark of the folded words: the same said again is found by it."""

    def __str__(self) -> str:
        return self.name


class CommentTrace(models.Model):
    """Where a comment came from, hashed; forgotten after the days that the newsroom sets."""

    comment: Any = models.OneToOneField(Comment, on_delete=models.CASCADE, primary_key=True, related_name="trace")
    address = models.CharField(max_length=32, db_index=True)
    device = models.CharField(max_length=32)
    kept_until = models.DateTimeField(db_index=True)
    waits_for = models.CharField(max_length=30, blank=True)
    """The rule by which it waits whatever it says (`rules.waits_besides`)."""

    def __str__(self) -> str:
        return self.address


class Respect(models.Model):
    """One reader's respect for a comment; who it is, is a mark, forgotten with its row. The number is the comment's."""

    comment: Any = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="respects")
    mark = models.CharField(max_length=32)
    at = models.DateTimeField()
    kept_until = models.DateTimeField(null=True)
    """When the mark of a network and device is forgotten; none: it is that of somebody who signed in."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "mark"], name="comments_respect_once")]
        indexes = [
            models.Index(
                fields=["kept_until"], condition=models.Q(kept_until__isnull=False), name="comments_respect_kept"
            ),
            models.Index(fields=["at"], condition=models.Q(kept_until__isnull=False), name="comments_respect_at"),
        ]

    def __str__(self) -> str:
        return self.mark
