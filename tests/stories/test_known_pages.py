"""A story names no other that its writer may not know of: the form would tell its headline."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from gazeti.stories.models import Story
from tests.newsroom import make_draft, make_section, make_story
from tests.stories.calling import Program
from tests.stories.roles import filled_form, person, signed_in

pytestmark = pytest.mark.django_db
SECRET = "The mayor resigns tomorrow"
REFUSED = "It names a story that is not there, or not yet for you."


def related(other: Story) -> dict[str, str]:
    return nested_form_data({"body": streamfield([("related", str(other.pk))])})


def linked(other: Story) -> dict[str, str]:
    return nested_form_data(
        {"body": streamfield([("text", rich_text(f'<p><a linktype="page" id="{other.pk}">x</a></p>'))])}
    )


def translated(other: Story) -> dict[str, str]:
    return {"translation_of": str(other.pk)}


def saved(desk: Client, story: Story, named: dict[str, str]) -> str:
    return desk.post(f"/desk/pages/{story.pk}/edit/", filled_form(story, **named), follow=True).content.decode()


@pytest.mark.parametrize("names", [related, linked, translated])
def test_what_a_reporter_may_not_know_of_is_not_named(names) -> None:  # type: ignore[no-untyped-def]
    writer, section = person("Reporters"), make_section()
    story, hidden, known = make_draft(section, by=writer), make_draft(section, headline=SECRET), make_story(section)
    desk = signed_in(writer)
    refused = saved(desk, story, names(hidden))
    assert REFUSED in refused
    assert REFUSED not in saved(desk, story, names(known))
    assert REFUSED not in saved(signed_in(person("Editors")), story, names(hidden))
    assert REFUSED not in saved(desk, story, names(hidden))  # it stands there already


def test_neither_by_the_api() -> None:
    writer, section = person("Reporters"), make_section()
    story, hidden = make_draft(section, by=writer), make_draft(section, headline=SECRET)
    body = [{"type": "related", "value": hidden.pk}]
    data = {"body": body}
    answer = Program(writer)("patch", f"pages/{story.pk}/", data)
    assert answer.status_code == 422
    assert SECRET not in answer.content.decode()
