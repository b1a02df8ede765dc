"""Reading coverages by a token: those that the public may read, and those that the caller may know of at the desk."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from gazeti.live.api import shapes
from gazeti.live.api.told import coverage_told, summary_told, update_told, updates_told
from gazeti.live.models import Coverage, Update
from gazeti.live.queries.rights import may_know_of
from gazeti.stories.api import Bearer
from gazeti.stories.models import Story
from gazeti.stories.queries import Standing, standing_of, visible_pages

NO_COVERAGE = "There is no such coverage, or it may not be seen."
NO_UPDATE = "There is no such update in this coverage."
WITHDRAWN = "This story was withdrawn."

coverages = Router(tags=["live"], auth=Bearer())


@coverages.get(
    "/", response=shapes.Coverages, url_name="list_coverages", operation_id="coverages_list", summary="Coverages"
)
def listed(request: HttpRequest, part: Query[shapes.Part], state: shapes.State | None = None) -> dict[str, Any]:
    """Coverages that you may know of, the newest first, all or those in one state."""
    stories = visible_pages(Story.objects.all(), user=request.user).values("pk")
    meant = Coverage.objects.filter(pk__in=stories, **({"state": state} if state else {})).select_related("story")
    found = list(_before(meant.order_by("-pk"), part, by="pk")[: part.limit + 1])
    told = [coverage_told(one) for one in found[: part.limit]]
    return {"coverages": told, "before": told[-1]["id"] if len(found) > part.limit else None}


@coverages.get(
    "/{coverage_id}/",
    response=shapes.CoverageWithUpdates,
    url_name="detail_coverage",
    operation_id="coverages_detail",
    summary="A coverage with its newest updates",
)
def detailed(request: HttpRequest, coverage_id: shapes.Id, part: Query[shapes.Part]) -> dict[str, Any]:
    """A coverage with a part of its updates, those that were taken back among them as such."""
    coverage = coverage_of(request, coverage_id)
    found = list(_before(coverage.updates.order_by("-number"), part, by="number")[: part.limit + 1])
    told = updates_told(found[: part.limit], coverage=coverage, user=request.user)
    older = told[-1]["number"] if len(found) > part.limit else None
    return {**coverage_told(coverage), "summary": summary_told(coverage), "updates": told, "before": older}


@coverages.get(
    "/{coverage_id}/updates/{number}/",
    response=shapes.Update,
    url_name="detail_update",
    operation_id="coverages_updates_detail",
    summary="One update",
)
def update(request: HttpRequest, coverage_id: shapes.Id, number: shapes.Id) -> dict[str, Any]:
    """An update as it stands."""
    coverage = coverage_of(request, coverage_id)
    return update_told(update_of(coverage, number), coverage=coverage, user=request.user)


def coverage_of(request: HttpRequest, number: int) -> Coverage:
    """A coverage that the caller may know of. Raises Http404, and 410 where its story was withdrawn."""
    found: Coverage | None = Coverage.objects.select_related("story").filter(pk=number).first()
    if found is None:
        raise Http404(NO_COVERAGE)
    standing = standing_of(found.story)
    if standing is not Standing.OPEN and not may_know_of(request.user, story=found.story):
        if standing is Standing.GONE:
            raise HttpError(410, found.story.withdrawn_note or WITHDRAWN)
        raise Http404(NO_COVERAGE)
    return found


def update_of(coverage: Coverage, number: int) -> Update:
    """An update of a coverage. Raises Http404."""
    found: Update | None = coverage.updates.filter(number=number).first()
    if found is None:
        raise Http404(NO_UPDATE)
    return found


def allow(may: bool, sentence: str) -> None:  # noqa: FBT001 (it is what is asked)
    """Raise PermissionDenied with a sentence unless the caller may."""
    if not may:
        raise PermissionDenied(sentence)


def _before(found: Any, part: shapes.Part, *, by: str) -> Any:
    return found if part.before is None else found.filter(**{f"{by}__lt": part.before})
