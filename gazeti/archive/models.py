"""What imports remember, so that the same page again changes nothing and a fuller one completes the same story."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gazeti.stories.models import Story


class ImportedPage(models.Model):
    """A page or a bare headline that was imported, by the hashes of its words, and the story made of it.

    The story is empty once it was deleted at the desk: a headline alone is not brought back.
    """

    headline_key = models.CharField(_("hash of the headline"), max_length=64)
    body_key = models.CharField(_("hash of the text"), max_length=64, blank=True)
    story = models.ForeignKey(
        Story, verbose_name=_("story"), null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    filled = models.JSONField(_("facts that imports gave"), default=list)
    source = models.CharField(_("file"), max_length=255, blank=True)
    imported_at = models.DateTimeField(_("imported"))
    changed_at = models.DateTimeField(_("completed"))

    class Meta:
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")
        constraints = [
            models.UniqueConstraint(fields=["headline_key", "body_key"], name="archive_page_once"),
        ]

    def __str__(self) -> str:
        return self.source or self.headline_key
