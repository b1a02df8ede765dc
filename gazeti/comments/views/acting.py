"""What a reader does about somebody else's comment: respect, a report, and the receipt of one."""

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gazeti import edge, guard
from gazeti.accounts.actions import keep_letter
from gazeti.accounts.tasks import send_letter
from gazeti.base.models import framed_answer
from gazeti.comments.actions.report import Notice, report_comment
from gazeti.comments.actions.respect import respect_comment
from gazeti.comments.forms import COMPLAINTS, LARGEST_NUMBER, REASONS, ReportForm
from gazeti.comments.models import Comment, Report
from gazeti.comments.queries.discussions import policy_in_force
from gazeti.comments.queries.hidden import is_hidden
from gazeti.comments.queries.mine import permalink_of
from gazeti.comments.queries.receipts import answered_by, is_reported, published_comment, receipt_address_of, report_of
from gazeti.comments.rules import Complaint, State
from gazeti.comments.views.answers import from_here, own, told
from gazeti.comments.views.places import under_story
from gazeti.comments.views.senders import mark_of, person_in
from gazeti.stories.models import Story

RESPECT = (
    guard.Limit("respect from one device", most=30, seconds=300, by=("address", "device")),
    guard.Limit("respect from one network", most=300, seconds=300, by=("address",)),
)
FOR_ONE = (guard.Limit("respect for a comment from one network", most=100, seconds=86_400, by=("address", "comment")),)
"""A browser calls itself what it likes, and so is as many devices as it likes."""
REPORTS = (
    guard.Limit("reports from one device", most=10, seconds=600, by=("address", "device")),
    guard.Limit("reports from one network", most=100, seconds=600, by=("address",)),
)
FEW = (
    guard.Limit(
        "reports of a comment from one device", most=3, seconds=86_400, by=("address", "device", "comment", "email")
    ),
    guard.Limit("reports of a comment from one network", most=100, seconds=86_400, by=("address", "comment")),
)
"""Two who share a network and a kind of phone report each for themselves; one who likes to, not without end."""
NOTICES = (guard.Limit("mails about notices in one name", most=5, seconds=3600, by=("email",)),)
"""Nobody's mailbox is filled by who only types its address; the notice itself is kept, and its receipt shown."""
LONGEST_KEY = 100
ALREADY = gettext_lazy("This comment was reported already")
REPORTED_BEFORE = gettext_lazy(
    "From your connection it was reported before, and people of the newsroom look at it. Nothing more is needed."
)


@edge.uncached
@csrf_exempt
@own
@from_here
@require_POST
@guard.limited(*RESPECT)
@under_story
def respect(request: HttpRequest, story: Story, number: int) -> HttpResponseBase:
    """Count a reader's respect for a comment, once, and go back to it."""
    comment, now = _comment_at(story, number), timezone.now()
    verdict = guard.allow(*FOR_ONE, address=guard.address_of(request), comment=comment.pk)
    if not verdict.allowed:
        return guard.too_many(request, verdict)
    mark = mark_of(request, deed=f"respect {comment.pk}", day=_day(now))
    days = policy_in_force().address_days
    respect_comment(comment, mark=mark, now=now, by=person_in(request), address_days=days)
    return _go_to(permalink_of(comment, story=story))


@edge.uncached
@csrf_exempt
@own
@from_here
@require_http_methods(["GET", "HEAD", "POST"])
@under_story
def report(request: HttpRequest, story: Story, number: int) -> HttpResponseBase:
    """The form of a report; sent, it leads to its receipt."""
    comment = _comment_at(story, number)
    if request.method != "POST":
        return _form_page(request, story, comment, typed={}, errors={})
    verdict = guard.allow(*REPORTS, **guard.facts_of(request))
    words = guard.sentence(verdict) if not verdict.allowed else ""
    form = ReportForm(request.POST)
    with override(settings.GAZETI_LANGUAGE):
        if words or not form.is_valid():
            errors = {field: [str(one) for one in sentences] for field, sentences in form.errors.items()}
            status = 429 if words else 422
            return _form_page(request, story, comment, typed=request.POST, errors=errors, words=words, status=status)
        return _reported(request, story, comment, said=form.cleaned_data)


@edge.uncached
@own
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """What became of a report, for whoever sent it."""
    try:
        found = report_of(token, now=timezone.now())
    except guard.NotGood as error:
        raise Http404 from error
    if found is None:
        raise Http404
    outcome, state = found.outcome, answered_by(found)
    facts = {
        "report": found,
        "is_answered": bool(state),
        "story": found.comment.story,
        "is_withdrawn": is_hidden(found.comment.story),
        "is_removed": outcome is not None and state != State.PUBLISHED,
        "why": REASONS.get(outcome.reason, "") if outcome else "",
        "complaint": COMPLAINTS.get(found.reason, ""),
        "is_gone": found.comment.state != State.PUBLISHED,
    }
    return framed_answer(request, "comments/receipt.html", facts, tags=set())


def _comment_at(story: Story, number: int) -> Comment:
    found = published_comment(story, number=number) if number <= LARGEST_NUMBER else None
    if found is None:
        raise Http404
    return found


def _form_page(
    request: HttpRequest, story: Story, comment: Comment, *, typed: Any, errors: dict[str, list[str]], **more: Any
) -> HttpResponse:
    facts = {
        "story": story,
        "comment": comment,
        "complaints": list(COMPLAINTS.items()),
        "asks_who": typed.get("reason") == Complaint.ILLEGAL,
        "key": typed.get("key") or secrets.token_urlsafe(16),
        "typed": typed,
        "errors": errors,
        "words": more.get("words", ""),
        "permalink": permalink_of(comment, story=story),
    }
    return framed_answer(request, "comments/report.html", facts, tags=set(), status=more.get("status", 200))


def _reported(request: HttpRequest, story: Story, comment: Comment, *, said: dict[str, Any]) -> HttpResponseBase:
    """A notice of illegal content is kept beside another report of the same sender.

    The receipt of a report is given again only to who has the form's key, or signed in: a network is no proof.
    """
    now, key = timezone.now(), request.POST.get("key", "")[:LONGEST_KEY]
    notice = Notice(**{name: said[name] for name in ("reason", "text", "name", "email", "in_good_faith")})
    deed = f"report {comment.pk} {notice.reason == Complaint.ILLEGAL}"
    sender = mark_of(request, deed=deed, day=_day(now), apart=f"{key} {notice.email.lower()}")
    is_new = not is_reported(comment, mark=sender)
    about = {**guard.facts_of(request), "comment": comment.pk, "email": notice.email.lower()}
    if not (guard.allow(*FEW, **about).allowed if is_new else key or person_in(request)):
        return told(request, ALREADY, words=REPORTED_BEFORE, status=409, address=story.address)
    made = report_comment(comment, notice=notice, mark=sender, now=now, by=person_in(request))
    address = receipt_address_of(made, now=now)
    if notice.email and made.at == now and guard.allow(*NOTICES, email=notice.email.lower()).allowed:
        _confirm(made, email=notice.email, address=address, story=story)
    return _go_to(address)


def _confirm(made: Report, *, email: str, address: str, story: Story) -> None:
    """Tell whoever gave notice of illegal content that it came (DSA, article 16(4))."""
    words = _(
        "Your notice that a comment is against the law has come. The comment stands under “%(story)s”. People of the "
        "newsroom decide about it. What they decide, and why, stands at this address, which only you are given:"
    ) % {"story": story.title}
    body = f"{words}\n\n{settings.GAZETI_ADDRESS}{address}\n"
    letter = keep_letter(to=email, subject=_("Your notice of illegal content"), body=body, now=made.at)
    send_letter.enqueue(letter.pk)


def _go_to(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})


def _day(now: Any) -> str:
    return f"{now:%Y-%m-%d}"
