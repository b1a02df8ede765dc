"""What the newspaper says of itself on every page, edited at the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="site", order=1)
class Newspaper(BaseGenericSetting):
    """Name, place and description of the paper."""

    name = models.CharField(_("name"), max_length=60, default="Gazeti")
    place = models.CharField(
        _("place"), max_length=60, blank=True, help_text=_("Stands beside the name, as in “Nairobi”.")
    )
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for search engines and shared links."),
    )

    panels = [FieldPanel("name"), FieldPanel("place"), FieldPanel("description")]

    class Meta:
        verbose_name = _("newspaper")

    def __str__(self) -> str:
        return self.name
