"""Writing into a coverage by a token: the desk's own actions, each with the right that the desk asks for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja.errors import HttpError

from gazeti.live import actions
from gazeti.live.actions.events import about
from gazeti.live.api import shapes
from gazeti.live.api.once import key_in, once, told
from gazeti.live.api.reading import NO_UPDATE, allow, coverage_of, coverages, update_of
from gazeti.live.api.told import update_told, waiting_told
from gazeti.live.models import Coverage, Update, Waiting
from gazeti.live.queries import rights
from gazeti.live.queries.updates import wordings_of
from gazeti.live.queries.waiting import name_of
from gazeti.live.rules import Words
from gazeti.media.models import Picture
from gazeti.media.queries import pending_pictures
from gazeti.stories.formats import picture_ids

NOT_TO_POST = "You may not post in this coverage. Send it in with “waits”: somebody at the desk looks at it."
NOT_TO_SEND = "You may not send anything into this coverage."
NOT_TO_CHANGE = "This update is another's: ask them, or an editor."
NOT_TO_ERASE = "Words are erased by editors. You may take the update back without it."
NOT_TO_PIN = "Updates are pinned by editors."
NOT_TO_MAKE = "You may not file a story in this section."
STILL_RENDERED = "A picture is still being made ready for readers. Send it again in a moment."
ONE = {200: shapes.Update}
POSTED = {201: shapes.Update, 202: shapes.Waiting}


@coverages.post(
    "/{coverage_id}/updates/",
    response=POSTED,
    url_name="post_update",
    operation_id="coverages_updates_post",
    summary="Post an update, or send one in",
)
@once
def post(request: HttpRequest, coverage_id: shapes.Id, data: shapes.Posted) -> HttpResponse:
    """201 with the update that is out; 202 with what waits: for its time, or for the desk where you may not post.

    410 where it waited under this key before and was refused.
    """
    coverage, words = coverage_of(request, coverage_id), rendered(data.words())
    facts: dict[str, Any] = {"words": words, "by": request.user, "now": timezone.now(), "key": _key(request, data)}
    if data.waits or not rights.may_post(request.user, story=coverage.story):
        allow(rights.may_send_in(request.user, story=coverage.story), NOT_TO_SEND)
        allow(data.due_at is None, NOT_TO_POST)
        return _filed(actions.send_in(coverage.pk, **facts), coverage, request)
    if data.due_at is not None:
        return _filed(actions.schedule(coverage.pk, due_at=data.due_at, **facts), coverage, request)
    return _filed(actions.post_update(coverage.pk, **facts), coverage, request)


@coverages.patch(
    "/{coverage_id}/updates/{number}/",
    response=ONE,
    url_name="edit_update",
    operation_id="coverages_updates_edit",
    summary="Change an update",
)
@once
def edit(request: HttpRequest, coverage_id: shapes.Id, number: shapes.Id, data: shapes.Edited) -> HttpResponse:
    """Change the fields that are given; 409 where somebody gave it other words than those you have `seen`."""
    coverage, update = _own(request, coverage_id, number)
    before = wordings_of(coverage.pk, numbers=[update.version]).get(update.version)
    if before is None:
        raise Http404(NO_UPDATE)
    old = Words(
        body=before.body.get_prep_value(),
        heading=before.heading,
        author=before.author_id,
        is_key=before.is_key,
        correction=before.correction,
    )
    # Fields that are not sent are those that were read here: whoever changed them in between is not written over.
    seen = update.version if data.seen is None else data.seen
    words, now = rendered(data.words(before=old)), timezone.now()
    changed = actions.edit_update(coverage.pk, number=number, words=words, now=now, seen=seen, by=request.user)
    return told_update(changed, coverage, request)


@coverages.post(
    "/{coverage_id}/updates/{number}/actions/retract/",
    response=ONE,
    url_name="retract_update",
    operation_id="coverages_updates_retract",
    summary="Take an update back",
)
@once
def retract(request: HttpRequest, coverage_id: shapes.Id, number: shapes.Id, data: shapes.Retracted) -> HttpResponse:
    """Take an update back: readers are told that it is gone. Editors may erase its words too, also later."""
    coverage = coverage_of(request, coverage_id)
    update = update_of(coverage, number)
    allow(rights.may_retract(request.user, update=update, story=coverage.story), NOT_TO_CHANGE)
    allow(not data.erases or rights.may_erase(request.user, story=coverage.story), NOT_TO_ERASE)
    gone = actions.retract_update(coverage.pk, number=number, now=timezone.now(), erases=data.erases, by=request.user)
    return told_update(gone, coverage, request)


@coverages.post(
    "/{coverage_id}/updates/{number}/actions/pin/",
    response=ONE,
    url_name="pin_update",
    operation_id="coverages_updates_pin",
    summary="Keep an update above all others",
)
@once
def pin(request: HttpRequest, coverage_id: shapes.Id, number: shapes.Id) -> HttpResponse:
    """Pin an update."""
    return _pinned(request, coverage_id, number, is_pinned=True)


@coverages.post(
    "/{coverage_id}/updates/{number}/actions/unpin/",
    response=ONE,
    url_name="unpin_update",
    operation_id="coverages_updates_unpin",
    summary="Let an update stand where it was posted",
)
@once
def unpin(request: HttpRequest, coverage_id: shapes.Id, number: shapes.Id) -> HttpResponse:
    """Pin an update no more."""
    return _pinned(request, coverage_id, number, is_pinned=False)


@coverages.post(
    "/{coverage_id}/updates/{number}/actions/make_story/",
    response={201: shapes.MadeStory},
    url_name="make_story",
    operation_id="coverages_updates_make_story",
    summary="Make a story of an update",
)
@once
def make_story(request: HttpRequest, coverage_id: shapes.Id, number: shapes.Id) -> HttpResponse:
    """File a draft with the update's words, in the coverage's section; nothing is published."""
    coverage = coverage_of(request, coverage_id)
    update_of(coverage, number)
    section = coverage.story.get_parent().specific
    allow(rights.may_make_story(request.user, section=section), NOT_TO_MAKE)
    made = actions.make_story(coverage.pk, number=number, by=request.user, now=timezone.now())
    facts = shapes.MadeStory(page=made.pk, headline=made.headline)
    return told(facts, status=201, about=about(coverage.pk, what=number))


def rendered(words: Words) -> Words:
    """The words, unless a picture in them still waits for what readers get of it: no picture is encoded in here.

    Raises HttpError: the whole call is one transaction.
    """
    try:
        wanted = picture_ids(words.body)
    except (AttributeError, KeyError, TypeError):
        # Blocks of an odd form are the preflight's to refuse.
        return words
    numbers = [one for one in wanted if isinstance(one, int) and 0 < one <= shapes.LARGEST]
    if numbers and pending_pictures(Picture.objects.filter(pk__in=numbers)):
        raise HttpError(409, STILL_RENDERED)
    return words


def _key(request: HttpRequest, data: shapes.Posted) -> str:
    """Two programs may think of the same key, so it is the caller's own."""
    key = data.key or key_in(request)
    return f"api:{request.user.pk}:{key}" if key else ""


def _filed(filed: Update | Waiting, coverage: Coverage, request: HttpRequest) -> HttpResponse:
    if isinstance(filed, Waiting):
        return told_waiting(filed, status=202)
    return told_update(filed, coverage, request, status=201)


def _own(request: HttpRequest, coverage_id: int, number: int) -> tuple[Coverage, Update]:
    coverage = coverage_of(request, coverage_id)
    update = update_of(coverage, number)
    allow(rights.may_edit(request.user, update=update, story=coverage.story), NOT_TO_CHANGE)
    return coverage, update


def _pinned(request: HttpRequest, coverage_id: int, number: int, *, is_pinned: bool) -> HttpResponse:
    coverage = coverage_of(request, coverage_id)
    update_of(coverage, number)
    allow(rights.may_run(request.user, story=coverage.story), NOT_TO_PIN)
    change = actions.pin_update if is_pinned else actions.unpin_update
    return told_update(change(coverage.pk, number=number, by=request.user), coverage, request)


def told_waiting(row: Waiting, *, status: int = 200) -> HttpResponse:
    """What waits, as an answer that is kept no longer than it waits."""
    return told(shapes.Waiting(**waiting_told(row)), status=status, about=about(row.coverage_id, what=name_of(row)))


def told_update(update: Update, coverage: Coverage, request: HttpRequest, *, status: int = 200) -> HttpResponse:
    """An update, as an answer that is kept until it is taken back."""
    facts = shapes.Update(**update_told(update, coverage=coverage, user=request.user))
    return told(facts, status=status, about=about(coverage.pk, what=update.number))
