"""The panel "Before it goes out": what it tells whom, at which address, of the draft as it is saved."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gazeti.base.actions import file_information_page
from gazeti.stories.actions import overrule, revise_story
from gazeti.stories.models import Front, Story
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.roles import filled_form, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db: None) -> SimpleNamespace:
    """A reporter with a draft that lacks its byline and its standfirst, a colleague, an editor and a moderator."""
    amina, section = person("Reporters"), make_section()
    draft = make_draft(section, headline="The ferry", by=amina, standfirst="", authors=[])
    others = {name.lower(): person(name) for name in ("Editors", "Moderators")}
    return SimpleNamespace(amina=amina, otieno=person("Reporters", name="o"), draft=draft, section=section, **others)


def asked(user: Any, story: Story) -> Any:
    return signed_in(user).get(f"/desk/stories/{story.pk}/preflight/")


def kinds(html: bytes | str) -> dict[str, list[str]]:
    """The sentences of each list."""
    found = BeautifulSoup(html, "html.parser").select(".desk-findings")
    return {one["data-kind"]: [link.get_text(strip=True) for link in one.select("li > a")] for one in found}


def test_each_thing_in_the_way_is_a_sentence_that_leads_to_its_field(room: SimpleNamespace) -> None:
    html = asked(room.amina, room.draft).content
    blocks = kinds(html)["block"]
    assert len(blocks) == 2
    assert blocks[0].startswith("The byline is missing.")
    links = [link["href"] for link in BeautifulSoup(html, "html.parser").select("[data-kind=block] a")]
    assert all(link.startswith(f"/desk/pages/{room.draft.pk}/edit/#panel-child-content-") for link in links)
    assert "2 things stand in the way" in html.decode()


@pytest.mark.parametrize("address", ["/desk/pages/{pk}/edit/", "/desk/stories/{pk}/preflight/"])
def test_the_form_and_the_live_part_tell_the_same(room: SimpleNamespace, address: str) -> None:
    html = signed_in(room.amina).get(address.format(pk=room.draft.pk)).content
    assert len(kinds(html)["block"]) == 2


def test_it_follows_what_the_desk_saves(room: SimpleNamespace) -> None:
    form = filled_form(room.draft, standfirst="It runs again.", credit="Sample Wire")
    answer = signed_in(room.amina).post(
        f"/desk/pages/{room.draft.pk}/edit/", form, headers={"accept": "application/json"}
    )
    assert answer.json()["pk"] == room.draft.pk
    assert "Nothing stands in the way" in asked(room.amina, room.draft).content.decode()


def test_of_a_live_story_it_tells_of_the_draft_to_come(room: SimpleNamespace) -> None:
    story = make_story(room.section, by=room.amina)
    assert "Nothing stands in the way" in asked(room.amina, story).content.decode()
    revise_story(story, now=NOW, standfirst="")
    assert len(kinds(asked(room.amina, story).content)["block"]) == 1


def test_a_new_story_is_told_nothing_before_it_is_begun(room: SimpleNamespace) -> None:
    html = signed_in(room.amina).get(f"/desk/pages/add/gazeti_stories/story/{room.section.pk}/").content.decode()
    assert "What is still missing will be told here" in html
    assert 'data-preflight="/desk/stories/0/preflight/"' in html


def test_an_editor_finds_where_to_let_a_rule_pass_and_a_reporter_does_not(room: SimpleNamespace) -> None:
    for_editor = BeautifulSoup(asked(room.editors, room.draft).content, "html.parser")
    ways = [link["href"] for link in for_editor.find_all("a", string="Publish all the same")]
    assert len(ways) == 1, "the byline is never let pass"
    assert ways[0].startswith(f"/desk/stories/{room.draft.pk}/overrides/")
    assert signed_in(room.editors).get(ways[0]).status_code == 200
    assert "Publish all the same" not in asked(room.amina, room.draft).content.decode()


def test_what_an_editor_let_pass_is_told_with_the_reason(room: SimpleNamespace) -> None:
    overrule(
        room.draft, rule="standfirst", about="", reason="A brief of one line needs none.", by=room.editors, now=NOW
    )
    found = asked(room.amina, room.draft).content
    assert len(kinds(found)["block"]) == 1
    assert len(kinds(found)["overridden"]) == 1
    assert "A brief of one line needs none." in found.decode()


def test_warnings_stand_apart(room: SimpleNamespace) -> None:
    revise_story(room.draft, now=NOW, headline="The ferry that left before the rains came back " * 2)
    assert len(kinds(asked(room.amina, room.draft).content)["warning"]) == 1


def test_an_embargo_says_what_will_happen(room: SimpleNamespace) -> None:
    ends = timezone.now() + timedelta(hours=3)
    draft = make_draft(room.section, by=room.amina, published_at=None, embargo_until=ends)
    html = asked(room.amina, draft).content.decode()
    assert f"stays hidden until {timezone.localtime(ends):%-d %B %Y, %H:%M}" in html
    revise_story(draft, now=NOW, embargo_until=timezone.now() - timedelta(hours=1))
    assert "stays hidden" not in asked(room.amina, draft).content.decode()


def test_it_opens_to_whom_the_story_does(room: SimpleNamespace, client: Client) -> None:
    answer = client.get(f"/desk/stories/{room.draft.pk}/preflight/")
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
    statuses = {name: asked(getattr(room, name), room.draft).status_code for name in ("otieno", "moderators")}
    assert statuses == {"otieno": 404, "moderators": 404}
    live = make_story(room.section, by=room.editors)
    assert asked(room.otieno, live).status_code == 302, "what readers see is no secret, but not this reporter's to edit"
    assert {asked(who, room.draft).status_code for who in (room.amina, room.editors)} == {200}


def test_there_is_none_of_what_is_no_story(room: SimpleNamespace) -> None:
    page = file_information_page(Front.objects.get(), title="About", slug="about", body=[])
    for pk in (page.pk, room.section.pk, 0, 99_999):
        assert signed_in(room.editors).get(f"/desk/stories/{pk}/preflight/").status_code == 404
    assert signed_in(room.amina).post(f"/desk/stories/{room.draft.pk}/preflight/").status_code == 405


@pytest.mark.database
def test_it_costs_as_much_for_a_long_story_as_for_a_short_one(
    room: SimpleNamespace, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = signed_in(room.amina), f"/desk/stories/{room.draft.pk}/preflight/"

    def written(paragraphs: int) -> None:
        body = [("text", f"<p>Paragraph {number}.</p>") for number in range(paragraphs)]
        revise_story(room.draft, now=NOW, body=body)
        client.get(address)

    written(2)
    with django_assert_max_num_queries(40) as short:
        client.get(address)
    enough = len(short)  # before the next request, which begins the list of queries anew
    written(60)
    with django_assert_max_num_queries(enough):
        client.get(address)
