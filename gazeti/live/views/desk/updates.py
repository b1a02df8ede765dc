"""Posting an update and giving it other words, by the quick form: sent twice it is done once, refused all is kept."""

from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gazeti.live.actions import WasRefused, edit_update, post_update, schedule, send_in
from gazeti.live.actions.updates import posted_by
from gazeti.live.forms import UpdateForm
from gazeti.live.models import Coverage, Update, Waiting, Wording
from gazeti.live.queries import reporting, rights
from gazeti.live.queries.waiting import was_refused
from gazeti.live.rules import State, Words
from gazeti.live.views.desk import words
from gazeti.live.views.desk.again import waits_so, was_posted_so
from gazeti.live.views.desk.bodies import Quick, quick_of, typed_body
from gazeti.live.views.desk.doors import for_words, saved, shown
from gazeti.live.views.desk.pictures import picture_in
from gazeti.live.views.desk.places import coverage_at, update_in
from gazeti.live.views.desk.refusing import GONE, OVERTAKEN, Unfit, refusal_of, told_why
from gazeti.live.views.desk.richer import as_read, refuse_richer
from gazeti.live.views.desk.screen import screen_with

NOW_OPEN = (State.LIVE, State.PAUSED)


@for_words
@require_POST
def post(request: HttpRequest, story: int) -> HttpResponseBase:
    """Post what was typed, give it its time, or send it in: 303 for a form, 201 for a script."""
    coverage = coverage_at(request, story)
    form = UpdateForm(request.POST, request.FILES)
    again = partial(screen_with, request, coverage, form=form)
    if (there := _posted_before(coverage, request.POST.get("key", ""))) is not None:
        return _as_before(request, coverage, there, form=form)
    try:
        filed = _filed(coverage, form, by=request.user)
    except Unfit as unfit:
        if unfit.status == GONE:
            again = partial(screen_with, request, coverage, form=_anew(request))
        return refusal_of(request, form, unfit, again=again)
    return _done(request, coverage, filed)


@for_words
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, story: int, number: int) -> HttpResponseBase:
    """Show an update's words to be changed; sent as a form, change them."""
    coverage = coverage_at(request, story)
    update = update_in(coverage, number)
    if not rights.may_edit(request.user, update=update, story=coverage.story):
        raise PermissionDenied
    there = reporting.words_of(update)
    if update.retracted_at or there is None:
        return _gone(request, coverage, update)
    quick = quick_of(there.body.get_prep_value())
    facts: dict[str, Any] = {"coverage": coverage, "update": update, "quick": quick, "there": there}
    if request.method == "POST":
        return _edited(request, **facts)
    if quick is None:
        return redirect("live_blocks", story, number)
    return _form_of(request, UpdateForm(initial=_initial(there, quick)), **facts)


def words_in(form: UpdateForm, *, by: Any, there: Wording | Waiting | None = None) -> Words:
    """What a form that holds says, as words of an update. Raises PictureRefused, and Unfit for an unknown author."""
    said = form.cleaned_data
    author = reporting.author_called(said["author"])
    if said["author"] and author is None:
        form.add_error("author", words.NO_SUCH_AUTHOR)
        raise Unfit
    picture = picture_in(form, by=by)
    raw = there.body.get_prep_value() if there else None
    return Words(
        heading=said["heading"],
        body=typed_body(said["text"], picture=picture, raw=raw),
        author=author.pk if author else None,
        is_key=said["is_key"],
        correction=said["correction"],
    )


def _anew(request: HttpRequest) -> UpdateForm:
    """What was typed under another key: sent once more by somebody who has read why, it is something new."""
    typed = request.POST.copy()
    typed["key"] = uuid4().hex
    return UpdateForm(typed)


def _filed(coverage: Coverage, form: UpdateForm, *, by: Any) -> Update | str:
    """The update, or how it waits. Raises Unfit."""
    if not form.is_valid():
        raise Unfit
    said, now = form.cleaned_data, timezone.now()
    if was_refused(coverage.pk, key=said["key"]):
        raise Unfit(str(WasRefused()), status=GONE)
    may_post = rights.may_post(by, story=coverage.story)
    is_at_once = may_post and said["due_at"] is None
    if is_at_once and coverage.state not in NOW_OPEN:
        raise Unfit(words.NOT_OPEN[State(coverage.state)], status=409)
    with told_why(form):
        new, facts = words_in(form, by=by), {"by": by, "now": now, "key": said["key"]}
        if is_at_once:
            return post_update(coverage.pk, words=new, **facts)
        return _put_off(coverage, new, form=form, due_at=said["due_at"] if may_post else None, **facts)


def _put_off(coverage: Coverage, new: Words, *, form: UpdateForm, due_at: Any, **facts: Any) -> str:
    """How it waits. Raises Unfit where something else waits under its key."""
    if due_at is None:
        row = send_in(coverage.pk, words=new, **facts)
    else:
        row = schedule(coverage.pk, words=new, due_at=due_at, **facts)
    if isinstance(row, Waiting) and row.received_at != facts["now"] and not waits_so(row, form, due_at=due_at):
        raise Unfit(words.WAITS_OTHERWISE, status=OVERTAKEN)
    return str(words.SENT_IN if due_at is None else words.SCHEDULED)


def _posted_before(coverage: Coverage, key: str) -> Update | None:
    return posted_by(coverage.pk, key=key) if key else None


def _as_before(request: HttpRequest, coverage: Coverage, update: Update, *, form: UpdateForm) -> HttpResponseBase:
    """The answer to a key that was used: the update it posted, unless something else is sent under it now."""
    if was_posted_so(update, form):
        return _done(request, coverage, update)
    again = partial(screen_with, request, coverage, form=form)
    unfit = Unfit(words.OTHER_WORDS, status=OVERTAKEN, number=update.number)
    return refusal_of(request, form, unfit, again=again)


def _edited(
    request: HttpRequest, *, coverage: Coverage, update: Update, quick: Quick | None, there: Wording
) -> HttpResponseBase:
    form = UpdateForm(request.POST, request.FILES, has_more=quick is None or bool(quick.others))
    again = partial(_form_of, request, form, coverage=coverage, update=update, quick=quick, there=there)
    try:
        refuse_richer(quick)
        changed = _change(update, form, by=request.user, there=there)
    except Unfit as unfit:
        return refusal_of(request, form, unfit, again=again)
    return _done(request, coverage, changed, status=200)


def _change(update: Update, form: UpdateForm, *, by: Any, there: Wording) -> Update:
    """Give it the form's words. Raises Unfit."""
    if not form.is_valid():
        raise Unfit
    with told_why(form):
        new = words_in(form, by=by, there=there)
        facts = {"seen": form.cleaned_data["seen"], "by": by, "now": timezone.now()}
        return edit_update(update.coverage_id, number=update.number, words=new, **facts)


def _initial(there: Wording, quick: Quick) -> dict[str, Any]:
    return {
        **quick.as_typed,
        "heading": there.heading,
        "is_key": there.is_key,
        "author": there.author.name if there.author else "",
        "correction": there.correction,
        "seen": there.number,
    }


def _form_of(
    request: HttpRequest, form: UpdateForm, *, status: int = 200, told: str = "", **facts: Any
) -> HttpResponse:
    coverage, update, there = facts["coverage"], facts["update"], facts["there"]
    place = [coverage.pk, update.number]
    around = {
        **facts,
        "quick": facts["quick"] or as_read(there.body.get_prep_value() if there else []),
        "may_save": facts["quick"] is not None,
        "heading": _("Change update %(number)d") % {"number": update.number},
        "address": reverse("live_edit", args=place),
        "blocks": reverse("live_blocks", args=place) if there else "",
        "form": form,
        "told": told,
        "story": coverage.story,
        "authors": reporting.authors_offered(coverage),
        "seen": there.number if there else "",
    }
    return shown(request, "edit.html", around, status=status)


def _gone(request: HttpRequest, coverage: Coverage, update: Update) -> HttpResponse:
    """Nothing is to be changed any more; what was typed for it is given back."""
    if request.method != "POST":
        messages.warning(request, words.GONE)
        return redirect("live_screen", coverage.pk)
    form = UpdateForm(request.POST, request.FILES, has_more=True)
    again = partial(_form_of, request, form, coverage=coverage, update=update, quick=None, there=None)
    return refusal_of(request, form, Unfit(words.GONE, status=OVERTAKEN), again=again)


def _done(request: HttpRequest, coverage: Coverage, filed: Update | str, *, status: int = 201) -> HttpResponse:
    """The answer to what was filed; whoever edited is told the version that came of it, to go on from there."""
    if isinstance(filed, str):
        return saved(request, filed, coverage.pk, status=status, waits=filed)
    if status == 201:
        return saved(request, words.POSTED, coverage.pk, status=status, number=filed.number)
    return saved(request, words.SAVED, coverage.pk, status=status, number=filed.number, version=filed.version)
