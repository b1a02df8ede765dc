"""A page that moves keeps its old address by a redirect, if readers had it; addresses of the house are no page's."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from gazeti import edge, log
from gazeti.base.actions import file_information_page, publish_information_page
from gazeti.base.rules import RESERVED_SLUGS
from gazeti.stories.actions import publish_story, revise_story, withdraw_story
from gazeti.stories.models import Front, Section, Story
from tests.newsroom import NOW, make_draft, make_paper, make_section, make_story
from tests.stories.calling import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """A client signed in as somebody who may do everything."""
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    return client


def there(path: str, **headers: Any) -> tuple[int, str]:
    """Status and place that an address answers a reader with."""
    answer = Client().get(path, **headers)
    return answer.status_code, answer.get("Location", "")


def purged(position: int) -> set[str]:
    return {tag for entry in log.read(position) if entry.stream == "purges" for tag in entry.data["tags"]}


def renamed(story: Story, slug: str) -> Story:
    publish_story(revise_story(story, now=NOW, slug=slug), now=NOW)
    story.refresh_from_db()
    return story


def moved(story: Story, title: str = "Health") -> Story:
    story.move(make_section(title=title), pos="last-child")
    return Story.objects.get(pk=story.pk)


def section_renamed(story: Story) -> Story:
    section = Section.objects.get(pk=story.get_parent().pk)
    section.slug = "town"
    section.save_revision().publish()
    return Story.objects.get(pk=story.pk)


CHANGES = {
    "another slug": lambda story: renamed(story, "another"),
    "another section": moved,
    "the section's slug": section_renamed,
}


@pytest.mark.database
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_old_address_leads_to_the_new_one_by_each_method_of_reading(change: Any) -> None:
    story = make_story()
    old = story.address
    story = change(story)
    assert story.address != old
    assert there(old) == (301, story.address)
    assert there(f"{old}?from=mail") == (301, story.address)
    answer = Client().head(old)
    assert (answer.status_code, answer["Location"], answer.content) == (301, story.address, b"")
    assert there(story.address) == (200, "")
    assert Client().post(old).status_code == 404
    assert Client(enforce_csrf_checks=True).post(old).status_code == 404


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_both_ends_of_a_move_are_purged_with_it(change: Any) -> None:
    story = make_story()
    shown, position = Client().get(story.address), log.head()
    story = change(story)
    assert edge.tags_of(shown) & purged(position)
    led, position = Client().get(shown.request["PATH_INFO"]), log.head()
    assert led["Cache-Control"] == "public, no-cache"
    withdraw_story(story, now=NOW)
    assert edge.tags_of(led) & purged(position)


def test_after_many_moves_one_step_leads_to_where_it_is_now() -> None:
    story = make_story()
    olds = [story.address]
    for change in (moved, lambda one: renamed(one, "another"), lambda one: moved(one, "Sport")):
        story = change(story)
        olds.append(story.address)
    assert {there(old) for old in olds[:-1]} == {(301, olds[-1])}


def test_back_at_its_first_address_it_is_there_and_the_other_leads_to_it() -> None:
    story = make_story(slug="first")
    first, story = story.address, renamed(story, "second")
    second, story = story.address, renamed(story, "first")
    assert there(first) == (200, "")
    assert there(second) == (301, first)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_address_that_no_reader_had_leads_nowhere(change: Any) -> None:
    story = make_draft()
    old = story.address
    story = change(story)
    publish_story(story, now=NOW)
    assert there(old) == (404, "") or change is section_renamed
    assert not Redirect.objects.filter(redirect_page=story).exists()


@pytest.mark.database
@pytest.mark.parametrize("how", ["draft", "private", "section", "embargo"])
def test_the_new_address_of_what_is_hidden_never_leaks(how: str) -> None:
    story = make_story()
    old, story = story.address, renamed(story, "secret-merger")
    assert there(old) == (301, story.address)
    if how == "draft":
        story.unpublish()
    elif how == "private":
        PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    elif how == "section":
        Section.objects.get().unpublish()
    else:
        Story.objects.update(published_at=None, embargo_until=NOW)
    answer = Client().get(old)
    assert (answer.status_code, answer.get("Location")) == (404, None)
    assert "secret-merger" not in answer.content.decode()


def test_of_a_withdrawn_story_the_old_address_leads_to_its_sentence() -> None:
    story = make_story()
    old, story = story.address, moved(story)
    withdraw_story(story, now=NOW)
    assert there(old) == (301, story.address)
    assert there(story.address) == (410, "")


def test_a_page_that_comes_to_an_old_address_wins_over_what_led_away_from_it() -> None:
    story = make_story(slug="first")
    old, story = story.address, renamed(story, "second")
    position, led = log.head(), Client().get(old)
    other = make_draft(slug="first")
    assert there(old) == (301, story.address)
    publish_story(other, now=NOW)
    assert there(old) == (200, "")
    assert edge.tags_of(led) & purged(position)
    other = renamed(other, "third")
    assert there(old) == (301, other.address)


def test_a_section_and_a_page_about_the_paper_keep_their_old_addresses_too() -> None:
    page = file_information_page(
        make_paper(), title="Ethics", slug="ethics", body=[{"type": "text", "value": "<p>We check.</p>"}]
    )
    publish_information_page(page)
    make_section(title="Health")
    for slug in ("ethics", "health"):
        one = Page.objects.get(slug=slug).specific
        one.slug = f"our-{slug}"
        one.save_revision().publish()
        assert there(f"/{slug}/") == (301, f"/our-{slug}/")


def test_a_new_slug_of_the_front_changes_no_address() -> None:
    story, front = make_story(), Front.objects.get()
    front.slug = "start"
    front.save_revision().publish()
    story.refresh_from_db()
    assert there(story.address) == (200, "")
    assert not Redirect.objects.exists()


def test_a_section_of_many_stories_is_renamed_in_few_queries(django_assert_max_num_queries: Any) -> None:
    section = make_section()
    for _ in range(12):
        make_story(section)
    section.slug = "town"
    revision = section.save_revision()
    with django_assert_max_num_queries(60):
        revision.publish()
    assert Redirect.objects.count() == 13


@pytest.mark.parametrize("link", ["{}/old/", "{}/old"])
def test_a_redirect_to_itself_is_not_followed(link: str) -> None:
    make_paper()
    Redirect.add_redirect("/old/", redirect_to=link.format(settings.GAZETI_ADDRESS))
    assert there("/old/") == (404, "")


def test_the_redirect_of_a_page_that_is_open_never_hides_it() -> None:
    story = make_story()
    Redirect.add_redirect(story.address, redirect_to="https://example.org/")
    assert there(story.address) == (200, "")


def test_editors_find_what_moves_left_behind_at_the_desk(desk: Client) -> None:
    story = make_story()
    old = story.address
    moved(story)
    assert old.rstrip("/") in desk.get(reverse("wagtailredirects:index")).content.decode()


NEEDED = "is an address Gazeti itself needs"


@pytest.mark.parametrize("slug", ["search", "Desk", "healthz"])
@pytest.mark.parametrize("is_live", [True, False])
def test_an_address_of_the_house_is_taken_by_no_page_under_the_front(slug: str, is_live: bool) -> None:
    front = make_paper()
    for kind in (Section, Page):
        page = kind(title="Search", slug=slug, live=is_live)
        with pytest.raises(ValidationError, match=NEEDED):
            front.add_child(instance=page)
    section = make_section()
    section.slug = slug
    with pytest.raises(ValidationError, match=NEEDED):
        section.save(clean=False)
    with pytest.raises(ValidationError, match=NEEDED):
        make_section().copy(update_attrs={"slug": slug}, keep_live=is_live)
    with pytest.raises(ValidationError, match=NEEDED):
        make_section(title="Search")


def test_a_story_may_be_called_so_until_it_is_moved_under_the_front() -> None:
    story = make_story(slug="search")
    assert there(story.address) == (200, "")
    with pytest.raises(ValidationError, match=NEEDED):
        story.move(Front.objects.get(), pos="last-child")
    story = Story.objects.get()
    assert (story.depth, there(story.address)) == (4, (200, ""))


def test_the_desk_and_the_api_refuse_it_with_the_sentence(desk: Client) -> None:
    section = make_section()
    copy = {"new_title": "Search", "new_slug": "search", "new_parent_page": section.get_parent().pk}
    answer = desk.post(reverse("wagtailadmin_pages:copy", args=[section.pk]), copy)
    assert answer.status_code == 200
    assert NEEDED in answer.content.decode()
    address = reverse("wagtailadmin_pages:add", args=["gazeti_stories", "section", section.get_parent().pk])
    answer = desk.post(address, {"title": "Search", "slug": "search"})
    assert NEEDED in answer.content.decode()
    answer = desk.post(reverse("wagtailadmin_pages:edit", args=[section.pk]), {"title": "Search", "slug": "search"})
    assert NEEDED in answer.content.decode()
    program = Program(get_user_model().objects.create_superuser("program@paper.example", "secret"))
    answer = program("post", f"pages/{section.pk}/actions/copy/", {"slug": "search"})
    assert answer.status_code == 422
    assert NEEDED in answer.content.decode()
    assert Section.objects.count() == 1


def test_every_first_word_of_the_houses_addresses_is_reserved() -> None:
    words = {str(one.pattern).lstrip("^").partition("/")[0] for one in get_resolver().url_patterns}
    inner = {
        str(sub.pattern).lstrip("^").partition("/")[0]
        for one in get_resolver().url_patterns
        if not str(one.pattern)
        for sub in one.url_patterns
    }
    plain = {word for word in words | inner if word and word.replace("-", "").replace(".", "").isalnum()}
    assert plain - RESERVED_SLUGS == set()
