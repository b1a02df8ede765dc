"""The blocks of a story's body: those of the base, and those that know pictures, documents and other stories."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from gazeti.base.blocks import PlainBody


class QuotationBlock(blocks.StructBlock):
    """A quotation that always says whose it is."""

    text = blocks.TextBlock(label=_("Quotation"), rows=3)
    speaker = blocks.CharBlock(label=_("Speaker"), max_length=100)
    role = blocks.CharBlock(label=_("Who they are"), max_length=150, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "stories/blocks/quotation.html"


class PictureBlock(blocks.StructBlock):
    """A picture in the body, with words for this place; the picture's own where these are empty."""

    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(label=_("Alt text"), required=False, max_length=255)
    decorative = blocks.BooleanBlock(label=_("Decorative"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse alt text on a picture that is said to be decorative (WCAG 1.1.1)."""
        clean = super().clean(value)
        if clean["decorative"] and clean["alt"]:
            raise blocks.StructBlockValidationError(
                {"decorative": ValidationError(_("Decorative pictures have no alt text. Empty one of the two."))}
            )
        return clean

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "stories/blocks/picture.html"


class RelatedBlock(blocks.PageChooserBlock):
    """Another story of this paper."""

    class Meta:
        icon = "doc-full"
        label = _("Related story")
        template = "stories/blocks/related.html"


class DocumentBlock(blocks.StructBlock):
    """A document to download; readers are told its kind and size first."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Document")
        template = "stories/blocks/document.html"


class Body(PlainBody):
    """A story's body."""

    quotation = QuotationBlock()
    picture = PictureBlock()
    gallery = blocks.ListBlock(
        PictureBlock(), min_num=2, icon="image", label=_("Gallery"), template="stories/blocks/gallery.html"
    )
    related = RelatedBlock(page_type="gazeti_stories.Story")
    document = DocumentBlock()
