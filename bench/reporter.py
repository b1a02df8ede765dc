"""A process that posts updates to a coverage, one for each line that it reads; run by `bench.streams`.

Prints "ready" and the number of the last event, then for each update its number and the moment of its commit (ns).
"""

import sys
import time

import django

WORDS = "Traders crossed the bridge first this morning, and the market opened an hour later than on other days."


def main(story: int) -> None:
    """Post until there are no more lines."""
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from gazeti.live.actions import post_update
    from gazeti.live.actions.events import Words
    from gazeti.live.models import Coverage
    from gazeti.stories.formats import raw_body

    words = Words(body=raw_body([("text", f"<p>{' '.join([WORDS] * 3)}</p>")]), heading="The bridge is open")
    print("ready", Coverage.objects.get(pk=story).head, flush=True)
    for _line in sys.stdin:
        committed: list[int] = []
        with transaction.atomic():
            # The first to be told of the commit: what else it causes is part of what is measured.
            transaction.on_commit(lambda: committed.append(time.monotonic_ns()))  # noqa: B023 (called in this turn)
            update = post_update(story, words=words, by=None, now=timezone.now())
        print(update.number, committed[0], flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
