"""What the desk tells of a story while it is written: what stands in the way, each with where to mend it."""

from dataclasses import dataclass
from datetime import datetime

from gazeti.stories.models import Story
from gazeti.stories.queries.desk import Person
from gazeti.stories.queries.places import link_to, override_link
from gazeti.stories.queries.preflight import preflight_of
from gazeti.stories.rules import OVERRIDABLE, Finding


@dataclass(frozen=True)
class Told:
    """One sentence, the address that opens at its field, and for an editor that where it is overridden, else empty."""

    sentence: str
    link: str
    override: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Panel:
    """What stands in the way, what an editor let pass, what is only to be thought of, and what its embargo means."""

    blocks: tuple[Told, ...]
    overridden: tuple[Told, ...]
    warnings: tuple[Told, ...]
    embargo: datetime | None = None


def panel_of(story: Story, *, user: Person, now: datetime) -> Panel:
    """The panel of a version of a saved story, for somebody who may edit it."""
    found = preflight_of(story, now=now, weigh=True)
    may_override = story.permissions_for_user(user).can_publish()
    ahead = story.embargo_until if story.published_at is None else None
    return Panel(
        blocks=tuple(
            Told(one.sentence, link_to(one, story=story), _override_link(story, one) if may_override else "")
            for one in found.blocks
        ),
        overridden=tuple(
            Told(one.sentence, link_to(one, story=story), reason=override.reason) for one, override in found.overridden
        ),
        warnings=tuple(Told(one.sentence, link_to(one, story=story)) for one in found.warnings),
        embargo=ahead if ahead and ahead > now else None,
    )


def _override_link(story: Story, finding: Finding) -> str:
    if finding.rule not in OVERRIDABLE:
        return ""
    return override_link(finding, story=story)
