"""The front: what the editor leads with, filled up with the newest."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.url_routing import RouteResult

from gazeti.base.models import ReaderPage
from gazeti.stories.models.permissions import FrontPermissions
from gazeti.stories.models.story import Story

DEEPEST = 2
"""Parts of the longest address below the front: section and story."""


class Front(ReaderPage):
    """The front page of the paper, and the root of its addresses."""

    lead = models.ForeignKey(
        "gazeti_stories.Story",
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The story at the top. Empty, or no longer public: the newest."),
    )

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["gazeti_stories.Section", "gazeti_base.InformationPage"]
    max_count = 1
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        InlinePanel(
            "slots",
            label=_("Story"),
            heading=_("Beside the lead"),
            help_text=_("In this order; what is left free fills itself with the newest stories."),
            max_num=8,
        ),
    ]

    class Meta:
        verbose_name = _("front")

    def permissions_for_user(self, user: Any) -> FrontPermissions:
        """What somebody may do with it."""
        return FrontPermissions(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find whatever page has this address in one look-up, not one a part.

        Whether the public may see it is not decided here but by the gate (stories.queries), which answers 410 too.
        """
        if not path_components:
            return RouteResult(self)
        if len(path_components) > DEEPEST:
            raise Http404
        url_path = f"{self.url_path}{'/'.join(path_components)}/"
        if len(path_components) == DEEPEST:
            page = Story.objects.with_standing().filter(url_path=url_path).first()
        else:
            page = Page.objects.filter(url_path=url_path).first()
        if page is None:
            raise Http404
        return RouteResult(page.specific)


class FrontSlot(Orderable):
    """One story that the editor put on the front by hand."""

    front = ParentalKey(Front, on_delete=models.CASCADE, related_name="slots")
    story = models.ForeignKey(
        "gazeti_stories.Story", verbose_name=_("story"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("story")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["front", "story"], name="stories_once_on_the_front")]

    def __str__(self) -> str:
        return str(self.story)
