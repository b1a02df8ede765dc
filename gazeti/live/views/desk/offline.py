"""The live desk without a line: a page that tells of nobody and of no story, and the worker that opens it there."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gazeti.edge.middleware import PERSONAL
from gazeti.live.forms import UpdateForm

WORKER = "gazeti/js/live-desk-worker.js"
FILES = (
    *(f"gazeti/css/{name}.css" for name in ("tokens", "elements", "live-desk")),
    *(f"gazeti/js/live-desk{name}.js" for name in ("", "-news", "-queue", "-shown", "-store")),
)


@require_safe
def shell(_request: HttpRequest) -> HttpResponse:
    """The form alone: the same bytes for everybody, so that a browser may keep it whoever signs in there."""
    return _own(HttpResponse(_shell(settings.LANGUAGE_CODE)))


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The worker, for what stands below this address; another byte in what it keeps makes it another worker."""
    page = _shell(settings.LANGUAGE_CODE)
    parts = [_bytes_of(name) for name in FILES]
    version = hashlib.sha256(b"\0".join([page.encode(), *parts])).hexdigest()[:16]
    facts = {"page": reverse("live_offline"), "files": [static(name) for name in FILES], "version": version}
    body = f"const SHELL = {json.dumps(facts)};\n{_bytes_of(WORKER).decode()}"
    return _own(HttpResponse(body, content_type="text/javascript; charset=utf-8"))


@lru_cache(maxsize=4)
def _shell(language: str) -> str:
    with override(language):
        return render_to_string("live/desk/offline.html", {"form": UpdateForm()})


def _bytes_of(name: str) -> bytes:
    found = finders.find(name)
    return Path(str(found)).read_bytes() if found else b""


def _own(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = PERSONAL
    return response
