"""A story that takes comments, and a moderator, in GAZETI_HOME: `python -m tests.journeys.commenting` lays both.

What is written there is published at once, unless its browser did no work or its words speak against it; with the word
FIRST_WAITS after it, what somebody writes for the first time waits.
"""

import sys

import django

from tests.journeys.people import PASSWORD

MODERATOR = "grace@paper.example"
FIRST_WAITS = "first-waits"


def main() -> None:
    """Lay them, and print the address of the story."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from gazeti.stories.models import Section
    from tests.comments.writing import settle
    from tests.newsroom import make_story

    settle(first_time_waits=FIRST_WAITS in sys.argv)
    person = get_user_model().objects.create_user(MODERATOR, PASSWORD, first_name="Grace", last_name="Otieno")
    person.groups.add(Group.objects.get(name="Moderators"))
    story = make_story(Section.objects.get(), headline="The footbridge opens", published_at=timezone.now())
    sys.stdout.write(story.address)


if __name__ == "__main__":
    django.setup()
    main()
