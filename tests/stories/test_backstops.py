"""The guards behind the doors: what they let pass, how the desk and the API tell a refusal, and where it is mended."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve
from wagtail.models import Page, Revision

from gazeti.media.models import Picture
from gazeti.stories.actions import NotReady, overrule, refuse_unready
from gazeti.stories.models import Section, Story
from gazeti.stories.queries.places import edited_as, link_to
from gazeti.stories.queries.preflight import preflight_of
from gazeti.stories.rules import Finding
from gazeti.stories.views.preflight import UNREADY
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.calling import Program
from tests.stories.doors import World
from tests.stories.roles import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def outworn(picture: Picture) -> Story:
    """A story that is out, and the rights to whose picture ended since."""
    story = make_story(make_section(), lead_picture=picture)
    Picture.objects.filter(pk=picture.pk).update(rights_end=date(2024, 1, 1))
    return Story.objects.get(pk=story.pk)


@pytest.fixture
def editor(db: None) -> Client:
    return signed_in(person("Editors"))


def lock(story: Story, editor: Client) -> None:
    assert editor.post(f"/desk/pages/{story.pk}/lock/").status_code == 302
    assert Story.objects.get(pk=story.pk).locked
    assert editor.post(f"/desk/pages/{story.pk}/unlock/").status_code == 302


def lock_by_a_whole_save(story: Story, _editor: Client) -> None:
    story.locked = True
    story.save()
    assert Story.objects.get(pk=story.pk).locked


def move(story: Story, editor: Client) -> None:
    other = make_section(title="Sport")
    editor.post(f"/desk/pages/{story.pk}/move/{other.pk}/confirm/", {})
    assert Story.objects.get(pk=story.pk).get_parent().pk == other.pk


def unpublish(story: Story, _editor: Client) -> None:
    story.unpublish()
    assert not Story.objects.get(pk=story.pk).live


def keep_a_draft(story: Story, editor: Client) -> None:
    world = World(story.get_parent(), person("Editors", name="two"), is_ready=True)
    editor.post(f"/desk/pages/{story.pk}/edit/", world.form(story, button="action-save"))
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().dateline == "Kisumu"


def rename_its_section(story: Story, _editor: Client) -> None:
    section = Section.objects.get(pk=story.get_parent().pk)
    section.slug = "town"
    section.save_revision().publish()
    assert Story.objects.get(pk=story.pk).address.startswith("/town/")


@pytest.mark.parametrize("change", [lock, lock_by_a_whole_save, move, unpublish, keep_a_draft, rename_its_section])
def test_what_shows_readers_nothing_else_is_let_pass_although_the_story_is_not_ready_any_more(
    change: Any, outworn: Story, editor: Client
) -> None:
    with pytest.raises(NotReady):
        refuse_unready(outworn, now=NOW)
    change(outworn, editor)


def test_the_same_story_is_not_published_again_unchanged(outworn: Story) -> None:
    with pytest.raises(NotReady, match="The rights to"):
        outworn.latest_revision.publish()


def test_a_revert_makes_a_draft_and_shows_readers_nothing() -> None:
    story = make_story(make_section())
    story.standfirst = ""
    old = story.save_revision(clean=False)
    story.standfirst = "Another."
    story.save_revision().publish()
    answer = Program(person("Editors"))("post", f"pages/{story.pk}/actions/revert/", {"revision_id": old.pk})
    assert answer.status_code == 200
    now = Story.objects.get(pk=story.pk)
    assert (now.standfirst, now.get_latest_revision_as_object().standfirst) == ("Another.", "")


def test_an_alias_of_an_overridden_story_follows_it() -> None:
    story = make_draft(make_section(), standfirst="")
    overrule(story, rule="standfirst", reason="A notice of one line", now=NOW, by=None)
    story.latest_revision.publish()
    live = Story.objects.get(pk=story.pk)
    mirror = live.create_alias(update_slug="mirror")
    live.title = "Another headline"
    live.save_revision().publish()
    assert Story.objects.get(pk=mirror.pk).title == "Another headline"


def test_an_override_is_no_copys(outworn: Story) -> None:
    about = f"picture:{outworn.lead_picture_id}"
    overrule(outworn, rule="rights", about=about, reason="The archive lets us", now=NOW, by=None)
    with pytest.raises(NotReady) as refused, transaction.atomic():
        outworn.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert edited_as(refused.value.refused[0].story) == outworn.pk
    assert not outworn.copy(update_attrs={"slug": "copy"}, keep_live=False).live


def test_fixtures_are_loaded_as_they_are() -> None:
    """What was dumped from a newsroom comes back whole (`loaddata` saves raw)."""
    story = make_draft(make_section(), standfirst="")
    page = Page.objects.get(pk=story.pk)
    page.live = True
    page.save_base(raw=True)
    story.save_base(raw=True)
    assert Story.objects.get(pk=story.pk).live


def test_a_bulk_publication_tells_of_every_story_and_publishes_not_even_the_ready_ones(editor: Client) -> None:
    section = make_section()
    ready = make_draft(section, headline="A ready one")
    first = make_draft(section, headline="The first", standfirst="")
    second = make_draft(section, headline="The second", authors=[])
    named = "&".join(f"id={one.pk}" for one in (ready, first, second))
    answer = editor.post(f"/desk/bulk/wagtailcore/page/publish/?{named}&next=/desk/", {})
    html = answer.content.decode()
    assert answer.status_code == UNREADY
    told = [html.index(words) for words in ("The first", "standfirst is missing", "The second", "byline is missing")]
    assert told == sorted(told)
    assert f'href="/desk/pages/{first.pk}/edit/#panel-child-content-standfirst-section"' in html
    assert f'href="/desk/stories/{first.pk}/overrides/"' in html
    assert f'href="/desk/stories/{second.pk}/overrides/"' not in html
    assert "A ready one" not in html.split("<main")[1]
    assert "ready were held back" in html
    assert not Story.objects.filter(live=True).exists()


def test_the_form_comes_back_with_reasons_that_open_at_their_field(editor: Client) -> None:
    section = make_section()
    world = World(section, person("Editors", name="two"), is_ready=False)
    answer = editor.post(f"/desk/pages/add/gazeti_stories/story/{section.pk}/", world.form(), follow=True)
    story = Story.objects.get()
    html = answer.content.decode()
    assert answer.redirect_chain == [(f"/desk/pages/{story.pk}/edit/", 302)]
    assert "What you wrote is saved as a draft" in html
    assert "2 things stand in the way: they are told first" in html
    assert "has been updated" not in html
    assert "created" not in html.split("<main")[1].split("<form")[0]
    assert f'href="/desk/pages/{story.pk}/edit/#panel-child-content-byline-section"' in html
    assert f'href="/desk/stories/{story.pk}/overrides/#override-standfirst"' in html
    assert not story.live


def test_a_form_that_is_wrong_itself_is_shown_again_and_not_saved(editor: Client) -> None:
    section = make_section()
    world = World(section, person("Editors", name="two"), is_ready=False)
    answer = editor.post(f"/desk/pages/add/gazeti_stories/story/{section.pk}/", world.form(title=""))
    assert answer.status_code == 200
    assert "Kisumu" in answer.content.decode()
    assert not Story.objects.exists()


def test_a_program_at_the_desk_gets_data(editor: Client) -> None:
    story = make_draft(make_section(), standfirst="")
    story.live_revision = None
    address = f"/desk/bulk/wagtailcore/page/publish/?id={story.pk}&next=/desk/"
    answer = editor.post(address, {}, headers={"accept": "application/json"})
    assert answer.status_code == UNREADY
    told = json.loads(answer.content)
    assert (told["success"], told["error_code"]) == (False, "not_ready")
    (reason,) = told["reasons"]
    assert (reason["rule"], reason["field"]) == ("standfirst", "standfirst")
    assert reason["link"].endswith("#panel-child-content-standfirst-section")


def test_the_api_names_each_rule_and_leaves_nothing_behind() -> None:
    """Wagtail's view makes a revision before it publishes, outside any transaction of its own."""
    story = make_draft(make_section(), standfirst="", authors=[])
    Story.objects.filter(pk=story.pk).update(latest_revision=None)
    Revision.objects.for_instance(story)._raw_delete("default")
    answer = Program(person("Editors"))("post", f"pages/{story.pk}/actions/publish/", {})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    errors = json.loads(answer.content)["errors"]
    assert [(one["rule"], one["severity"], one["field"]) for one in errors] == [
        ("byline", "always", "bylines"),
        ("standfirst", "block", "standfirst"),
    ]
    assert errors[0]["sentence"] == errors[0]["msg"]
    assert not Revision.objects.for_instance(story).exists()


FIELDS = ("title", "bylines", "published_at", "body", "standfirst", "lead_picture")


@pytest.mark.parametrize("field", FIELDS)
def test_a_reasons_link_names_a_part_of_the_form(field: str, editor: Client) -> None:
    story = make_draft(make_section())
    address, anchor = link_to(Finding(words="So.", field=field), story=story).split("#")
    assert f'id="{anchor}"' in editor.get(address).content.decode()


def test_every_finding_of_a_real_story_has_its_link(picture: Picture) -> None:
    Picture.objects.filter(pk=picture.pk).update(credit="", description="", rights_end=date(2024, 1, 1))
    body = [("picture", {"picture": picture.pk}), ("text", f"<p>{'word ' * 121}</p>")]
    story = make_draft(make_section(), lead_picture=picture, body=body, standfirst="", authors=[], headline="B " * 40)
    found = preflight_of(story, now=NOW)
    links = {(one.rule, link_to(one, story=story)) for one in (*found.blocks, *found.warnings)}
    block = story.body.get_prep_value()[0]["id"]
    edit = f"/desk/pages/{story.pk}/edit/"
    assert ("credit", f"/desk/images/{picture.pk}/#id_credit") in links
    assert ("rights", f"{edit}#block-{block}-section") in links
    assert ("alt", f"{edit}#panel-child-content-lead_picture-section") in links
    assert ("long_headline", f"{edit}#panel-child-content-title-section") in links
    for _rule, link in links:
        assert resolve(link.split("#")[0])


def test_a_story_without_a_section_is_mended_by_a_move() -> None:
    story = make_draft(make_section())
    assert link_to(Finding(words="So.", field="section"), story=story) == f"/desk/pages/{story.pk}/move/"
    assert link_to(Finding(words="So.", field="title"), story=Story(title="New")) == ""


def test_a_refusal_is_a_validation_error_with_a_sentence_for_each_reason() -> None:
    story = make_draft(make_section(), standfirst="", authors=[])
    with pytest.raises(NotReady) as refused:
        refuse_unready(story, now=NOW)
    assert refused.value.messages == refused.value.reasons
    assert [one.rule for one in refused.value.findings] == ["byline", "standfirst"]
    assert refused.value.refused[0].story == story


def test_a_plain_page_that_was_out_is_saved_as_such(outworn: Story) -> None:
    page = Page.objects.get(pk=outworn.pk)
    page.show_in_menus = True
    page.save()
    assert Story.objects.get(pk=outworn.pk).show_in_menus


def test_a_form_of_which_a_part_is_missing_is_a_bad_request_and_writes_nothing() -> None:
    desk, story = signed_in(person("Editors")), make_draft()
    desk.raise_request_exception = False
    answer = desk.post(f"/desk/pages/{story.pk}/edit/", {"title": "Cut off", "slug": story.slug})
    assert answer.status_code == 400
    assert story.revisions.count() == 1
