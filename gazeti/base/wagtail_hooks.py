"""The desk looks like the paper: its colours, its sign."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def desk_style() -> SafeString:
    """The desk's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("gazeti/css/desk.css"))


@hooks.register("insert_global_admin_js")
def desk_parts() -> SafeString:
    """What begins choosers, pickers and panels under the desk's content security policy."""
    return format_html('<script type="module" src="{}"></script>', static("gazeti/js/desk-parts.js"))
