"""A process that publishes: `python -m bench.publisher STORY`, a new version of that story for each line it reads.

Each time it writes the monotonic second at which the commit was done, which is the same clock in every process of the
machine, and how long the whole action took.
"""

import sys
import time

import django


def main(story: int) -> None:
    """Publish the version whose number is on each line."""
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from gazeti.stories.actions import publish_story, revise_story
    from gazeti.stories.models import Story

    print("ready", flush=True)
    for line in sys.stdin:
        live, began = Story.objects.get(pk=story), time.monotonic()
        revise_story(live, headline=headline(int(line)), now=timezone.now())
        committed: list[float] = []
        with transaction.atomic():
            # First in line: what else waits for the commit is not to be counted before it.
            transaction.on_commit(lambda: committed.append(time.monotonic()))  # noqa: B023 (called in this turn)
            publish_story(live, now=timezone.now())
        print(committed[0], time.monotonic() - began, flush=True)


def headline(version: int) -> str:
    """A headline by which every page that shows it tells which version it shows."""
    return f"Bridge opens to traders, version {version} of the news"


if __name__ == "__main__":
    main(int(sys.argv[1]))
