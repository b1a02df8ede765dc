"""Every address of the moderators' desk for every role: in, refused, or led to the door; a GET writes nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gazeti.comments import urls
from gazeti.comments.models import Comment, Decision
from gazeti.comments.rules import State
from gazeti.edge.middleware import PERSONAL
from tests.comments.discussion import make_comment
from tests.newsroom import make_section, make_story
from tests.stories.roles import person, signed_in

pytestmark = pytest.mark.django_db
IN = ("Moderators", "Editors", "Administrators")
POSTED = frozenset(
    {
        "comments_chosen",
        "comments_undo",
        "comments_switch",
        "comments_section_mode",
        "comments_story_mode",
        "comments_writer_held",
        "comments_writer_published",
    }
)
"""Addresses of forms alone: to ask for them is 405."""
NAMES = [str(one.name) for one in urls.desk]


@pytest.fixture
def address() -> Callable[[str], str]:
    """Where each page of the desk is, with something there."""
    section = make_section()
    story = make_story(section)
    comment = make_comment(story, state=State.HELD)
    numbers = {
        "comments_section_mode": section.pk,
        "comments_story_mode": story.pk,
        "comments_writer": comment.reader_id,
        "comments_writer_held": comment.reader_id,
        "comments_writer_published": comment.reader_id,
        "comments_case": comment.pk,
        "comments_reports": comment.pk,
        "comments_decisions": comment.pk,
    }
    return lambda name: reverse(name, args=[numbers[name]] if name in numbers else [])


@pytest.mark.parametrize("role", IN)
@pytest.mark.parametrize("name", NAMES)
def test_moderators_and_editors_come_in(role: str, name: str, address: Callable[[str], str]) -> None:
    answer = signed_in(person(role)).get(address(name))
    assert answer.status_code == (405 if name in POSTED else 200)
    assert "no-store" in answer["Cache-Control"]
    assert (answer["Content-Security-Policy"], answer["Referrer-Policy"]) == (PERSONAL, "same-origin")
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("role", ["Reporters", ""])
@pytest.mark.parametrize("name", NAMES)
def test_whoever_does_not_moderate_is_refused(role: str, name: str, address: Callable[[str], str]) -> None:
    client = signed_in(person(role, name="nobody"))
    there = address(name)
    assert client.get(there).status_code == 403
    assert client.post(there, {"kind": "approved", "seen": "1", "to": "closed"}).status_code == 403
    assert Comment.objects.get().state == State.HELD


@pytest.mark.parametrize("name", NAMES)
def test_whoever_is_signed_out_is_led_to_the_door(name: str, address: Callable[[str], str]) -> None:
    there = address(name)
    assert Client().get(there)["Location"] == f"/desk/login/?next={there}"
    assert Client().post(there, {"kind": "approved", "seen": "1"})["Location"].startswith("/desk/login/")
    assert Comment.objects.get().state == State.HELD


@pytest.mark.parametrize("name", NAMES)
def test_a_form_without_its_token_writes_nothing(name: str, address: Callable[[str], str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("Moderators"))
    there = address(name)
    assert client.post(there, {"kind": "approved", "seen": "1", "to": "closed"}).status_code in (403, 405)
    assert Comment.objects.get().state == State.HELD


@pytest.mark.parametrize(("role", "is_shown"), [("Reporters", False), *[(role, True) for role in IN]])
def test_the_menu_and_the_first_page_lead_there(role: str, is_shown: bool, address: Callable[[str], str]) -> None:
    page = signed_in(person(role)).get("/desk/").content.decode()
    assert ('id="comments"' in page) == is_shown
    assert ('"/desk/comments/"' in page) == is_shown
    assert not is_shown or "Held: 1" in page
