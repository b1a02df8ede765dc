"""The summary on top of a coverage: written, and written anew."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gazeti.live.actions import summarise
from gazeti.live.forms import TextForm
from gazeti.live.models import Coverage
from gazeti.live.queries import reporting, rights
from gazeti.live.rules import Words
from gazeti.live.views.desk import words
from gazeti.live.views.desk.bodies import Quick, Raw, quick_of, typed_body
from gazeti.live.views.desk.doors import for_words, saved, shown
from gazeti.live.views.desk.places import coverage_at
from gazeti.live.views.desk.refusing import Unfit, refusal_of, told_why
from gazeti.live.views.desk.richer import as_read, refuse_richer


@for_words
@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, story: int) -> HttpResponseBase:
    """Show the summary to be changed; sent as a form, give it these words, or none."""
    coverage = coverage_at(request, story)
    if not rights.may_run(request.user, story=coverage.story):
        raise PermissionDenied
    there = reporting.summary_of(coverage)
    raw = there.body.get_prep_value() if there else []
    whole = quick_of(raw)
    quick = None if whole is None or whole.others else whole
    if request.method == "POST":
        return _answered(request, coverage, quick=quick, raw=raw)
    if quick is None:
        return redirect("live_summary_blocks", story)
    return _form_of(request, coverage, TextForm(initial={"text": quick.text}))


def _answered(request: HttpRequest, coverage: Coverage, *, quick: Quick | None, raw: Raw) -> HttpResponse:
    form = TextForm(request.POST)
    try:
        refuse_richer(quick)
        _written(request, coverage, form, quick=quick or Quick())
    except Unfit as unfit:
        now = "" if quick else as_read(raw).text
        return refusal_of(request, form, unfit, again=partial(_form_of, request, coverage, form, now=now))
    return saved(request, words.SAVED, coverage.pk)


def _written(request: HttpRequest, coverage: Coverage, form: TextForm, *, quick: Quick) -> None:
    if not form.is_valid():
        raise Unfit
    body = typed_body(form.cleaned_data["text"], picture=None)
    typed = quick_of(body)
    # The same words again are those of a form that was sent twice.
    if typed is None or typed.text != quick.text:
        with told_why(form):
            summarise(coverage.pk, words=Words(body=body), now=timezone.now(), by=request.user)


def _form_of(
    request: HttpRequest, coverage: Coverage, form: TextForm, *, status: int = 200, told: str = "", now: str = ""
) -> HttpResponse:
    """The page; `now` is what a summary says that cannot be changed here."""
    may_erase = rights.may_erase(request.user, story=coverage.story)
    facts = {
        "coverage": coverage,
        "story": coverage.story,
        "form": form,
        "told": told,
        "now": now,
        "may_erase": may_erase,
    }
    return shown(request, "summary.html", facts, status=status)
