"""A reader's comments, mutes and follows on their own page; taking all of it away, and being forgotten."""

from typing import Any

from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from gazeti.accounts.actions import reader_for
from gazeti.accounts.models import Reader
from gazeti.accounts.queries import held_about, is_of_the_newsroom, reader_of, rows_of
from gazeti.accounts.views.readers import own_signed_in, seen
from gazeti.base.models import framed_answer
from gazeti.comments.actions.erase import erase_reader
from gazeti.comments.actions.following import mute_writer, stop_follow, unmute_writer
from gazeti.comments.forms import LARGEST_NUMBER
from gazeti.comments.queries.everything import EACH, Own, everything_about, own_comments
from gazeti.comments.queries.following import follows_of, mutes_of
from gazeti.comments.queries.hidden import hidden_among
from gazeti.comments.queries.mine import comments_address, permalink_of
from gazeti.comments.queries.receipts import published_comment
from gazeti.comments.rules import State
from gazeti.comments.views.places import under_story
from gazeti.comments.views.sentences import NOT_SHOWN, sentence_of, state_in_words
from gazeti.stories.models import Story

HERE = "/account/"
MOST = 100
DIGITS = 18


def account_part(*, user: Any, reader: Reader | None) -> SafeString:
    """What the page of a reader shows of their comments: fills the slot "account"."""
    facts: dict[str, Any] = {"comments": [], "follows": [], "hidden": frozenset(), "mutes": []}
    if reader:
        follows = list(follows_of(rows_of(reader))[:MOST])
        facts = {
            "comments": _shown(reader),
            "follows": follows,
            "hidden": hidden_among(follow.story_id for follow in follows),
            "mutes": mutes_of(reader)[:MOST],
        }
    return render_to_string("comments/account.html", facts)


@own_signed_in("GET", "HEAD")
def own_page(request: HttpRequest) -> HttpResponse:
    """All their comments, page by page."""
    reader, before = reader_of(request.user), request.GET.get("before", "")
    rows = _shown(reader, before=_number(before)) if reader else []
    facts = {"comments": rows, "older": rows[-1]["comment"].pk if len(rows) == EACH else None}
    return framed_answer(request, "comments/own.html", facts, tags=set())


@own_signed_in("POST")
@under_story
def mute(request: HttpRequest, story: Story, number: int) -> HttpResponse:
    """Show them nothing more of whoever wrote the comment of this number."""
    found = published_comment(story, number=number) if number <= LARGEST_NUMBER else None
    if found is None:
        raise Http404
    mute_writer(_reader(request), comment=found, now=timezone.now())
    return seen(comments_address(story))


@own_signed_in("POST")
def unmute(request: HttpRequest) -> HttpResponse:
    """Show them somebody's comments again."""
    unmute_writer(_reader(request), number=_number(request.POST.get("mute", "")))
    return seen(HERE)


@own_signed_in("POST")
def unfollow(request: HttpRequest) -> HttpResponse:
    """Write to them no more of a discussion."""
    number = _number(request.POST.get("follow", ""))
    reader = reader_of(request.user)
    if reader and follows_of(rows_of(reader)).filter(pk=number).exists():
        stop_follow(number)
    return seen(HERE)


@own_signed_in("GET", "HEAD")
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is held about them, as JSON."""
    reader = reader_of(request.user)
    held = {"accounts": held_about(reader), "comments": everything_about(reader)} if reader else {}
    response = JsonResponse(held, encoder=DjangoJSONEncoder, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="everything-about-me.json"'
    return response


@own_signed_in("GET", "HEAD", "POST")
def erase(request: HttpRequest) -> HttpResponse:
    """Ask once more, then forget them."""
    user: Any = request.user
    is_kept = is_of_the_newsroom(user)
    if request.method == "POST":
        erase_reader(_reader(request), now=timezone.now())
        logout(request)
    facts = {"is_done": request.method == "POST", "is_kept": is_kept}
    return framed_answer(request, "comments/erase.html", facts, tags=set())


def _shown(reader: Reader, *, before: int | None = None) -> list[dict[str, Any]]:
    found = own_comments(reader, before=before, now=timezone.now())
    hidden = hidden_among(one.comment.story_id for one in found)
    return [_in_words(one, is_hidden=one.comment.story_id in hidden) for one in found]


def _in_words(own: Own, *, is_hidden: bool) -> dict[str, Any]:
    comment, state = own.comment, own.comment.state
    is_public = state == State.PUBLISHED
    return {
        "comment": comment,
        "headline": "" if is_hidden else comment.story.title,
        "address": permalink_of(comment, story=comment.story) if is_public and not is_hidden else "",
        "own_address": own.address,
        "state": NOT_SHOWN if is_public and is_hidden else state_in_words(state),
        "why": "" if is_public else sentence_of(own.rule, state=state, reason=own.reason),
    }


def _reader(request: HttpRequest) -> Reader:
    user: Any = request.user
    return reader_for(user, now=timezone.now())


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < DIGITS else 0
