"""Whether one may comment under a story, by whose word, and how many have."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from gazeti import edge
from gazeti.comments.models import CommentPolicy, Discussion
from gazeti.comments.rules import Mode
from gazeti.stories.models import Story
from gazeti.stories.models.standing import SECTION_PATH
from gazeti.stories.queries.prepared import Prepared

IN_FORCE = "comments in force"
"""The tag of whatever is shown by the settings in force: each story's comments, and the settings as a known fact."""


class Closed(StrEnum):
    """Why nobody may comment."""

    PAPER = "paper"
    """One switch closes all."""
    SECTION = "section"
    STORY = "story"
    AGE = "age"


COLUMNS = ("published", "mode", "mode_until")
DISCUSSION = Prepared(lambda story: Discussion.objects.filter(story=story).values_list(*COLUMNS))
SETTINGS = """
    SELECT policy.*, page.path AS section_path, section.mode AS section_mode
    FROM (SELECT 1 AS one) AS one
    LEFT JOIN gazeti_comments_commentpolicy AS policy ON policy.id = (SELECT MIN(id) FROM gazeti_comments_commentpolicy)
    LEFT JOIN gazeti_comments_sectionmode AS section ON section.mode <> ''
    LEFT JOIN wagtailcore_page AS page ON page.id = section.section_id
"""
"""The policy beside each section's mode, in one query; a row of nothing where neither was ever saved."""


@dataclass(frozen=True, slots=True)
class Discussed:
    """How comments are taken under a story, and how many are published."""

    mode: Mode
    is_open: bool
    why_closed: Closed | None = None
    published: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """The paper's policy, and the modes of sections that have one of their own, by their place in the tree."""

    policy: CommentPolicy
    sections: dict[str, Mode]


def policy_in_force() -> CommentPolicy:
    """The newsroom's policy, as it was saved or as it is by default; a worker reads it once."""
    return settings_in_force().policy


def policy_now() -> CommentPolicy:
    """The policy as the database has it; one query. Not `load`, which writes what is not there yet."""
    return CommentPolicy.objects.first() or CommentPolicy()


def settings_in_force() -> Settings:
    """The policy and the sections' modes; one query, once a worker."""
    return edge.known("comment settings", tags={IN_FORCE}, make=_settings)


def _settings() -> Settings:
    rows: list[Any] = list(CommentPolicy.objects.raw(SETTINGS))
    sections = {row.section_path: Mode(row.section_mode) for row in rows if row.section_path}
    return Settings(policy=rows[0] if rows[0].pk else CommentPolicy(), sections=sections)


def standing_of(story: Story, *, now: datetime) -> Discussed:
    """How comments are taken under a story; one query, where the settings are known."""
    # A story that was never saved is previewed as nobody's.
    rows = DISCUSSION.rows(story=story.pk, limit=1) if story.pk else []
    found = Discussion(story_id=story.pk, **(dict(zip(COLUMNS, rows[0], strict=True)) if rows else {}))
    return discussed(found, story=story, settings=settings_in_force(), now=now)


def discussed(found: Discussion, *, story: Story, settings: Settings, now: datetime) -> Discussed:
    """What the paper, the section, the story and its age say together: the narrowest mode that is set counts, the
    paper's switch before all; where a moderator set the story's own, its age does not.
    """
    own = found.mode if found.mode_until is None or found.mode_until > now else ""
    section = settings.sections.get(story.path[:SECTION_PATH], "")
    mode = Mode(own or section or settings.policy.mode)
    why: Closed | None = None
    if not settings.policy.is_open:
        why = Closed.PAPER
    elif mode is Mode.CLOSED:
        why = Closed.STORY if own else Closed.SECTION if section else Closed.PAPER
    elif not own and _is_too_old(story, days=settings.policy.closes_after, now=now):
        why = Closed.AGE
    return Discussed(mode=mode, is_open=why is None, why_closed=why, published=found.published)


def _is_too_old(story: Story, *, days: int, now: datetime) -> bool:
    return bool(days and story.published_at and story.published_at + timedelta(days=days) <= now)
