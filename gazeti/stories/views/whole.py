"""The layer through which the desk and the API write: whole or not at all."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError

from gazeti.media.actions import finish_renditions
from gazeti.stories.actions import NotReady
from gazeti.stories.views.preflight import answer_unready

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
API = "/api/"
DESK = ("/desk/", API)
WHOLE_ALREADY = ("/desk/images/", "/desk/documents/")
"""Uploads: each saves one row in a transaction of its own, and reading a picture would keep other writers waiting."""
PREVIEW = "/preview/"
PUBLISH = "/publish/"
REFUSED = 400
"""The status from which on an answer says that nothing was done."""

View = Callable[..., HttpResponseBase]


class WholeWrites:
    """Calls the desk's views for unsafe methods inside one transaction, so that publication, version and purge are one.

    It does so in `process_view`: a layer around the answer would see an answer made of the exception, and roll
    back nothing. A view that Django's `non_atomic_requests` marks is left to itself. Pictures still waiting for their
    renditions get them before the transaction opens. A story that is not ready, by whichever door, is answered here.
    """

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.inner(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Answer for the desk's unsafe methods; None lets Django call any other view."""
        if request.method in SAFE or not _is_a_write(request.path) or hasattr(view, "_non_atomic_requests"):
            return None
        if _may_publish(request):
            finish_renditions()
        call = partial(_called_whole, request, view, args, kwargs)
        try:
            return call()
        except NotReady as refusal:
            return answer_unready(request, refusal, again=call)
        except MultiValueDictKeyError as error:
            # Wagtail's forms read parts that every browser sends; a request without them was made by hand, or cut off.
            raise BadRequest("a part of the form is missing") from error


def _called_whole(request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
    """The view's answer, made in one transaction, which an exception rolls back; so does a refusal of the API's."""
    with transaction.atomic():
        response = view(request, *args, **kwargs)
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response = response.render()
        # The API makes an answer of whatever goes wrong. At the desk a refused sign-in is counted, and stays counted.
        if request.path.startswith(API) and response.status_code >= REFUSED:
            transaction.set_rollback(True)
    return response


def _may_publish(request: HttpRequest) -> bool:
    """Whether something may go out by this request: whoever is not signed in sends nothing out."""
    if request.path.startswith(API):
        return request.path.endswith(PUBLISH) or b"publish" in request.body
    return request.user.is_authenticated and any(name.startswith("action-") for name in request.POST)


def _is_a_write(path: str) -> bool:
    return path.startswith(DESK) and not path.startswith(WHOLE_ALREADY) and not path.endswith(PREVIEW)
