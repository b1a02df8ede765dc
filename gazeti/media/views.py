"""Files of pictures: renditions that readers are shown, the desk's own files for who works there, and nothing else.

Originals and documents lie in the same storage; no pattern here reaches them.
"""

from collections.abc import Collection

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazeti import edge
from gazeti.media.models import Picture
from gazeti.media.queries import access_to, works_with
from gazeti.media.rules import Access, picture_of

FOR_GOOD = "public, max-age=31536000, immutable"
"""A name is given once: other bytes get another name (RFC 8246)."""
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif"}


@edge.tagged()
@require_safe
def served_file(request: HttpRequest, path: str) -> HttpResponse:
    """A rendition, to be kept for good, where something public shows it; else for who works with pictures.

    Who asks matters only then, so that a public one is the same for all.
    """
    access = access_to(path)
    if access is Access.ABSENT or not default_storage.exists(path):
        return _missing()
    if access is Access.OPEN:
        return _public_file(request, path)
    if works_with(Picture, user=request.user):
        response = _file(path)
        response["Cache-Control"] = "private, no-store"
        return response
    return _ended() if access is Access.ENDED else _missing()


@edge.uncached
@require_safe
def desk_file(request: HttpRequest, path: str) -> HttpResponse:
    """A file that Wagtail made for the desk, to people who work with pictures there."""
    if not works_with(Picture, user=request.user) or not default_storage.exists(path):
        return _missing()
    return _file(path)


def draft_file(path: str, *, among: Collection[int]) -> HttpResponse:
    """A rendition of one of these pictures, for whoever a higher floor let in; kept by nobody."""
    is_shown = picture_of(path) in among and access_to(path) in (Access.OPEN, Access.CLOSED)
    response = _file(path) if is_shown and default_storage.exists(path) else _missing()
    response["Cache-Control"] = "private, no-store"
    return response


def _public_file(request: HttpRequest, path: str) -> HttpResponse:
    response = _file(path)
    changed = int(default_storage.get_modified_time(path).timestamp())
    response["ETag"] = etag = quote_etag(path.rsplit("/", 1)[-1])
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = FOR_GOOD
    answer = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    return edge.tag(answer or response, f"picture:{picture_of(path)}")


def _file(path: str) -> HttpResponse:
    with default_storage.open(path) as file:
        return HttpResponse(file.read(), content_type=TYPES[path.rsplit(".", 1)[-1]])


def _missing() -> HttpResponse:
    return _told(404, _("There is no such file."))


def _ended() -> HttpResponse:
    return _told(410, _("This picture was here; the right to show it has ended."))


def _told(status: int, sentence: str) -> HttpResponse:
    answer = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
