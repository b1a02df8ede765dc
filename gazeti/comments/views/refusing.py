"""A comment that is not taken: the form again with everything that was written, or a problem for a program."""

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gazeti.base.models import framed_answer
from gazeti.comments.views.answers import REFUSED, is_a_program, problem, told
from gazeti.comments.views.form import form_for
from gazeti.guard.refusals import JSON
from gazeti.stories.models import Story

LARGEST = 100_000
"""Bytes of what is sent: more than the longest comment, its name and its work."""
NOT_TAKEN = _("Your comment is not taken yet")
MEND = _("Look at what stands beside the fields, and send it once more.")
TOO_LARGE = _("This is more than a comment can hold. Nothing of it was kept: shorten it, and send it again.")
BROKEN = _("What was sent could not be read. Send it once more.")


def unreadable(request: HttpRequest) -> HttpResponse | None:
    """The refusal of what nobody reads: too much, or no JSON where it says that it is; None where it can be read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        return told(request, REFUSED, words=TOO_LARGE, status=413)
    if request.content_type == JSON and _json_in(request) is None:
        return told(request, REFUSED, words=BROKEN, status=400)
    return None


def typed_in(request: HttpRequest) -> Mapping[str, str]:
    """The fields that were sent, each the last of its name; programs may send JSON."""
    if request.content_type == JSON:
        found = _json_in(request) or {}
        return {name: _whole(str(value)) for name, value in found.items() if value is not None}
    return {name: str(value) for name, value in request.POST.items()}


def refused(
    request: HttpRequest,
    story: Story,
    *,
    typed: Mapping[str, str],
    status: int,
    words: str | Promise = "",
    errors: Mapping[str, Iterable[Any]] | None = None,
    retry_after: int = 0,
    has_new_key: bool = False,
) -> HttpResponse:
    """Say what is wrong, and give back all that was written."""
    sentence = words or MEND
    found = {field: [str(one) for one in sentences] for field, sentences in (errors or {}).items()}
    if is_a_program(request):
        fresh = {"key": secrets.token_urlsafe(16)} if has_new_key else {}
        response = problem(NOT_TAKEN, words=sentence, status=status, errors=found, **fresh)
    else:
        form = form_for(request, story, _number(typed), typed=dict(typed), errors=found, has_new_key=has_new_key)
        facts = {"form": form, "story": story, "heading": NOT_TAKEN, "words": sentence}
        response = framed_answer(request, "comments/write.html", facts, tags=set(), status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def _number(typed: Mapping[str, str]) -> int | None:
    """The number of what is answered, if it is one."""
    number = typed.get("reply_to", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def _whole(text: str) -> str:
    """Without half characters, which JSON can name and no answer can hold (RFC 8259, 8.2)."""
    return text.encode(errors="replace").decode()


def _json_in(request: HttpRequest) -> dict[str, Any] | None:
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
