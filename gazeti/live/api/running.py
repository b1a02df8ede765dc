"""Running a coverage by a token: beginning and planning it, its state, its summary, and what waits in it."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from gazeti.live import actions
from gazeti.live.actions.events import about, summary_named
from gazeti.live.api import shapes
from gazeti.live.api.once import once, told
from gazeti.live.api.reading import allow, coverage_of, coverages
from gazeti.live.api.told import coverage_told, summary_told, waiting_told
from gazeti.live.api.writing import rendered, told_update, told_waiting
from gazeti.live.formats import body_of
from gazeti.live.models import Coverage, Waiting
from gazeti.live.queries import rights
from gazeti.live.queries.waiting import words_of
from gazeti.live.rules import Kind, Words
from gazeti.stories.api.reading import seen
from gazeti.stories.models import Story

NO_STORY = "There is no such story, or it may not be seen."
NOT_TO_COVER = "You may not cover this story live: ask an editor."
NOT_TO_RUN = "A coverage is opened, paused, closed, planned and summed up by editors."
NOT_TO_ERASE = "Words are erased by editors."
NOT_TO_DECIDE = "What others have sent in is decided about by editors."
NO_WAITING = "There is nothing of that number that waits here."
ONE = {200: shapes.Coverage}


@coverages.post(
    "/",
    response={201: shapes.Coverage},
    url_name="cover_story",
    operation_id="coverages_cover",
    summary="Cover a story live",
)
@once
def cover(request: HttpRequest, data: shapes.Covered) -> HttpResponse:
    """Make a story one that is covered live, planned at first; one that is already stays as it is."""
    story = seen(request, data.story)
    if not isinstance(story, Story):
        raise Http404(NO_STORY)
    allow(rights.may_cover(request.user, story=story), NOT_TO_COVER)
    coverage = actions.cover(story, starts_at=data.starts_at, ends_at=data.ends_at, now=timezone.now())
    return told(shapes.Coverage(**coverage_told(coverage)), status=201)


@coverages.patch(
    "/{coverage_id}/", response=ONE, url_name="plan_coverage", operation_id="coverages_plan", summary="Plan a coverage"
)
@once
def plan(request: HttpRequest, coverage_id: shapes.Id, data: shapes.Times) -> HttpResponse:
    """Say when it begins, which it does by itself, and when it is to end; a time that is not given stays."""
    coverage = _run(request, coverage_id)
    there = {"starts_at": coverage.starts_at, "ends_at": coverage.ends_at}
    planned = actions.plan(coverage.pk, **{**there, **data.dict(exclude_unset=True)}, now=timezone.now())
    return told(shapes.Coverage(**coverage_told(planned)))


@coverages.post(
    "/{coverage_id}/actions/{kind}/",
    response=ONE,
    url_name="move_coverage",
    operation_id="coverages_move",
    summary="Open, pause or close a coverage",
)
@once
def move(request: HttpRequest, coverage_id: shapes.Id, kind: Literal["pause", "resume", "close"]) -> HttpResponse:
    """`resume` opens one that is planned, paused or closed; 409 where it does not stand so that it could."""
    coverage = _run(request, coverage_id)
    actions.move_to(coverage.pk, kind=Kind(kind), now=timezone.now(), by=request.user)
    coverage.refresh_from_db()
    return told(shapes.Coverage(**coverage_told(coverage)))


@coverages.put(
    "/{coverage_id}/summary/",
    response={200: shapes.CoverageSummed},
    url_name="summarise_coverage",
    operation_id="coverages_summarise",
    summary="Give a coverage its summary",
)
@once
def summarise(request: HttpRequest, coverage_id: shapes.Id, data: shapes.Summed) -> HttpResponse:
    """Give it another summary; an empty one takes it away."""
    coverage = _run(request, coverage_id)
    words = Words(body=[*(data.body or []), *body_of(data.text)])
    actions.summarise(coverage.pk, words=words, now=timezone.now(), by=request.user)
    return _summed(coverage)


@coverages.post(
    "/{coverage_id}/summary/actions/erase_earlier/",
    response={200: shapes.CoverageSummed},
    url_name="erase_earlier_summaries",
    operation_id="coverages_summary_erase_earlier",
    summary="Erase what earlier summaries said",
)
@once
def erase_earlier(request: HttpRequest, coverage_id: shapes.Id) -> HttpResponse:
    """Delete for good what summaries said that it has no more; nobody is told of it again."""
    coverage = _run(request, coverage_id)
    allow(rights.may_erase(request.user, story=coverage.story), NOT_TO_ERASE)
    actions.erase_earlier_summaries(coverage.pk)
    return _summed(coverage)


def _summed(coverage: Coverage) -> HttpResponse:
    """The coverage with its summary, kept for who asks again until that summary is erased; none of the updates, whose
    words may be erased before.
    """
    coverage.refresh_from_db()
    facts = shapes.CoverageSummed(**coverage_told(coverage), summary=summary_told(coverage))
    return told(facts, about=about(coverage.pk, what=summary_named(coverage.summary_at)))


@coverages.get(
    "/{coverage_id}/waiting/",
    response=shapes.Inbox,
    url_name="list_waiting_updates",
    operation_id="coverages_waiting_list",
    summary="What was sent in or waits for its time",
)
def waiting(request: HttpRequest, coverage_id: shapes.Id) -> dict[str, Any]:
    """All that waits, for editors; others are told of their own."""
    coverage = coverage_of(request, coverage_id)
    rows = coverage.waiting.select_related("author", "by").order_by("received_at", "pk")
    if not rights.may_take_up(request.user, story=coverage.story):
        rows = rows.filter(by=request.user.pk)
    return {"waiting": [waiting_told(one) for one in rows]}


@coverages.patch(
    "/{coverage_id}/waiting/{waiting_id}/",
    response={200: shapes.Waiting},
    url_name="mend_waiting_update",
    operation_id="coverages_waiting_mend",
    summary="Change what waits",
)
@once
def mend(request: HttpRequest, coverage_id: shapes.Id, waiting_id: shapes.Id, data: shapes.Mended) -> HttpResponse:
    """Change the fields that are given, and the time of what has one."""
    _coverage, row = _decided(request, coverage_id, waiting_id, is_posting=False)
    words = rendered(data.words(before=words_of(row)))
    changed = actions.change_waiting(row.pk, words=words, due_at=data.due_at, now=timezone.now(), by=request.user)
    return told_waiting(changed)


@coverages.post(
    "/{coverage_id}/waiting/{waiting_id}/actions/take_up/",
    response={201: shapes.Update},
    url_name="take_up_waiting_update",
    operation_id="coverages_waiting_take_up",
    summary="Post what waits",
)
@once
def take_up(request: HttpRequest, coverage_id: shapes.Id, waiting_id: shapes.Id) -> HttpResponse:
    """Post it now; 409 where somebody else did, or has refused it."""
    coverage, row = _decided(request, coverage_id, waiting_id, is_posting=True)
    rendered(words_of(row))
    update = actions.take_up(row.pk, by=request.user, now=timezone.now())
    return told_update(update, coverage, request, status=201)


@coverages.post(
    "/{coverage_id}/waiting/{waiting_id}/actions/refuse/",
    response={204: None},
    url_name="refuse_waiting_update",
    operation_id="coverages_waiting_refuse",
    summary="Take out what waits",
)
@once
def refuse(request: HttpRequest, coverage_id: shapes.Id, waiting_id: shapes.Id) -> HttpResponse:
    """Delete it with its words."""
    _coverage, row = _decided(request, coverage_id, waiting_id, is_posting=False)
    actions.refuse(row.pk, by=request.user)
    return HttpResponse(status=204)


def _run(request: HttpRequest, coverage_id: int) -> Coverage:
    coverage = coverage_of(request, coverage_id)
    allow(rights.may_run(request.user, story=coverage.story), NOT_TO_RUN)
    return coverage


def _decided(request: HttpRequest, coverage_id: int, waiting_id: int, *, is_posting: bool) -> tuple[Coverage, Waiting]:
    """What waits, for an editor or for whoever sent it, who posts it only with the right to."""
    coverage = coverage_of(request, coverage_id)
    row: Waiting | None = coverage.waiting.filter(pk=waiting_id).first()
    is_editor = rights.may_take_up(request.user, story=coverage.story)
    if row is None or not (is_editor or row.by_id == request.user.pk):
        raise Http404(NO_WAITING)
    allow(is_editor or not is_posting or rights.may_post(request.user, story=coverage.story), NOT_TO_DECIDE)
    return coverage, row
