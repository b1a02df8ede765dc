"""Authors and topics at the desk, each with its own place in the menu; and the gate before documents."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from gazeti.stories.models import Author, Topic
from gazeti.stories.queries import is_document_public

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


@hooks.register("before_serve_document", order=-100)
def gate_documents(document: AbstractDocument, request: HttpRequest) -> None:
    """Hide a document that no public page shows; who asks matters only then, so a public one is the same for all."""
    if not is_document_public(document) and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


register_snippet(AuthorViewSet)
register_snippet(TopicViewSet)
