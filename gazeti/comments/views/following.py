"""Following a discussion by email: asked for below the story, confirmed by a mail, ended by one click in any mail."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gazeti import edge, guard
from gazeti.accounts.actions import reader_for
from gazeti.accounts.forms import AddressForm
from gazeti.accounts.queries import reader_of
from gazeti.base.models import framed_answer
from gazeti.comments.actions.following import confirm_follow, follow_discussion, stop_follow
from gazeti.comments.models import Comment
from gazeti.comments.queries.following import Asked, asked_in, does_follow, ended_by
from gazeti.comments.tasks.following import ask_to_confirm
from gazeti.comments.views.answers import from_here
from gazeti.comments.views.places import under_story
from gazeti.comments.views.senders import person_in
from gazeti.stories.models import Story
from gazeti.stories.queries import public_stories

View = Callable[..., HttpResponseBase]
METHODS = ("GET", "HEAD", "POST")
DIGITS = 10
ASKED = (
    guard.Limit("follows asked for one address", most=10, seconds=3600, by=("email",)),
    guard.Limit("follows asked for by one device", most=20, seconds=3600, by=("address", "device")),
    guard.Limit("follows asked for from one network", most=200, seconds=3600, by=("address",)),
)
BEGUN = (guard.Limit("follows of one reader", most=100, seconds=3600, by=("reader",)),)


def apart(view: View) -> View:
    """Decorate a view so that nobody keeps its pages and no other site learns their addresses. Our forms still say
    where they come from: without a referrer some browsers would say that it is nowhere.
    """

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        return response

    return edge.uncached(csrf_exempt(require_http_methods(METHODS)(answer)))


@apart
@from_here
@under_story
def follow(request: HttpRequest, story: Story) -> HttpResponseBase:
    """The form, and what it sends: who has signed in follows at once, others when they answer a mail."""
    person, root = person_in(request), _root(request, story)
    if request.method != "POST":
        return _form_page(request, story, root=root)
    if person is None:
        return _ask(request, story, root=root)
    verdict = guard.allow(*BEGUN, reader=person.pk)
    if not verdict.allowed:
        return guard.too_many(request, verdict)
    now = timezone.now()
    with transaction.atomic():
        follow_discussion(reader_for(person, now=now), story=story.pk, root=root, now=now)
    return _see(f"{request.path}?root={root}" if root else request.path)


@apart
@from_here
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """Begin to follow; a mail program that looks at the link begins nothing."""
    try:
        asked = asked_in(token)
    except guard.NotGood:
        return _told(request, "comments/followed.html", state="over", status=410)
    story = public_stories().filter(pk=asked.story).first()
    if story is None:
        return _told(request, "comments/followed.html", state="over", status=410)
    if request.method != "POST":
        return _told(request, "comments/followed.html", state="asks", story=story)
    confirm_follow(asked.email, story=asked.story, root=asked.root, now=timezone.now())
    return _told(request, "comments/followed.html", state="follows", story=story)


@apart
def stop(request: HttpRequest, token: str) -> HttpResponseBase:
    """End a follow: from the page, or by the mail program's own button (RFC 8058), wherever that is."""
    try:
        number = ended_by(token)
    except guard.NotGood:
        return _told(request, "comments/followed.html", state="over", status=410)
    if request.method != "POST":
        return _told(request, "comments/followed.html", state="stops")
    stop_follow(number)
    return _told(request, "comments/followed.html", state="stopped")


def _ask(request: HttpRequest, story: Story, *, root: int) -> HttpResponseBase:
    """Whoever has the address, and whether they follow already, makes no difference to what is said and done."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _form_page(request, story, root=root, form=form, status=422)
    email = form.cleaned_data["email"]
    verdict = guard.allow(*ASKED, email=email, **guard.facts_of(request))
    if not verdict.allowed:
        return guard.too_many(request, verdict)
    with transaction.atomic():
        ask_to_confirm(story, asked=Asked(story.pk, root, email), now=timezone.now())
    return _see(f"{request.path}?asked=1")


def _form_page(
    request: HttpRequest, story: Story, *, root: int, form: Any = None, status: int = 200
) -> HttpResponseBase:
    person = person_in(request)
    facts = {
        "story": story,
        "root": root,
        "form": form or AddressForm(),
        "is_signed_in": person is not None,
        "is_asked": request.GET.get("asked") == "1",
        "follow": does_follow(reader_of(person), story=story, root=root) if person else None,
    }
    return framed_answer(request, "comments/follow.html", facts, tags=set(), status=status)


def _root(request: HttpRequest, story: Story) -> int:
    """The number of the thread that is meant; 0 for all of the discussion, and for what is no thread of it."""
    typed = (request.POST or request.GET).get("root", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < DIGITS else 0
    is_there = number and Comment.objects.filter(story=story.pk, number=number, branch=0, is_shown=True).exists()
    return number if is_there else 0


def _told(request: HttpRequest, template: str, *, status: int = 200, **facts: Any) -> HttpResponse:
    return framed_answer(request, template, facts, tags=set(), status=status)


def _see(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})
