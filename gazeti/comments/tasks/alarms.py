"""Mail to moderators of what waits too long, and to whoever gave notice of illegal content of what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from gazeti.accounts.actions import keep_letter
from gazeti.accounts.tasks import send_letter
from gazeti.base.models import Newspaper
from gazeti.comments.models import Comment, Report
from gazeti.comments.queries.alarms import Backlog, moderators
from gazeti.comments.queries.hidden import is_hidden
from gazeti.comments.queries.people import is_by_people
from gazeti.comments.queries.receipts import answered_by
from gazeti.comments.rules import Kind, State

EXCERPT = 200
"""Characters of a comment that a mail quotes."""


def tell_moderators(found: Backlog, *, now: datetime) -> None:
    """Write to each moderator what waits: what is held with links that decide once they have signed in."""
    subject = ngettext("A comment waits too long", "%(number)d comments wait too long", found.number)
    facts = {
        "comments": [_listed(one) for one in found.oldest],
        "more": found.number - len(found.oldest),
        "queue": f"{settings.GAZETI_ADDRESS}{reverse('comments_desk')}?queue={found.queue}",
    }
    for person in moderators():
        _write(person.email, subject % {"number": found.number}, "comments/mail/waiting.txt", facts, now=now)


def tell_outcome(report: Report, *, now: datetime) -> None:
    """Write to whoever gave notice what was decided, by whom, and how to object (DSA, article 16(5))."""
    outcome = report.outcome
    is_gone = outcome is not None and answered_by(report) != State.PUBLISHED
    with override(settings.GAZETI_LANGUAGE):
        facts = {
            "headline": "" if is_hidden(report.comment.story) else report.comment.story.title,
            "number": report.comment.number,
            "is_gone": is_gone,
            "by_people": outcome is not None and is_by_people(outcome),
            "paper": Newspaper.load().name,
            "policy": f"{settings.GAZETI_ADDRESS}/comments/policy/",
        }
        subject = _("Your notice about a comment: what was decided")
        _write(report.text.email, subject, "comments/mail/outcome.txt", facts, now=now)


def _listed(comment: Comment) -> dict[str, Any]:
    address = f"{settings.GAZETI_ADDRESS}{reverse('comments_case', args=[comment.pk])}"
    text = getattr(comment, "text", None)
    return {
        "name": text.name if text else "",
        "excerpt": " ".join(text.body.split())[:EXCERPT] if text else "",
        "at": comment.sent_at,
        "headline": comment.story.title,
        "is_held": comment.state == State.HELD,
        "address": address,
        "approve": f"{address}?do={Kind.APPROVED}",
        "reject": f"{address}?do={Kind.REJECTED}",
        "spam": f"{address}?do={Kind.SPAM}",
    }


def _write(to: str, subject: str, template: str, facts: Mapping[str, Any], *, now: datetime) -> None:
    letter = keep_letter(to=to, subject=subject, body=render_to_string(template, dict(facts)), now=now)
    send_letter.enqueue(letter.pk)
