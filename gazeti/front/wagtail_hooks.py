"""The one hook through which readers' pages are answered: the gate first, then the front's renderer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail import hooks
from wagtail.models import Page

from gazeti.front.views import gone, page_answer
from gazeti.stories.queries import Standing, standing_of


@hooks.register("before_serve_page", order=-100)
def answer_readers(page: Page, request: HttpRequest, _args: list[Any], _kwargs: dict[str, Any]) -> HttpResponseBase:
    """Answer before any other hook: what may not be seen is 404 or 410 and never a password form."""
    standing = standing_of(page)
    if standing is Standing.ABSENT:  # before the method is looked at: what is hidden answers as if it were not there
        raise Http404
    refused = page.check_request_method(request)
    if refused is not None:
        return refused
    if standing is Standing.GONE:
        return gone(request, page)
    return page_answer(page, request)
