"""What the newsroom keeps beside a story: reasons to publish it all the same, and which files its readers are shown."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gazeti.stories.models.story import Story


class Override(models.Model):
    """An editor's written reason to let one story go out although one block of the preflight says no.

    `rule` is the block's name, `about` what it is about where there may be several (as in "picture:12"), else empty.
    """

    story = models.ForeignKey(Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="overrides")
    rule = models.CharField(_("rule"), max_length=40)
    about = models.CharField(_("about"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering: ClassVar[list[str]] = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["story", "rule", "about"], name="stories_one_override_a_block"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="stories_override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.story}: {self.rule} ({self.reason})"


class Shown(models.Model):
    """A picture that the published version of a story shows; written as that version is saved."""

    wagtail_reference_index_ignore = True

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="shown")
    picture = models.ForeignKey(settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.CASCADE, related_name="shown_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "picture"], name="stories_shown_once")]

    def __str__(self) -> str:
        return f"{self.picture} in {self.story}"


class ShownDocument(models.Model):
    """A document that the published version of a story or an information page offers; written likewise."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey("wagtaildocs.Document", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "document"], name="stories_document_shown_once")]

    def __str__(self) -> str:
        return f"{self.document} in {self.page}"
