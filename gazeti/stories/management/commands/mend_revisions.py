"""`gazeti manage mend_revisions`: gives live stories the live revision that they lack."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gazeti.stories.actions.revisions import give_live_revision
from gazeti.stories.queries.revisions import stories_without_live_revision


class Command(BaseCommand):
    """Keeps what readers see of each such story as a revision."""

    help = "Give each live story that has no live revision one that holds what readers see. Readers notice nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Mend all and say how many."""
        stories = list(stories_without_live_revision())
        for story in stories:
            give_live_revision(story, now=timezone.now())
        self.stdout.write(f"{len(stories)} stories have a live revision again.")
