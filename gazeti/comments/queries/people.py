"""Whether a person decided: here by their account, or elsewhere, as an import tells by their name."""

from django.db.models import Q

from gazeti.comments.models import Decision

BY_PEOPLE = Q(by__isnull=False) | Q(evidence__by_name__gt="")
"""Of decisions."""


def is_by_people(decision: Decision) -> bool:
    """Whether a person made it; one query where that was not here."""
    evidence = getattr(decision, "evidence", None) if decision.by_id is None else None
    return decision.by_id is not None or bool(evidence and evidence.by_name)
