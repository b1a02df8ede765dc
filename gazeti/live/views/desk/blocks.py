"""An update, or the summary, with all blocks that a story may have: the page for what the quick form cannot show."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gazeti.edge.middleware import DESK
from gazeti.live.actions import NotReady, Refused, edit_update, post_update, summarise
from gazeti.live.formats import without_ids
from gazeti.live.forms import BlocksForm
from gazeti.live.models import Coverage, Update, Wording
from gazeti.live.queries import reporting, rights
from gazeti.live.queries.cleaning import cleaned
from gazeti.live.rules import Words
from gazeti.live.views.desk import words
from gazeti.live.views.desk.doors import for_words, shown
from gazeti.live.views.desk.places import coverage_at, update_in

METHODS = ["GET", "HEAD", "POST"]
Write = Callable[[Words, dict[str, Any]], object]


@for_words
@require_http_methods(METHODS)
def new(request: HttpRequest, story: int) -> HttpResponseBase:
    """Write an update of any blocks."""
    coverage = coverage_at(request, story)
    if not rights.may_post(request.user, story=coverage.story):
        raise PermissionDenied
    author = reporting.own_author(request.user)
    form = BlocksForm(_sent(request), initial={"key": uuid4().hex, "author": author.name if author else ""})

    def write(given: Words, said: dict[str, Any]) -> None:
        now = timezone.now()
        update = post_update(coverage.pk, words=given, key=said["key"], by=request.user, now=now)
        if update.posted_at != now and not _was_posted_so(update, given):
            raise Refused(words.OTHER_WORDS)

    return _answered(request, coverage, form, write=write, heading=_("A new update"), button=_("Post"))


@for_words
@require_http_methods(METHODS)
def edit(request: HttpRequest, story: int, number: int) -> HttpResponseBase:
    """Change an update of any blocks."""
    coverage = coverage_at(request, story)
    update = update_in(coverage, number)
    if not rights.may_edit(request.user, update=update, story=coverage.story):
        raise PermissionDenied
    there = reporting.words_of(update)
    if update.retracted_at or there is None:
        return redirect("live_screen", story)
    form = BlocksForm(_sent(request), initial=_initial(there))

    def write(given: Words, said: dict[str, Any]) -> None:
        facts = {"seen": said["seen"], "by": request.user, "now": timezone.now()}
        edit_update(coverage.pk, number=number, words=given, **facts)

    heading = _("Change update %(number)d") % {"number": number}
    return _answered(request, coverage, form, write=write, heading=heading, button=_("Save"))


@for_words
@require_http_methods(METHODS)
def summary(request: HttpRequest, story: int) -> HttpResponseBase:
    """Change a summary of any blocks."""
    coverage = coverage_at(request, story)
    if not rights.may_run(request.user, story=coverage.story):
        raise PermissionDenied
    there = reporting.summary_of(coverage)
    form = BlocksForm(_sent(request), initial={"body": there.body if there else None}, is_summary=True)

    def write(given: Words, _said: dict[str, Any]) -> None:
        summarise(coverage.pk, words=given, by=request.user, now=timezone.now())

    may_erase = rights.may_erase(request.user, story=coverage.story)
    erase = reverse("live_summary_erase", args=[story]) if may_erase else ""
    return _answered(request, coverage, form, write=write, heading=_("Summary"), button=_("Save"), erase=erase)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answered(
    request: HttpRequest,
    coverage: Coverage,
    form: BlocksForm,
    *,
    write: Write,
    heading: str,
    button: str,
    erase: str = "",
) -> HttpResponseBase:
    if request.method == "POST" and _is_written(form, write):
        return redirect("live_screen", coverage.pk)
    facts = {
        "story": coverage.story,
        "form": form,
        "media": form.media,
        "page_title": heading,
        "page_subtitle": coverage.story.title,
        "header_icon": "edit",
        "action_url": request.path,
        "submit_button_label": button,
        "submit_button_active_label": _("Sending…"),
        "back": reverse("live_screen", args=[coverage.pk]),
        "erase": erase,
    }
    response = shown(request, "blocks.html", facts, status=200 if request.method != "POST" else 422)
    response["Content-Security-Policy"] = DESK
    return response


def _is_written(form: BlocksForm, write: Write) -> bool:
    """Whether what the form says was written; where it was not, the form says why."""
    given = _words_in(form) if form.is_valid() else None
    if given is None:
        return False
    try:
        write(given, form.cleaned_data)
    except NotReady as refusal:
        for finding in refusal.findings:
            form.add_error(finding.field if finding.field in form.fields else None, finding.sentence)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def _was_posted_so(update: Update, given: Words) -> bool:
    """Whether an update was posted with these words: somebody may have gone back in the browser and written others."""
    first, kept = reporting.first_words_of(update), cleaned(given)[0]
    return first is None or (first.heading, without_ids(first.body.get_prep_value())) == (
        kept.heading,
        without_ids(kept.body),
    )


def _words_in(form: BlocksForm) -> Words | None:
    said = form.cleaned_data
    raw = said["body"].get_prep_value()
    author = reporting.author_called(said.get("author", ""))
    if said.get("author") and author is None:
        form.add_error("author", words.NO_SUCH_AUTHOR)
        return None
    return Words(
        body=raw,
        heading=said.get("heading", ""),
        author=author.pk if author else None,
        is_key=said.get("is_key", False),
        correction=said.get("correction", ""),
    )


def _initial(there: Wording) -> dict[str, Any]:
    return {
        "heading": there.heading,
        "body": there.body,
        "is_key": there.is_key,
        "author": there.author.name if there.author else "",
        "correction": there.correction,
        "seen": there.number,
    }
