"""Updates of a coverage, and the words that events gave them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from gazeti.live.models.coverage import Coverage
from gazeti.live.rules import LONGEST_HEADING
from gazeti.stories.blocks import Body
from gazeti.stories.models import Author


class Wording(models.Model):
    """The words that one event gave to an update, or to the coverage's summary. Erasing them changes no event."""

    coverage: Any = models.ForeignKey(Coverage, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField(_("number of the event"))
    update_number = models.PositiveIntegerField(_("update"), null=True)
    """The number of the event that posted the update; none for a summary."""
    heading = models.CharField(_("heading"), max_length=LONGEST_HEADING, blank=True)
    body = StreamField(Body(), blank=True, verbose_name=_("text"))
    author: Any = models.ForeignKey(Author, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_key = models.BooleanField(_("key event"), default=False)
    correction = models.CharField(
        _("correction"), max_length=300, blank=True, help_text=_("What was wrong and is right now, for readers.")
    )
    at = models.DateTimeField(_("given"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coverage", "number"], name="live_words_of_an_event_once")]
        indexes = [models.Index(fields=["coverage", "update_number", "number"], name="live_words_of_update")]

    def __str__(self) -> str:
        return f"{self.coverage_id}/{self.number}"


class Update(models.Model):
    """One update. Its number is that of the event which posted it, and outsiders' name for it."""

    coverage: Any = models.ForeignKey(Coverage, on_delete=models.CASCADE, related_name="updates")
    number = models.PositiveIntegerField(_("number"))
    version = models.PositiveIntegerField(_("the event that gave it its words"))
    """The same as `number` until it was edited."""
    posted_at = models.DateTimeField(_("posted"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    retracted_at = models.DateTimeField(_("retracted"), null=True, blank=True)
    is_key = models.BooleanField(_("key event"), default=False)
    pinned_at = models.PositiveIntegerField(_("the event that pinned it"), default=0)
    """0 while it is not pinned."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=255, blank=True)
    """By which whoever posted knows it again: the same key is the same update, also after a day."""

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        constraints = [
            models.UniqueConstraint(fields=["coverage", "number"], name="live_update_once"),
            models.UniqueConstraint(
                fields=["coverage", "key"], condition=~models.Q(key=""), name="live_update_key_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["coverage", "-number"], condition=models.Q(retracted_at=None), name="live_updates_newest"
            ),
            models.Index(
                fields=["coverage", "-number"],
                condition=models.Q(retracted_at=None, is_key=True),
                name="live_key_updates",
            ),
            models.Index(
                fields=["coverage", "-pinned_at"],
                condition=models.Q(retracted_at=None) & ~models.Q(pinned_at=0),
                name="live_pinned_updates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coverage_id}/{self.number}"


class UpdatePicture(models.Model):
    """A picture that an update shows as readers see it now: the picture's files are open while it does."""

    update: Any = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("update that shows a picture")
        verbose_name_plural = _("updates that show a picture")
        constraints = [models.UniqueConstraint(fields=["update", "picture"], name="live_picture_once")]

    def __str__(self) -> str:
        return str(self.update)
