"""The newsroom's side of a hunt, a process on the newsroom in GAZETI_HOME: `python -m tests.edge.hunting.editor SEED`.

With `lay` it publishes the first tales. With a seed it tells what stands, waits for a line, and publishes at random
until its standard input ends. Each change is written as a line of JSON right after its commit.
"""

import json
import select
import sys
import time
from random import Random
from typing import Any

import django

from tests.edge.hunting.history import GONE, LIVE
from tests.edge.hunting.pages import MARK, words

SECTIONS = ("Harbour", "Market")
SLUG = "tale-"
FIRST, TALES = 8, 18
"""Tales at the start, and at the end: so few that each list's first page shows all that are out."""
OLDER = 22
"""Stories of the first section that are older than any tale and never change: its list has a second page of them."""
LONGEST_PAUSE = 1.0


class Desk:
    """Publishes, and tells what it committed."""

    def __init__(self, seed: int = 0) -> None:
        """Take up what stands."""
        from gazeti.stories.models import Story
        from tests.newsroom import make_section

        self.dice = Random(seed)
        self.sections = [make_section(title=title) for title in SECTIONS]
        self.stories: dict[int, Any] = {}
        self.versions: dict[int, int] = {}
        for story in Story.objects.filter(slug__startswith=SLUG):
            tale = int(story.slug.removeprefix(SLUG))
            version = int(MARK.fullmatch(story.title)[2])  # type: ignore[index]
            self.stories[tale], self.versions[tale] = story, version if story.live else version + 1
            self._tell(tale, LIVE if story.live else GONE)

    def lay_older(self) -> None:
        """Publish what stands on the second page of the lists."""
        from django.utils import timezone

        from gazeti.stories.actions import publish_story
        from tests.newsroom import make_draft

        for number in range(OLDER):
            draft = make_draft(self.sections[0], slug=f"older-{number}", published_at=None, headline=f"Older {number}")
            publish_story(draft, now=timezone.now())

    def bring_in(self) -> None:
        """Publish a new tale, at an address that readers may have asked for before."""
        from tests.newsroom import make_draft

        tale = len(self.stories) + 1
        facts = self._words(tale)
        draft = make_draft(self.sections[tale % len(SECTIONS)], slug=f"{SLUG}{tale}", published_at=None, **facts)
        self.stories[tale] = draft
        self._publish(tale)

    def revise(self, tale: int) -> None:
        """Publish a tale's next version; one that was withdrawn is out again."""
        from django.utils import timezone

        from gazeti.stories.actions import revise_story

        revise_story(self._now(tale), now=timezone.now(), **self._words(tale))
        self._publish(tale)

    def withdraw(self, tale: int) -> None:
        """Take a tale back."""
        from django.utils import timezone

        from gazeti.stories.actions import withdraw_story

        self.versions[tale] += 1
        self.stories[tale] = self._now(tale)
        withdraw_story(self.stories[tale], now=timezone.now())
        self._tell(tale, GONE)

    def do_something(self) -> None:
        """Bring in, revise or withdraw, whatever the dice say."""
        kind = self.dice.random()
        tale = self.dice.choice(list(self.stories))
        if kind < 0.15 and len(self.stories) < TALES:
            self.bring_in()
        elif kind < 0.35 and self.stories[tale].live:
            self.withdraw(tale)
        else:
            self.revise(tale)

    def _now(self, tale: int) -> Any:
        from gazeti.stories.models import Story

        return Story.objects.get(pk=self.stories[tale].pk)

    def _words(self, tale: int) -> dict[str, Any]:
        self.versions[tale] = self.versions.get(tale, 0) + 1
        return words(tale, self.versions[tale])

    def _publish(self, tale: int) -> None:
        from django.utils import timezone

        from gazeti.stories.actions import publish_story

        # Anew, since the object at hand knows nothing of its newest revision.
        self.stories[tale] = publish_story(self._now(tale), now=timezone.now())
        self._tell(tale, LIVE)

    def _tell(self, tale: int, state: str) -> None:
        from gazeti import log

        # Nobody else purges in a hunt: the head is the purge's own position, or a later entry's.
        story, position = self.stories[tale], log.head()
        told = {
            "tale": tale, "version": self.versions[tale], "state": state, "path": story.address,
            "section": self.sections[tale % len(SECTIONS)].address, "position": position, "at": time.monotonic(),
        }  # fmt: skip
        print(json.dumps(told), flush=True)  # noqa: T201 (the line is what was asked for)


def main(word: str) -> None:
    """Lay the first tales, or publish until nobody listens."""
    django.setup()
    if word == "lay":
        desk = Desk()
        desk.lay_older()
        for _ in range(FIRST):
            desk.bring_in()
        return
    from django.db import connection

    desk = Desk(int(word))
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    connection.close()  # the database may have been away while nothing was to do
    while not select.select([sys.stdin], [], [], desk.dice.uniform(0, LONGEST_PAUSE))[0]:
        desk.do_something()


if __name__ == "__main__":
    main(sys.argv[1])
