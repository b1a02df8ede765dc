"""A section: a part of the paper that stories stand in."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from gazeti.base.models import ReaderPage


class Section(ReaderPage):
    """A part of the paper, as "City affairs"; its front lists its stories."""

    description = models.CharField(
        _("description"), max_length=200, blank=True, help_text=_("One sentence for search engines.")
    )

    parent_page_types: ClassVar[list[str]] = ["gazeti_stories.Front"]
    subpage_types: ClassVar[list[str]] = ["gazeti_stories.Story"]
    content_panels = [*Page.content_panels, FieldPanel("description"), FieldPanel("show_in_menus")]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Its own address alone: the front finds stories itself, in one query."""
        if path_components or not self.live:
            raise Http404
        return RouteResult(self)
