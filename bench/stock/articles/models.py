"""An article as Wagtail's documentation teaches it: StreamField, authors as snippets, tags, an image, recent ones."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

RECENT = 20
THUMBNAIL = ("fill-96x64", "format-webp")


@register_setting
class NavigationSettings(BaseGenericSetting):
    """What the footer says."""

    footer_text = models.CharField(max_length=200, blank=True)


@register_snippet
class Author(models.Model):
    """Somebody who writes."""

    name = models.CharField(max_length=255)

    panels = [FieldPanel("name")]

    def __str__(self) -> str:
        return self.name


class QuoteBlock(StructBlock):
    """A quotation."""

    text = CharBlock()
    speaker = CharBlock()

    class Meta:
        template = "articles/blocks/quote.html"


class FigureBlock(StructBlock):
    """An image with its caption."""

    image = ImageChooserBlock()
    caption = CharBlock(required=False)

    class Meta:
        template = "articles/blocks/figure.html"


class HomePage(Page):
    """The root of the site's addresses."""

    template = "articles/section_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The newest articles."""
        return {**super().get_context(request, *args, **kwargs), "recent": recent_articles()}


class SectionPage(Page):
    """A part of the paper."""

    template = "articles/section_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Its newest articles."""
        return {**super().get_context(request, *args, **kwargs), "recent": recent_articles().child_of(self)[:RECENT]}


class ArticleTag(TaggedItemBase):
    """A tag of an article."""

    content_object = ParentalKey("ArticlePage", related_name="tagged_items", on_delete=models.CASCADE)


class ArticlePage(Page):
    """An article."""

    template = "articles/article_page.html"
    date = models.DateTimeField("Post date", db_index=True)
    intro = models.CharField(max_length=300, blank=True)
    image = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    authors = ParentalManyToManyField(Author, blank=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)
    body = StreamField(
        [
            ("heading", CharBlock(form_classname="title", template="articles/blocks/heading.html")),
            ("paragraph", RichTextBlock()),
            ("quote", QuoteBlock()),
            ("figure", FigureBlock()),
        ]
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("intro"),
        FieldPanel("image"),
        FieldPanel("authors"),
        FieldPanel("tags"),
        FieldPanel("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the newest others."""
        recent = recent_articles().not_page(self)[:RECENT]
        return {**super().get_context(request, *args, **kwargs), "recent": recent}


def recent_articles() -> Any:
    """The newest articles with their thumbnails, as Wagtail's page on performance asks for them."""
    images = get_image_model().objects.prefetch_renditions("|".join(THUMBNAIL))
    return (
        ArticlePage.objects.live()
        .public()
        .order_by("-date")
        .prefetch_related(models.Prefetch("image", queryset=images))
    )
