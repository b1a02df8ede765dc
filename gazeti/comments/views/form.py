"""The form in which a reader writes, on pages that nobody keeps: with its key, its traps and its work."""

import json
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from gazeti.comments.models import CommentText
from gazeti.comments.queries.discussions import policy_in_force
from gazeti.comments.queries.mine import comments_address
from gazeti.comments.rules import LONGEST_BODY, LONGEST_NAME, State
from gazeti.comments.views.senders import badge_of, name_of, person_in
from gazeti.guard import traps, work
from gazeti.stories.models import Story

FIELDS = ("body", "name", "email", "language", "key")


def purpose_of(story: Story) -> str:
    """What stamps and work of the forms under a story are good for."""
    return f"comments:{story.pk}"


def form_for(
    request: HttpRequest,
    story: Story,
    reply_to: int | None = None,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, list[str]] | None = None,
    has_new_key: bool = False,
) -> dict[str, Any]:
    """What `comments/form.html` shows; with what was `typed` already, and what is wrong with it by field."""
    person, policy = person_in(request), policy_in_force()
    said = {name: (typed or {}).get(name, "") for name in FIELDS}
    if has_new_key or not said["key"]:
        said["key"] = secrets.token_urlsafe(16)
    return {
        **said,
        "action": comments_address(story),
        "reply_to": reply_to,
        "answered": _name_under(story, reply_to),
        "trap": mark_safe(traps.fields(purpose_of(story))),  # noqa: S308 (our own template's)
        "work": _work(story) if person is None and policy.asks_for_work else "",
        "work_field": work.FIELD,
        "is_signed_in": person is not None,
        "first_waits": policy.first_time_waits and not (person and badge_of(person)),
        "known_name": name_of(person),
        "language": said["language"] or story.language,
        "languages": settings.LANGUAGES,
        "errors": errors or {},
        "longest_body": LONGEST_BODY,
        "longest_name": LONGEST_NAME,
    }


def _work(story: Story) -> str:
    return json.dumps(work.challenge(purpose_of(story)), separators=(",", ":"))


def _name_under(story: Story, number: int | None) -> str:
    """The name under which the comment stands that is answered; empty once readers are not shown it any more."""
    if number is None:
        return ""
    there = {"comment__story": story.pk, "comment__number": number, "comment__state": State.PUBLISHED}
    texts = CommentText.objects.filter(**there)
    return texts.values_list("name", flat=True).first() or ""
