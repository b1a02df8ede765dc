"""The desk's home is ours: the newsroom's lists in the place of Wagtail's."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from gazeti.stories.views.home import home_of


@hooks.register("construct_homepage_panels")
def own_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Show somebody's lists, in the order in which they matter."""
    panels[:] = home_of(request.user, now=timezone.now())
    for place, panel in enumerate(panels):
        panel.order = place


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts(request: HttpRequest, items: list[SummaryItem]) -> None:
    """How many pages and pictures there are helps nobody's day, and counts what a reporter may not know of."""
    items.clear()


@hooks.register("insert_global_admin_css")
def phone_style() -> SafeString:
    """The desk in a hand."""
    return format_html('<link rel="stylesheet" href="{}">', static("gazeti/css/desk-phone.css"))
