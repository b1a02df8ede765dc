"""How the desk lays out a story's fields: first what every story needs, then what some do."""

from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    Panel,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput


class PreflightPanel(Panel):
    """What stands between the story and its readers, told while it is written."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one story."""

        template_name = "stories/desk/preflight_panel.html"

        @property
        def media(self) -> Media:
            """Its look."""
            return Media(css={"all": ["gazeti/css/desk-preflight.css"]})


BYLINE = [FieldPanel("author")]
CONTENT = [
    PreflightPanel(heading=_("Before it goes out")),
    TitleFieldPanel("title", heading=_("Headline"), placeholder=_("Headline"), help_text=_("At most 110 characters.")),
    # Two sentences do not fit one line of a phone.
    FieldPanel("standfirst", widget=AdminAutoHeightTextInput),
    MultiFieldPanel(
        [
            InlinePanel("bylines", label=_("Author"), heading=_("Byline")),
            FieldRowPanel([FieldPanel("credit"), FieldPanel("dateline")]),
        ],
        heading=_("Byline"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("lead_picture"),
            FieldRowPanel([FieldPanel("lead_alt"), FieldPanel("lead_decorative")]),
            FieldPanel("lead_caption"),
        ],
        heading=_("Lead picture"),
    ),
    FieldPanel("body"),
    MultiFieldPanel([FieldPanel("sources"), FieldPanel("method_note")], heading=_("Sources and method")),
    MultiFieldPanel([FieldPanel("updated_reason"), FieldPanel("updated_at")], heading=_("Tell readers of an update")),
]
PROMOTE = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
            FieldPanel("topics"),
            FieldPanel("short_headline"),
            FieldPanel("translation_of"),
            FieldRowPanel([FieldPanel("published_at"), FieldPanel("day_only")]),
            FieldPanel("embargo_until"),
        ],
        heading=_("Where it belongs"),
    ),
    MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
        heading=_("Address and search engines"),
    ),
]
