"""The door to pages of the tree: Wagtail's own, with the page found in one query instead of six."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from gazeti import edge
from gazeti.front import queries
from gazeti.stories.queries import page_at

FOUND = "_wagtail_route_for_request"
"""Where Wagtail looks, before it asks, for the page that a request means."""


@csrf_exempt
@edge.tagged()
def tree(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer for the page at this path, by Wagtail's hooks; pages only answer reads, so no token is asked before."""
    page = page_at([part for part in path.split("/") if part], root=queries.root())
    setattr(request, FOUND, RouteResult(page) if page else None)
    return serve(request, path)
