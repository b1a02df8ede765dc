"""Blocks that any body of text may use. None of them asks anything of another site."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

RICH = ["bold", "italic", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs with bold, italic and links."""

    def __init__(self, **options: object) -> None:
        """Allow no more than `RICH`."""
        super().__init__(features=RICH, **options)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "base/blocks/text.html"


class HeadingBlock(blocks.CharBlock):
    """A heading inside a body: always of the second level (WCAG 1.3.1)."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "base/blocks/heading.html"


class ListBlock(blocks.StructBlock):
    """A list, numbered or not."""

    ordered = blocks.BooleanBlock(required=False, label=_("Numbered"))
    items = blocks.ListBlock(blocks.RichTextBlock(features=["bold", "italic", "link"], label=_("Item")), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "base/blocks/list.html"


class TableBlock(TypedTableBlock):
    """A table with a caption and a head, whose first row names the columns (WCAG 1.3.1, H51)."""

    def __init__(self, **options: object) -> None:
        """Columns hold words or figures; figures stand to the right."""
        columns = [
            ("words", blocks.CharBlock(required=False, label=_("Words"))),
            ("figures", blocks.CharBlock(required=False, label=_("Figures"))),
        ]
        super().__init__(columns, **options)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "base/blocks/table.html"


class FactsBlock(blocks.StructBlock):
    """A box of facts beside the story."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    body = blocks.RichTextBlock(features=["bold", "italic", "link", "ul"], label=_("Facts"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        template = "base/blocks/facts.html"


class CardBlock(blocks.StructBlock):
    """A link to another site, written by us: nothing is fetched from it, now or when read."""

    url = blocks.URLBlock(label=_("Address"))
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    description = blocks.CharBlock(required=False, label=_("What is there"), max_length=300)

    class Meta:
        icon = "link-external"
        label = _("Link to another site")
        template = "base/blocks/card.html"


class PlainBody(blocks.StreamBlock):
    """The body of an information page."""

    text = TextBlock()
    heading = HeadingBlock()
    list = ListBlock()
    table = TableBlock()
    facts = FactsBlock()
    card = CardBlock()
