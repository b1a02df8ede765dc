"""Two stories for journeys through time: `python -m tests.journeys.due` files a draft and publishes another.

With the argument `soon` what is scheduled is due a few seconds from now instead, so that no test waits for its day.
"""

import json
import sys
from datetime import timedelta

import django

SOON = timedelta(seconds=5)
DRAFT, LIVE = "The dawn bus leaves earlier", "The old pump is mended"


def main() -> None:
    """File both, and print their ids and the address of the picture that the live one shows."""
    from gazeti.stories.models import Section
    from tests.journeys.edition import kept_picture
    from tests.newsroom import make_draft, make_story

    section = Section.objects.get()
    picture = kept_picture(1)
    draft = make_draft(section, headline=DRAFT, published_at=None)
    live = make_story(section, headline=LIVE, lead_picture=picture)
    picture.refresh_from_db()
    sys.stdout.write(json.dumps({"draft": draft.pk, "live": live.pk, "picture": picture.served[0]["path"]}))


def bring_nearer() -> None:
    """Let what is scheduled be due soon, and print when."""
    from django.utils import timezone
    from wagtail.models import Revision

    due = timezone.now() + SOON
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=due)
    sys.stdout.write(due.isoformat())


if __name__ == "__main__":
    django.setup()
    bring_nearer() if sys.argv[1:] == ["soon"] else main()
