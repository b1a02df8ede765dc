"""Where a story begins, and where the live part of its form is asked for."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from gazeti.stories.views.begin import begin_story
from gazeti.stories.views.panel import story_preflight


@hooks.register("register_admin_urls")
def panel_addresses() -> list[URLPattern]:
    """Below /desk/, behind the desk's own door."""
    return [
        path("stories/new/", begin_story, name="begin_story"),
        path("stories/<int:page_id>/preflight/", story_preflight, name="story_preflight"),
    ]


@hooks.register("insert_editor_js")
def editor_scripts() -> SafeString:
    """What keeps the panel true while somebody writes, and the draft true to what was written."""
    names = [(static(f"gazeti/js/desk-{name}.js"),) for name in ("autosave", "submit", "preflight")]
    return format_html_join("", '<script type="module" src="{}"></script>', names)
