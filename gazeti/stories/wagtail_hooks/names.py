"""Authors and topics at the desk, each with its own place in the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from gazeti.stories.models import Author, Topic

SLUG_FOLLOWS = {"targets": ["slug"], "apply_if_live": False}


class AuthorViewSet(SnippetViewSet):
    """Who writes."""

    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ("name", "role")
    panels = [
        TitleFieldPanel("name", **SLUG_FOLLOWS),
        FieldPanel("slug"),
        FieldPanel("role"),
        FieldPanel("about"),
        FieldPanel("picture"),
    ]


class TopicViewSet(SnippetViewSet):
    """What is written about."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ("name", "description")
    panels = [TitleFieldPanel("name", **SLUG_FOLLOWS), FieldPanel("slug"), FieldPanel("description")]


register_snippet(AuthorViewSet)
register_snippet(TopicViewSet)
