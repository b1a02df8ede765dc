"""What the desk's forms of pictures need in a browser."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_editor_js")
def alt_text_is_asked_for_first() -> SafeString:
    """Before a picture's file is sent."""
    return format_html('<script type="module" src="{}"></script>', static("gazeti/js/desk-alt.js"))
