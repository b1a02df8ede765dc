"""A writer's own comment at its private address: what became of it and why, other words for some minutes, deletion."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from gazeti import edge, guard
from gazeti.base.models import framed_answer
from gazeti.comments.actions import Overtaken
from gazeti.comments.actions.delete import delete_comment
from gazeti.comments.actions.edit import TooLate, edit_comment
from gazeti.comments.forms import BodyForm
from gazeti.comments.models import Comment
from gazeti.comments.queries.facts import Sender, facts_for
from gazeti.comments.queries.hidden import is_hidden
from gazeti.comments.queries.mine import comment_of, comments_address, last_own, permalink_of, told_of
from gazeti.comments.rules import Mode, Said, State
from gazeti.comments.views.answers import from_here, own, told
from gazeti.comments.views.places import under_any_story, under_story
from gazeti.comments.views.sentences import NOT_SHOWN, sentence_of, state_in_words
from gazeti.stories.models import Story

COOKIE = "mine"
OVER = gettext_lazy("This address opens nothing any more")
STAYS = gettext_lazy("It can be changed no more. You can still delete it.")
GUESSES = (
    guard.Limit("private addresses guessed", most=30, seconds=600, by=("address", "device")),
    guard.Limit("private addresses guessed from one network", most=300, seconds=600, by=("address",)),
)
CHANGES = (guard.Limit("comments changed", most=30, seconds=300, by=("comment",)),)


@edge.uncached
@csrf_exempt
@own
@from_here
@require_http_methods(["GET", "HEAD", "POST"])
@under_any_story
def mine(request: HttpRequest, story: Story, token: str) -> HttpResponseBase:
    """What became of a comment, for whoever has its private address; a POST changes or deletes it.

    Also under a story that was taken back: what somebody wrote stays theirs to see and to delete.
    """
    now = timezone.now()
    verdict = guard.peek(*GUESSES, **guard.facts_of(request))
    if not verdict.allowed:
        return guard.too_many(request, verdict)
    try:
        comment = comment_of(token, story=story, now=now)
    except guard.NotGood as error:
        return _opens_nothing(request, story, error)
    if comment is None:
        raise Http404
    if request.method != "POST":
        return _page(request, story, comment)
    verdict = guard.allow(*CHANGES, comment=comment.pk)
    if not verdict.allowed:
        return guard.too_many(request, verdict)
    with override(settings.GAZETI_LANGUAGE):
        return _deleted(request, story, comment) if "delete" in request.POST else _edited(request, story, comment)


@edge.uncached
@own
@require_safe
@under_story
def mine_here(request: HttpRequest, story: Story) -> HttpResponseBase:
    """Lead a browser to what it sent last under a story: the same link stands below a comment for everybody."""
    cookie = request.COOKIES.get(COOKIE, "")
    if last_own(cookie, story=story, now=timezone.now()) is not None:
        return HttpResponseRedirect(f"{comments_address(story)}mine/{cookie}/")
    words = _(
        "This browser wrote nothing under this story within the last hour. Whoever kept the private address of their "
        "comment finds it there; whoever signed in finds it in their account."
    )
    return told(request, _("Nothing of yours is known here"), words=words, status=404, address=story.address)


def _opens_nothing(request: HttpRequest, story: Story, error: guard.NotGood) -> HttpResponse:
    """404 for an address that nobody was given, which counts as guessed; 410 for one that is over."""
    if not isinstance(error, guard.Expired):
        guard.allow(*GUESSES, **guard.facts_of(request))
        raise Http404
    words = _("It was given long ago. Ask the newsroom about your comment.")
    return told(request, OVER, words=words, status=410, address=story.address)


def _page(
    request: HttpRequest, story: Story, comment: Comment, *, wrong: str = "", status: int = 200, body: str | None = None
) -> HttpResponse:
    known, is_withdrawn = told_of(comment, now=timezone.now()), is_hidden(story)
    is_out = comment.state == State.PUBLISHED
    with override(settings.GAZETI_LANGUAGE):
        why = sentence_of(known.rule, state=comment.state, reason=known.reason)
    facts = {
        "story": story,
        "is_withdrawn": is_withdrawn,
        "mine": replace(known, may_edit=known.may_edit and not is_withdrawn),
        "heading": NOT_SHOWN if is_out and is_withdrawn else state_in_words(comment.state),
        "why": why,
        "body": known.body if body is None else body,
        "wrong": wrong,
        "permalink": permalink_of(comment, story=story) if is_out and not is_withdrawn else "",
        "is_gone": comment.state == State.DELETED,
    }
    return framed_answer(request, "comments/mine.html", facts, tags=set(), status=status)


def _edited(request: HttpRequest, story: Story, comment: Comment) -> HttpResponseBase:
    form, body = BodyForm(request.POST), request.POST.get("body", "")
    if is_hidden(story):
        return _page(request, story, comment, wrong=str(STAYS), status=409, body=body)
    if not form.is_valid():
        return _page(request, story, comment, wrong=" ".join(map(str, form.errors["body"])), status=422, body=body)
    # Of somebody who was erased no words are left, nor is the row that held them.
    text: Any = getattr(comment, "text", None)
    said = Said(body=form.cleaned_data["body"], name=text.name if text else "", language=comment.language)
    try:
        edit_comment(comment, **_judged_by(story, comment, said=said), seen=_seen(request))
    except TooLate:
        wrong, status = str(STAYS), 409
    except Overtaken:
        wrong, status = _("Somebody has decided about it in the meantime. Look at it first."), 409
    else:
        return _see_again(request)
    return _page(request, story, Comment.objects.get(pk=comment.pk), wrong=wrong, status=status, body=body)


def _judged_by(story: Story, comment: Comment, *, said: Said) -> dict[str, Any]:
    """The facts of an edit: how the first version came plays no part any more."""
    now = timezone.now()
    reader = comment.reader
    sender = Sender(
        address="",
        device="",
        reader=reader,
        is_signed_in=bool(reader and reader.is_proven),
        badge=comment.badge,
    )
    facts = facts_for(story, said=said, sender=sender, now=now, has_worked=True, but=comment.pk)
    # A discussion that has closed since takes nothing new, and this is not.
    mode = Mode.OPEN if facts.mode == Mode.CLOSED else facts.mode
    return {"said": said, "facts": replace(facts, is_open=True, mode=mode), "now": now}


def _deleted(request: HttpRequest, story: Story, comment: Comment) -> HttpResponseBase:
    if comment.state != State.DELETED:
        delete_comment(comment, now=timezone.now())
    return _see_again(request)


def _see_again(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": request.path})


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
