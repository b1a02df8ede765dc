"""The refusal that every door shares: a story that is not ready does not go out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from gazeti.stories.models import Story
from gazeti.stories.queries.preflight import preflight_of
from gazeti.stories.rules import Finding


@dataclass(frozen=True, slots=True)
class Refused:
    """A story that may not go out, and what stands in its way."""

    story: Story
    findings: Sequence[Finding]


class NotReady(ValidationError):
    """Stories that may not go out. A ValidationError, so that whoever knows nothing of it still tells the reasons."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        """Keep what was refused, and its sentences as the messages."""
        self.refused = tuple(refused)
        super().__init__([finding.sentence for finding in self.findings], code="not_ready")

    @property
    def findings(self) -> list[Finding]:
        """What stands in the way, of all stories."""
        return [finding for one in self.refused for finding in one.findings]

    @property
    def reasons(self) -> list[str]:
        """A sentence for each thing that is wrong, which says what to do."""
        return [finding.sentence for finding in self.findings]


def refuse_unready(story: Story, *, now: datetime) -> None:
    """Raise NotReady, with every reason, while something blocks this version of a story that nobody overrode."""
    refuse_any_unready([story], now=now)


def refuse_any_unready(stories: Iterable[Story], *, now: datetime) -> None:
    """The same for several stories at once: raise NotReady with the reasons of all, while one of them is not ready."""
    judged = ((story, preflight_of(story, now=now).blocks) for story in stories)
    refused = [Refused(story, blocks) for story, blocks in judged if blocks]
    if refused:
        raise NotReady(refused)
