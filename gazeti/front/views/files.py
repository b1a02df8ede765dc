"""Two small files that browsers and robots ask for by a fixed name."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gazeti import edge
from gazeti.front.views.answer import KEPT
from gazeti.guard import traps

CLOSED = ("/desk/", "/account/", "/search/", "/api/", "/drafts/", traps.ADDRESS)


@csrf_exempt
@require_safe
@edge.tagged("site")
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may fetch (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = KEPT
    return response


@csrf_exempt
@require_safe
@edge.tagged("site")
def favicon(request: HttpRequest) -> HttpResponse:
    """The paper's sign; a newsroom's own `static/gazeti/favicon.svg` comes before ours."""
    sign = Path(str(finders.find("gazeti/favicon.svg"))).read_bytes()
    response = HttpResponse(sign, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response
