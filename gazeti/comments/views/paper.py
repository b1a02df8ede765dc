"""What the paper tells everybody of its comments: the rules in their order with the numbers, and what is kept."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gazeti import edge
from gazeti.accounts.actions.readers import LASTS
from gazeti.accounts.queries import KEPT
from gazeti.base.models import framed_answer
from gazeti.comments.actions.purge import POLICY
from gazeti.comments.queries.discussions import IN_FORCE, policy_in_force
from gazeti.comments.queries.in_force import rules_in_force
from gazeti.comments.queries.numbers import DAYS, latest_numbers
from gazeti.comments.rules import LONGEST_BODY, SENTENCES, Mode, Rule
from gazeti.comments.rules.names import EDIT_MINUTES
from gazeti.comments.views.posting import COOKIE_SECONDS

DAY_SECONDS = 86_400
LINES = (
    ("received", _("comments received")),
    ("published", _("published at once by the rules")),
    ("held", _("held by the rules for a person")),
    ("refused", _("refused by the rules")),
    ("approved", _("approved by people")),
    ("rejected", _("rejected by people")),
    ("kept", _("looked at by people and kept")),
    ("undone", _("decisions of people undone")),
    ("deleted", _("deleted by their writers")),
    ("reports", _("reports of readers")),
    ("notices", _("notices of illegal content")),
    ("notices_removed", _("of these: taken away")),
    ("notices_kept", _("of these: kept")),
    ("notices_open", _("of these: still open")),
    ("waited", _("median hours that a held comment waited for a person")),
)


@edge.tagged(POLICY)
@require_safe
def policy_page(request: HttpRequest) -> HttpResponse:
    """The rules in words, in the order in which each comment meets them, and the moderation in numbers."""
    policy, numbers = policy_in_force(), latest_numbers()
    lately, ever = (numbers.facts["lately"], numbers.facts["ever"]) if numbers else ({}, {})
    facts = {
        "policy": policy,
        "is_closed": not policy.is_open,
        "is_mostly_closed": policy.mode == Mode.CLOSED,
        "rules": [gettext_lazy(one) for one in rules_in_force(policy)],
        "edit_minutes": EDIT_MINUTES,
        "longest": LONGEST_BODY,
        "days": DAYS,
        "at": numbers.at if numbers else None,
        "lines": [(words, lately.get(name), ever.get(name)) for name, words in LINES],
        "by_rule": _by_rule(lately.get("by_rule", {}), ever.get("by_rule", {})),
    }
    return framed_answer(request, "comments/policy.html", facts, tags={POLICY, IN_FORCE})


@edge.tagged(POLICY)
@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """What is kept of whoever comments, why and for how long, by the settings in force."""
    facts = {
        "policy": policy_in_force(),
        "edit_minutes": EDIT_MINUTES,
        "session_days": settings.SESSION_COOKIE_AGE // DAY_SECONDS,
        "trace_days": KEPT.days,
        "code_minutes": LASTS.seconds // 60,
        "cookie_minutes": COOKIE_SECONDS // 60,
    }
    return framed_answer(request, "comments/privacy.html", facts, tags={POLICY, IN_FORCE})


def _by_rule(lately: dict[str, int], ever: dict[str, int]) -> list[tuple[Any, int, int]]:
    """How often each rule held or refused, in the order of the rules."""
    return [
        (gettext_lazy(SENTENCES[rule].policy), lately.get(rule, 0), ever.get(rule, 0))
        for rule in Rule
        if rule in ever and rule in SENTENCES
    ]
