"""A story to be covered live, and people who do: `python -m tests.journeys.covering` lays both in GAZETI_HOME."""

import sys

import django

from tests.journeys import people

HEADLINE = "The river rises in Mukuru"


def main() -> None:
    """Lay them, and print the address of the story."""
    from django.utils import timezone

    from gazeti.stories.models import Section
    from tests.newsroom import make_story

    people.main()
    sys.stdout.write(make_story(Section.objects.get(), headline=HEADLINE, published_at=timezone.now()).address)


if __name__ == "__main__":
    django.setup()
    main()
