"""The words of whatever is posted, edited, sent in or given a time: made fit for readers, or refused with reasons."""

from collections.abc import Sequence
from datetime import datetime

from gazeti.live.actions.events import Refused
from gazeti.live.queries.preflight import examined
from gazeti.live.rules import Words
from gazeti.media.actions import PictureRefused, finish_renditions
from gazeti.media.models import Picture
from gazeti.stories.formats import picture_ids
from gazeti.stories.models import Story
from gazeti.stories.rules import Finding, Severity


class NotReady(Refused):
    """Words that may not go out. Nothing was written; `findings` say what to do, for whoever wrote them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep what stands in the way."""
        self.findings = tuple(findings)
        super().__init__(" ".join(self.reasons))

    @property
    def reasons(self) -> list[str]:
        """A sentence for each thing that is wrong."""
        return [finding.sentence for finding in self.findings]


def fit(words: Words, *, story: int, now: datetime, is_summary: bool = False) -> Words:
    """The words as they are kept. Raises NotReady while something keeps them back.

    Call it before the transaction opens: pictures that still lack their renditions get them here.
    """
    kept, found = examined(words, story=Story.objects.get(pk=story), now=now, is_summary=is_summary)
    if wrong := [finding for finding in found if finding.severity is not Severity.WARN]:
        raise NotReady(wrong)
    render(kept)
    return kept


def render(words: Words) -> None:
    """Make what readers get of the pictures in words. Raises Refused for one whose file cannot be read."""
    pictures = picture_ids(words.body)
    if not pictures:
        return
    try:
        finish_renditions(Picture.objects.filter(pk__in=pictures))
    except PictureRefused as refusal:
        raise Refused(str(refusal)) from refusal
