"""Coverages, updates and what waits, as the API tells of them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from gazeti.base.models import bodies_as_html
from gazeti.live.models import Coverage, Update, Waiting, Wording
from gazeti.live.queries import rights
from gazeti.live.queries.updates import shown_updates, wordings_of

COVERAGE = ("state", "head", "starts_at", "ends_at", "opened_at", "closed_at")
UPDATE = ("number", "version", "posted_at", "edited_at", "is_key")


def coverage_told(coverage: Coverage) -> dict[str, Any]:
    """A coverage's facts, as `shapes.Coverage` names them."""
    story = coverage.story
    alike = {name: getattr(coverage, name) for name in COVERAGE}
    return {"id": coverage.pk, "headline": story.headline, "address": _address(coverage), **alike}


def updates_told(updates: Sequence[Update], *, coverage: Coverage, user: Any) -> list[dict[str, Any]]:
    """Updates of one coverage, as `shapes.Update` names them, for somebody; the bodies in a few queries."""
    there = [one for one in updates if one.retracted_at is None]
    wordings = wordings_of(coverage.pk, numbers=[one.version for one in there])
    shown, _tags = shown_updates(there, said=coverage.story.language)
    html = {one.number: one.html for one in shown}
    is_editor = rights.may_take_up(user, story=coverage.story)
    return [
        {
            **_update(one, coverage),
            **_words(wordings.get(one.version), is_told=is_editor or one.by_id == user.pk),
            "html": html.get(one.number, ""),
        }
        for one in updates
    ]


def update_told(update: Update, *, coverage: Coverage, user: Any) -> dict[str, Any]:
    """One update."""
    return updates_told([update], coverage=coverage, user=user)[0]


def waiting_told(row: Waiting) -> dict[str, Any]:
    """What waits, as `shapes.Waiting` names it."""
    alike = ("heading", "is_key", "received_at", "due_at", "failed", "reached")
    by: Any = row.by
    return {
        "id": row.pk,
        "coverage": row.coverage_id,
        "body": row.body.get_prep_value(),
        "author": _author(row),
        "by": by.get_full_name() or by.get_username() if by else None,
        **{name: getattr(row, name) for name in alike},
    }


def summary_told(coverage: Coverage) -> str:
    """The summary in HTML; empty where there is none."""
    words = wordings_of(coverage.pk, numbers=[coverage.summary_at]).get(coverage.summary_at)
    return bodies_as_html([words.body.get_prep_value()], said=coverage.story.language)[0][0] if words else ""


def _update(one: Update, coverage: Coverage) -> dict[str, Any]:
    facts = {"address": f"{_address(coverage)}updates/{one.number}/", "is_gone": one.retracted_at is not None}
    return {**facts, "is_pinned": bool(one.pinned_at), **{name: getattr(one, name) for name in UPDATE}}


def _words(words: Wording | None, *, is_told: bool) -> dict[str, Any]:
    if words is None:
        return {"heading": "", "correction": "", "author": None, "body": None}
    body = words.body.get_prep_value() if is_told else None
    return {"heading": words.heading, "correction": words.correction, "author": _author(words), "body": body}


def _author(words: Wording | Waiting) -> dict[str, Any] | None:
    author: Any = words.author
    return {"id": author.pk, "name": author.name} if author else None


def _address(coverage: Coverage) -> str:
    return f"{settings.GAZETI_ADDRESS}{coverage.story.address}"
