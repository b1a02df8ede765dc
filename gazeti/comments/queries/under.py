"""What stands of a discussion under its story: the newsroom's picks first, then what was published last."""

from dataclasses import dataclass, replace
from datetime import datetime

from gazeti.comments.queries.discussions import Closed, Discussed, standing_of
from gazeti.comments.queries.fitting import fitted
from gazeti.comments.queries.shown import Shown, beside_each_other, final
from gazeti.comments.queries.threads import newest, picks
from gazeti.stories.models import Story


@dataclass(frozen=True, slots=True)
class UnderStory:
    """The comments on a story's own page, each once, and how many there are."""

    standing: Discussed
    comments: list[Shown]
    of: str
    """The story's whole address."""
    address: str

    @property
    def published(self) -> int:
        """How many there are in all."""
        return self.standing.published

    @property
    def has_more(self) -> bool:
        """Whether some stand elsewhere only."""
        return self.published > len([one for one in self.comments if not one.is_gone])

    @property
    def has_closed(self) -> bool:
        """Whether it was open until its time was over."""
        return self.standing.why_closed is Closed.AGE

    @property
    def is_worth_telling(self) -> bool:
        """Where nobody may write and nobody wrote, nothing is said."""
        return self.standing.is_open or bool(self.published)


def under(story: Story, *, now: datetime, is_new: bool = False) -> UnderStory:
    """What stands under a story; three queries, one where nothing was said, beside the settings in force.

    Under one that is new nothing was said yet, whatever was.
    """
    standing, address = standing_of(story, now=now), f"{story.address}comments/"
    if is_new or not standing.published:
        return UnderStory(replace(standing, published=0), [], story.full_address, address)
    pinned = [replace(one, is_apart=True) for one in picks(story)]
    others = newest(story, besides={one.number for one in pinned})
    shown = beside_each_other(fitted([*pinned, *others]))
    return UnderStory(standing, shown if standing.is_open else final(shown), story.full_address, address)
