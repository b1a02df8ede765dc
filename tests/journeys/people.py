"""People of a newsroom for journeys: `python -m tests.journeys.people` adds a reporter, an editor and a byline."""

import django

PASSWORD = "tall-jacaranda-9"
REPORTER, EDITOR = "amina@paper.example", "grace@paper.example"
NAMES = {REPORTER: ("Amina Farah", "Reporters"), EDITOR: ("Grace Otieno", "Editors")}


def main() -> None:
    """Add them, each with their role."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from gazeti.stories.actions import author_named

    for email, (name, role) in NAMES.items():
        first, last = name.split()
        person = get_user_model().objects.create_user(email, PASSWORD, first_name=first, last_name=last)
        person.groups.add(Group.objects.get(name=role))
    author_named("Amina Farah")


if __name__ == "__main__":
    django.setup()
    main()
