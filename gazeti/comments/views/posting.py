"""A comment that is sent: read, judged, written once, and answered; whatever is wrong, nothing of it is lost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from gazeti import guard
from gazeti.accounts.actions import reader_for
from gazeti.accounts.models import Reader, User
from gazeti.comments.actions.post import NothingToAnswer, post_comment
from gazeti.comments.forms import CommentForm
from gazeti.comments.models import Comment
from gazeti.comments.queries.discussions import policy_in_force
from gazeti.comments.queries.facts import Sender, facts_for
from gazeti.comments.queries.mine import comments_address, permalink_of, private_address_of
from gazeti.comments.rules import Facts, Finding, Rule, Said, State, judged
from gazeti.comments.views.answers import from_here, is_a_program, own
from gazeti.comments.views.form import purpose_of
from gazeti.comments.views.mine import COOKIE
from gazeti.comments.views.refusing import refused, typed_in, unreadable
from gazeti.comments.views.senders import name_of, person_in, sender_of
from gazeti.comments.views.sentences import sentence_of
from gazeti.guard import traps, work
from gazeti.stories.models import Story

LIMITS = (
    guard.Limit("comments by one reader", most=5, seconds=300, by=("reader",)),
    guard.Limit("comments by one device", most=20, seconds=300, by=("address", "device", "story")),
    guard.Limit("comments from one network", most=300, seconds=300, by=("address",)),
)
COOKIE_SECONDS = 3600
"""How long a browser keeps the way to what it sent last; its private address opens it for longer."""


class TooMany(Exception):
    """More than a limit lets through; `verdict` tells for how long."""

    def __init__(self, verdict: guard.Verdict) -> None:
        """Keep the verdict."""
        super().__init__(verdict.limit)
        self.verdict = verdict


class Forgotten(Exception):
    """Whoever sends it was erased in the meantime, from another page of theirs."""


class WorkSpent(Exception):
    """Another comment used the same work up in the meantime."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A comment as it was sent, read and found to be whole."""

    story: Story
    said: Said
    sender: Sender
    person: Any
    reply_to: int | None
    key: str
    trapped: tuple[str, ...]
    solution: work.Solution | None
    now: datetime

    @property
    def counted(self) -> dict[str, Any]:
        """The facts by which it is counted."""
        who = f"person {self.person.pk}" if self.person else self.said.email
        return {"address": self.sender.address, "device": self.sender.device, "story": self.story.pk, "reader": who}

    @property
    def asked(self) -> dict[str, Any]:
        """What its key stands for: another's key, or other words, get no answer of this one's."""
        said = (self.said.body, self.said.name, self.said.language, str(self.reply_to))
        scope = f"comments:{self.story.pk}:{self.counted['reader']}"
        return {"scope": scope, "fingerprint": "\0".join(said), "now": self.now.timestamp()}


@own
@from_here
def post(request: HttpRequest, story: Story) -> HttpResponseBase:
    """Take what was sent to a story's `comments/`: 303 for a form, 201 for a program; any other status took nothing."""
    if (wrong := unreadable(request)) is not None:
        return wrong
    typed, person = typed_in(request), person_in(request)
    form = CommentForm(typed, known_name=name_of(person), is_signed_in=person is not None)
    refuse = partial(refused, request, story, typed=typed)
    with override(settings.GAZETI_LANGUAGE):
        if not form.is_valid():
            return refuse(errors=form.errors, status=422)
        sent = _sent(request, story, typed=typed, said=form.cleaned_data, person=person)
        try:
            response = _answered(sent)
        except guard.KeyRefused as error:
            return refuse(words=_key_refused(error), status=error.status, has_new_key=error.status != 409)
        except TooMany as error:
            return refuse(words=guard.sentence(error.verdict), status=429, retry_after=error.verdict.retry_after)
        except Forgotten:
            return refuse(words=_("You are signed in no more."), status=403)
        except NothingToAnswer:
            return refuse(errors={"reply_to": [_("What you answer is no longer there.")]}, status=422)
        if response is None:
            return refuse(words=_("This discussion is closed."), status=403)
    return _shaped(request, response, story=story)


def _sent(request: HttpRequest, story: Story, *, typed: Mapping[str, str], said: dict[str, Any], person: Any) -> Sent:
    now = timezone.now()
    sender = sender_of(request, person=person, email=said["email"])
    purpose, device = purpose_of(story), {"address": sender.address, "device": sender.device}
    language = said["language"] or story.language
    return Sent(
        story=story,
        said=Said(body=said["body"], name=said["name"], email=said["email"], language=language),
        sender=sender,
        person=person,
        reply_to=said["reply_to"],
        key=typed.get("key", ""),
        trapped=traps.judge(typed, purpose=purpose, facts=device).reasons,
        solution=work.judged(purpose, typed.get(work.FIELD, "")),
        now=now,
    )


def _answered(sent: Sent) -> HttpResponse | None:
    """The answer as programs get it, given once for a key; None where the discussion is closed.

    The limits are looked at before the key is: what used the last one up is found by its key.
    """
    verdict = guard.peek(*LIMITS, **sent.counted)
    kept = guard.kept(sent.key, **sent.asked)
    if kept is not None:
        return kept
    if not verdict.allowed:
        raise TooMany(verdict)
    try:
        return _written(sent)
    except WorkSpent:
        return _written(replace(sent, solution=None))


def _written(sent: Sent) -> HttpResponse | None:
    """Everything is thought of before the transaction begins."""
    facts = facts_for(
        sent.story,
        said=sent.said,
        sender=sent.sender,
        now=sent.now,
        trapped=sent.trapped,
        has_worked=sent.solution is not None,
    )
    found = judged(sent.said, facts)
    if found.rule == Rule.CLOSED:
        return None
    write = partial(_commented, sent, facts=facts, found=found, days=policy_in_force().address_days)
    return guard.once(sent.key, answer=write, **sent.asked)


def _commented(sent: Sent, *, facts: Facts, found: Finding, days: int) -> HttpResponse:
    verdict = guard.allow(*LIMITS, has_looked=True, **sent.counted)
    if not verdict.allowed:
        raise TooMany(verdict)
    if sent.solution and not work.spent(sent.solution):
        raise WorkSpent
    comment = post_comment(
        sent.story,
        said=sent.said,
        facts=facts,
        # Whoever only claims an address is asked for anew: who was known by it may have been erased meanwhile.
        reader=_reader_now(sent) if sent.person else None,
        reply_to=sent.reply_to,
        address=sent.sender.address,
        device=sent.sender.device,
        badge=sent.sender.badge,
        now=sent.now,
        finding=found,
        address_days=days,
    )
    return _told(comment, found=found, story=sent.story, now=sent.now)


def _reader_now(sent: Sent) -> Reader:
    """The reader who signed in, as they are in the transaction. Raises Forgotten."""
    if not User.objects.filter(pk=sent.person.pk).exists():
        raise Forgotten
    number = reader_for(sent.person, now=sent.now).pk
    # Whoever erases them waits until this is written, and erases it too; or this waits, and finds nobody.
    reader = Reader.objects.select_for_update().filter(pk=number, user=sent.person.pk).first()
    if reader is None:
        raise Forgotten
    return reader


def _told(comment: Comment, *, found: Finding, story: Story, now: datetime) -> HttpResponse:
    mine = private_address_of(comment, story=story, now=now)
    url = permalink_of(comment, story=story) if comment.state == State.PUBLISHED else mine
    facts = {"id": comment.pk, "number": comment.number, "state": comment.state, "url": url, "mine": mine}
    facts["words"] = sentence_of(found.rule, state=comment.state)
    return JsonResponse(facts, status=201, headers={"Location": url, "Link": f'<{mine}>; rel="edit"'})


def _shaped(request: HttpRequest, response: HttpResponse, *, story: Story) -> HttpResponse:
    """The answer for who asks: a form goes on to its comment. The browser keeps the way back to it for an hour."""
    facts = json.loads(response.content)
    if not is_a_program(request):
        response = HttpResponse(status=303, headers={"Location": facts["url"], "Link": response["Link"]})
    token = facts["mine"].rstrip("/").rpartition("/")[2]
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path=comments_address(story),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def _key_refused(error: guard.KeyRefused) -> str:
    if isinstance(error, guard.StillAtIt):
        return _("Your comment is still being taken. Send it once more in a moment: it will stand here once.")
    if isinstance(error, guard.OtherRequest):
        return _("This form was sent before, with other words. Send it once more to add these as another comment.")
    return _("The form was not whole. Send it once more.")
