"""Every read of an import: what stands already, what it would do, what it tells of it."""

from gazeti.archive.queries.outcome import Outcome, outcome_of
from gazeti.archive.queries.plan import Given, Plan, RecentPlan, plan_page, would_stand
from gazeti.archive.queries.standing import section_titles, standings_of

__all__ = [
    "Given",
    "Outcome",
    "Plan",
    "RecentPlan",
    "outcome_of",
    "plan_page",
    "section_titles",
    "standings_of",
    "would_stand",
]
