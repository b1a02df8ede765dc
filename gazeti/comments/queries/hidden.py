"""Stories that the public may not read any more: whoever commented there keeps what is theirs, and is told no more."""

from collections.abc import Iterable

from gazeti.stories.models import Story
from gazeti.stories.queries import public_stories


def is_hidden(story: Story) -> bool:
    """Whether nobody is to be told of a story; one query."""
    return bool(hidden_among([story.pk]))


def hidden_among(stories: Iterable[int]) -> frozenset[int]:
    """Those of these stories, by their ids, of which nobody is to be told; one query."""
    wanted = frozenset(stories)
    return wanted - frozenset(public_stories().filter(pk__in=wanted).order_by().values_list("pk", flat=True))
