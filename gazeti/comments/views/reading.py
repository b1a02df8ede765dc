"""A discussion as readers walk through it.

Its newest with the form, which nobody keeps; its pages and each comment, which are kept.
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from gazeti import edge
from gazeti.base.models import framed_answer
from gazeti.comments.actions.purge import tag_of
from gazeti.comments.forms import LARGEST_NUMBER
from gazeti.comments.queries.cursors import BadCursor
from gazeti.comments.queries.discussions import IN_FORCE, Discussed, standing_of
from gazeti.comments.queries.mine import comments_address
from gazeti.comments.queries.muted import without_muted
from gazeti.comments.queries.shown import final
from gazeti.comments.queries.threads import Order, around, page
from gazeti.comments.views.answers import from_here
from gazeti.comments.views.form import form_for
from gazeti.comments.views.places import under_story
from gazeti.comments.views.posting import post
from gazeti.comments.views.senders import person_in
from gazeti.stories.models import Story
from gazeti.stories.rules import html_language

ORDERS = {Order.NEWEST: _("Newest first"), Order.OLDEST: _("Oldest first"), Order.RESPECTED: _("Most respected first")}


@edge.kept_with("after", "order")
@csrf_exempt
@from_here
@require_http_methods(["GET", "HEAD", "POST"])
@under_story
def discussion(request: HttpRequest, story: Story) -> HttpResponseBase:
    """A story's `comments/`: what is sent there is taken; without a query the newest and the form; else a part."""
    if request.method == "POST":
        return post(request, story)
    after, order = request.GET.get("after"), request.GET.get("order")
    if after is None and order is None:
        return _answering(request, story) if "to" in request.GET else _newest(request, story)
    return _part(request, story, after=after, order=_order(order))


@edge.tagged()
@csrf_exempt
@require_safe
@under_story
def comment(request: HttpRequest, story: Story, number: int) -> HttpResponseBase:
    """A comment in its thread, at the address that it keeps; 410 once it is gone while others answer it."""
    found = around(story, number=number) if number <= LARGEST_NUMBER else None
    if found is None:
        raise edge.Absent(tag_of(story.pk))
    further = f"{comments_address(story)}?after={found.after}&order={Order.OLDEST}" if found.after else ""
    facts = {"standing": _standing(story), "around": found, "comments": found.comments, "further": further}
    return _framed(request, story, "comments/permalink.html", facts, status=410 if found.one.is_gone else 200)


def _newest(request: HttpRequest, story: Story) -> HttpResponseBase:
    found = page(story)
    comments = without_muted(found.comments, story=story, person=person_in(request))
    standing = _standing(story)
    form = form_for(request, story) if standing.is_open else None
    facts = {"standing": standing, "comments": comments, "form": form, "is_first": True}
    return _listed(request, story, facts, order=Order.NEWEST, after=found.after)


def _part(request: HttpRequest, story: Story, *, after: str | None, order: Order) -> HttpResponseBase:
    """A part of the discussion that is the same for everybody; the first of its order, or after a cursor."""
    try:
        found = page(story, order=order, after=after)
    except BadCursor as error:
        raise edge.Absent(tag_of(story.pk)) from error
    facts = {"standing": _standing(story), "comments": found.comments, "form": None, "is_first": after is None}
    return _listed(request, story, facts, order=order, after=found.after)


def _answering(request: HttpRequest, story: Story) -> HttpResponseBase:
    """The form in reply to one comment, and what else can be done about it."""
    asked = request.GET["to"]
    found = around(story, number=int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if found is None or found.one.is_gone:
        raise Http404
    standing, person = _standing(story), person_in(request)
    [one] = without_muted([replace(found.one, is_apart=True, is_final=True)], story=story, person=person)
    form = form_for(request, story, one.number) if standing.is_open and not one.is_muted else None
    facts = {"standing": standing, "one": one, "form": form, "is_signed_in": person is not None}
    return _framed(request, story, "comments/answering.html", facts)


def _standing(story: Story) -> Discussed:
    return standing_of(story, now=timezone.now())


def _listed(request: HttpRequest, story: Story, facts: dict[str, Any], *, order: Order, after: str) -> HttpResponseBase:
    address = comments_address(story)
    orders = [
        {"address": f"{address}?order={one}", "name": name, "is_here": one is order} for one, name in ORDERS.items()
    ]
    further = f"{address}?after={after}&order={order}" if after else ""
    return _framed(request, story, "comments/discussion.html", {**facts, "orders": orders, "further": further})


def _framed(
    request: HttpRequest, story: Story, template: str, facts: dict[str, Any], *, status: int = 200
) -> HttpResponseBase:
    said = html_language(story.language, site_language=settings.GAZETI_LANGUAGE)
    language = "" if said == settings.GAZETI_LANGUAGE else said
    shown = {"story": story, "story_language": language, "discussion": comments_address(story), **facts}
    if not facts["standing"].is_open and "comments" in facts:
        shown["comments"] = final(facts["comments"])
    tags = {tag_of(story.pk), f"story:{story.pk}", IN_FORCE}
    return framed_answer(request, template, shown, tags=tags, status=status)


def _order(asked: str | None) -> Order:
    try:
        return Order(asked) if asked is not None else Order.NEWEST
    except ValueError as error:
        raise Http404 from error
