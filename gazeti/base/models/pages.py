"""The abstract page of readers, and the page that tells about the paper itself."""

from http import HTTPMethod
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, Panel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from gazeti.base.blocks import PlainBody
from gazeti.base.forms import PageCopyForm
from gazeti.base.models.slots import page_answer
from gazeti.base.rules import FRONT_DEPTH, RESERVED_SLUGS


def address_of(page: Page) -> str:
    """The address on this site of any page of the tree, without a query: its path below the front."""
    below_front = page.url_path.strip("/").split("/")[FRONT_DEPTH - 1 :]
    return "".join(["/", *(f"{part}/" for part in below_front)])


def refuse_reserved(slug: str) -> None:
    """Refuse an address of the house for a page directly under the front (house.md, addresses)."""
    if slug.lower() in RESERVED_SLUGS:
        sentence = _("“%(slug)s” is an address Gazeti itself needs. Choose another.")
        raise ValidationError({"slug": sentence % {"slug": slug}})


class ReaderPage(Page):
    """A page that readers see: rendered through the slot, never behind a password form."""

    stands_under_front: ClassVar[bool] = True
    private_page_options: ClassVar[list[str]] = []
    copy_form_class = PageCopyForm
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [HTTPMethod.GET, HTTPMethod.HEAD]

    class Meta:
        abstract = True

    settings_panels: ClassVar[list[Panel]] = [PublishingPanel(), CommentPanel()]

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """Render by whoever filled the slot."""
        return page_answer(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Render a draft for the desk the way readers will get it; nobody keeps it."""
        # Wagtail reads these two from the request.
        request.is_preview = True  # type: ignore[attr-defined]
        request.preview_mode = mode_name  # type: ignore[attr-defined]
        response = page_answer(self, request)
        response["Cache-Control"] = "no-store"
        return response

    @property
    def address(self) -> str:
        """The page's address on this site, as in "/city-affairs/new-bridge/"; costs no query."""
        return address_of(self)

    @property
    def full_address(self) -> str:
        """The page's address with the newsroom's public one before it."""
        return f"{settings.GAZETI_ADDRESS}{self.address}"

    def clean(self) -> None:
        """An address of the house is never a page's (house.md, addresses)."""
        super().clean()
        if not self.slug.isascii():
            raise ValidationError({"slug": _("An address has the letters a to z, digits and hyphens. Write it so.")})
        if self.stands_under_front:
            refuse_reserved(self.slug)


class InformationPage(ReaderPage):
    """About, ethics, contact, privacy: a page of the paper about the paper."""

    body = StreamField(PlainBody(), blank=True, verbose_name=_("text"))

    parent_page_types: ClassVar[list[str]] = ["gazeti_stories.Front"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("show_in_menus")]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
