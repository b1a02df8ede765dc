"""When a coverage begins and ends; and that a story is, after all, not covered live."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gazeti.live.actions import NotReady, Refused, plan, uncover
from gazeti.live.forms import PlanForm
from gazeti.live.models import Coverage
from gazeti.live.queries import rights
from gazeti.live.views.desk.doors import for_reporters, shown
from gazeti.live.views.desk.moments import typed_time
from gazeti.live.views.desk.places import coverage_at


@for_reporters
@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest, story: int) -> HttpResponseBase:
    """Show the times; sent as a form, give others, or take the coverage off the story."""
    coverage = coverage_at(request, story)
    if not rights.may_run(request.user, story=coverage.story):
        raise PermissionDenied
    if request.method != "POST":
        there = {"starts_at": typed_time(coverage.starts_at), "ends_at": typed_time(coverage.ends_at)}
        return _shown(request, coverage, PlanForm(initial=there))
    form = PlanForm(request.POST)
    try:
        if "uncover" in request.POST:
            uncover(coverage.pk)
            return redirect("live_desk")
        if form.is_valid():
            plan(coverage.pk, **form.cleaned_data, now=timezone.now())
            return redirect("live_screen", story)
    except NotReady as refusal:
        for finding in refusal.findings:
            form.add_error(finding.field, finding.sentence)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return _shown(request, coverage, form, status=422)


def _shown(request: HttpRequest, coverage: Coverage, form: PlanForm, *, status: int = 200) -> HttpResponse:
    facts = {"coverage": coverage, "story": coverage.story, "form": form}
    return shown(request, "plan.html", facts, status=status)
