"""The layer through which the desk writes: whole or not at all."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from gazeti.media.actions import finish_renditions

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
DESK = ("/desk/", "/api/")
WHOLE_ALREADY = ("/desk/images/", "/desk/documents/")
"""Uploads: each saves one row in a transaction of its own, and reading a picture would keep other writers waiting."""
PREVIEW = "/preview/"


class WholeWrites:
    """Calls the desk's views for unsafe methods inside one transaction, so that publication, version and purge are one.

    It does so in `process_view`: a layer around the answer would see an answer made of the exception, and roll
    back nothing. A view that Django's `non_atomic_requests` marks is left to itself. Pictures still waiting for their
    renditions get them before the transaction opens.
    """

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.inner(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Answer for the desk's unsafe methods; None lets Django call any other view."""
        if request.method in SAFE or not _is_a_write(request.path) or hasattr(view, "_non_atomic_requests"):
            return None
        if any(name.startswith("action-") for name in request.POST):
            finish_renditions()
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        return response


def _is_a_write(path: str) -> bool:
    return path.startswith(DESK) and not path.startswith(WHOLE_ALREADY) and not path.endswith(PREVIEW)
