"""The suite's addresses, which are nobody's pages: the edge lets them pass to the shared cache."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from gazeti import edge


@edge.uncached
def passed(_request: HttpRequest) -> HttpResponse:
    """Never called: their origin stands behind the shared cache in Django's place."""
    return HttpResponse(status=500)


urlpatterns = [re_path("^(config|test|state)/", passed)]
