"""What is covered live, as the front, section fronts and lists tell of it: read once a worker until it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from gazeti import edge
from gazeti.edge.tags import named
from gazeti.front.queries.listed import other_language
from gazeti.live.queries.articles import flag_of
from gazeti.live.queries.coverages import COVERAGES, known
from gazeti.stories.queries.reading import chosen_stories

MOST_IN_STRIP = 3


@dataclass(frozen=True, slots=True)
class Covered:
    """The flags of the coverages that go on, by their story's number: readers may not see all of these yet."""

    flags: dict[int, SafeString]

    @property
    def tags(self) -> set[str]:
        """What a page that has the strip or labels depends on: also on stories that are covered and not out yet."""
        return {COVERAGES} | named("story", self.flags)

    def flagged(self, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Stories of a list, each with the word that stands beside what is covered at this moment."""
        listed = list(found)
        return [{**one, "flag": self.flags.get(one["story"].pk, "")} for one in listed] if self.flags else listed

    def strip(self, *, within: str = "") -> list[dict[str, Any]]:
        """The coverages that go on, the newest story's first; or those of the section at this place in the tree."""
        found = edge.known("covered", tags=self.tags, make=self._going_on) if self.flags else []
        return [one for one in found if one["story"].path.startswith(within)][:MOST_IN_STRIP]

    def _going_on(self) -> list[dict[str, Any]]:
        site, newest_first = settings.GAZETI_LANGUAGE, sorted(self.flags, reverse=True)
        return [
            {"story": story, "flag": self.flags[story.pk], "language": other_language(story, site=site)}
            for story in chosen_stories(newest_first)
        ]


def covered() -> Covered:
    """What is covered at this moment, or in a pause of it."""
    coverages = known()
    return Covered({story: flag_of(coverages.states[story]) for story in coverages.going_on})
