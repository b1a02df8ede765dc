"""What readers will load, beside a story's preview."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gazeti.stories.views.preview import StoryWeight


@hooks.register("register_admin_urls")
def weight_addresses() -> list[URLPattern]:
    """Where the desk tells what a story weighs."""
    return [path("stories/<int:page_id>/weight/", StoryWeight.as_view(), name="story_weight")]


@hooks.register("insert_editor_js")
def preview_weight() -> SafeString:
    """The behaviour that tells the weight again whenever the preview is new."""
    return format_html('<script type="module" src="{}"></script>', static("gazeti/js/desk-preview.js"))
