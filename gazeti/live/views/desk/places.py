"""What an address of the live desk means: a coverage that somebody may follow there, an update in it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from gazeti.live.models import Coverage, Update
from gazeti.live.queries import rights

DIGITS = 9


def coverage_at(request: HttpRequest, story: int) -> Coverage:
    """The coverage of a story. Raises Http404, and PermissionDenied for whom nothing of it is."""
    coverage: Coverage = get_object_or_404(Coverage.objects.select_related("story").defer("story__body"), pk=story)
    if not rights.may_send_in(request.user, story=coverage.story):
        raise PermissionDenied
    return coverage


def update_in(coverage: Coverage, number: int) -> Update:
    """An update of it. Raises Http404."""
    if len(str(number)) > DIGITS:
        raise Http404
    found: Update = get_object_or_404(coverage.updates, number=number)
    return found


def number_in(value: str | None) -> int | None:
    """A number of an update; None where there is none."""
    is_one = value and value.isascii() and value.isdecimal() and len(value) <= DIGITS
    return int(value) if is_one and value else None
