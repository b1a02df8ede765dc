"""People of each role, and what the table of roles asks the desk for."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from gazeti.stories.models import Story

ROLES = ("Reporters", "Editors", "Moderators", "Administrators")


def person(role: str, *, name: str = "", **facts: object):
    """Somebody of a role, with an address made of it."""
    email = f"{name or role}@paper.example".lower()
    user = get_user_model().objects.create_user(email, "a long phrase to sign in", **facts)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(user) -> Client:
    """A client in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def filled_form(story: Story, **more: str) -> dict[str, str]:
    """What the desk's form sends of a story."""
    return nested_form_data(
        {
            "title": story.title,
            "slug": story.slug,
            "standfirst": story.standfirst,
            "kind": story.kind,
            "language": story.language,
            "body": streamfield([("text", rich_text("<p>The ferry left.</p>"))]),
            "bylines": inline_formset(
                [{"id": str(line.pk), "author": str(line.author_id)} for line in story.bylines.all()],
                initial=story.bylines.count(),
            ),
            "comments": inline_formset([]),
            **more,
        }
    )
