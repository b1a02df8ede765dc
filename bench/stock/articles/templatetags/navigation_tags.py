"""The root of the site, from which the header's navigation starts, as Wagtail's tutorial finds it."""

from typing import Any

from django import template
from wagtail.models import Page, Site

register = template.Library()


@register.simple_tag(takes_context=True)
def site_root(context: dict[str, Any]) -> Page:
    """The root page of the site that is asked."""
    return Site.find_for_request(context["request"]).root_page
