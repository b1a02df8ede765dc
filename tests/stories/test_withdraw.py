"""Taking a story back: the desk asks, and its address answers 410 with a sentence, or 404, from then on."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gazeti import edge, log
from gazeti.media.models import Picture
from gazeti.stories.actions import publish_story, withdraw_story
from gazeti.stories.models import Section, Story
from tests.newsroom import NOW, make_draft, make_section, make_story, make_withdrawn

pytestmark = pytest.mark.django_db
SENTENCE = "It named the wrong man. We are sorry."
SUGGESTED = "It was published here, and the newsroom has withdrawn it since."


@pytest.fixture
def desk(client: Client) -> Client:
    """A client signed in as somebody who may do everything."""
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    return client


def unpublish(page: Story | Section) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def bulk(action: str, *pages: Story | Section) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?{ids}"


def status(page: Story | Section) -> int:
    return Client().get(page.address).status_code


def told(page: Story) -> str:
    return Client().get(page.address).content.decode()


def kinds(position: int) -> list[str]:
    return [entry.kind for entry in log.read(position) if entry.stream == "stories"]


def purged(position: int) -> set[str]:
    return {tag for entry in log.read(position) if entry.stream == "purges" for tag in entry.data["tags"]}


@pytest.mark.database
def test_a_withdrawn_story_answers_with_its_sentence_and_its_record_is_kept(picture: Picture) -> None:
    story = make_story(lead_picture=picture)
    shown, position = Client().get(story.address), log.head()
    withdraw_story(story, now=NOW, note=f" {SENTENCE} ")
    gone = Client().get(story.address)
    assert gone.status_code == 410
    assert SENTENCE in gone.content.decode()
    assert story.headline not in gone.content.decode()
    assert kinds(position) == ["withdrawn"]
    assert edge.tags_of(shown) & purged(position)
    assert edge.tags_of(gone) & purged(position)
    assert f"picture:{picture.pk}" in purged(position)
    assert (story.withdrawn_at, story.withdrawn_note, story.live) == (NOW, SENTENCE, False)
    assert story.get_latest_revision() is not None


def test_without_a_sentence_readers_get_ours() -> None:
    assert SUGGESTED in told(make_withdrawn())


def test_an_expired_story_says_that_its_time_has_passed() -> None:
    story = make_story()
    withdraw_story(story, now=NOW, has_expired=True)
    assert status(story) == 410
    assert "for a limited time" in told(story)
    assert "taken back" not in told(story)


def test_what_never_was_out_is_not_withdrawn() -> None:
    with pytest.raises(ValidationError, match="never out"):
        withdraw_story(make_draft(), now=NOW)


def test_a_sentence_that_is_too_long_is_refused_and_nothing_is_taken_down() -> None:
    story = make_story()
    with pytest.raises(ValidationError):
        withdraw_story(story, now=NOW, note="x" * 201)
    assert status(story) == 200


def test_a_sentence_with_a_null_character_is_refused_and_nothing_is_taken_down() -> None:
    story = make_story()
    with pytest.raises(ValidationError, match="Null characters"):
        withdraw_story(story, now=NOW, note="It named\x00 the wrong man.")
    assert status(story) == 200


def test_of_a_sentence_that_nobody_sees_readers_get_ours() -> None:
    story = make_story()
    withdraw_story(story, now=NOW, note="\u200b")
    story.refresh_from_db()
    assert story.withdrawn_note == ""


def test_a_published_story_under_embargo_goes_back_to_a_draft() -> None:
    story = make_story(published_at=None, embargo_until=NOW + timedelta(days=5000))
    assert story.live
    withdraw_story(story, now=NOW, note=SENTENCE)
    assert (story.live, story.withdrawn_at) == (False, None)
    assert status(story) == 404


def test_words_of_a_draft_do_not_get_into_a_story_that_is_withdrawn() -> None:
    story = make_story(headline="The words that are out")
    draft = story.get_latest_revision_as_object()
    draft.title = "The words that are not"
    draft.save_revision()
    withdraw_story(draft, now=NOW)
    assert Story.objects.get().title == "The words that are out"


def test_a_story_that_went_back_to_a_draft_can_still_be_withdrawn() -> None:
    story = make_story()
    story.unpublish()
    assert status(story) == 404
    position = log.head()
    withdraw_story(story, now=NOW, note=SENTENCE)
    assert status(story) == 410
    assert kinds(position) == ["withdrawn"]


def test_published_again_it_is_back_and_back_to_a_draft_it_is_nowhere() -> None:
    story = make_withdrawn()
    publish_story(story, now=NOW)
    assert status(story) == 200
    story.unpublish()
    assert status(story) == 404


def test_an_alias_is_withdrawn_with_its_story() -> None:
    story = make_story()
    alias = story.create_alias(parent=make_section(title="Health"))
    assert status(alias) == 200
    withdraw_story(story, now=NOW, note=SENTENCE)
    assert status(alias) == 410
    publish_story(story, now=NOW)
    assert status(alias) == 200
    story.unpublish()
    assert status(alias) == 404


def test_the_desk_asks_before_it_takes_down_what_readers_had(desk: Client) -> None:
    story = make_story()
    html = desk.get(unpublish(story)).content.decode()
    assert "What shall they find" in html
    assert SUGGESTED in html
    answer = desk.post(unpublish(story))
    assert answer.status_code == 422
    assert "Choose what readers are told" in answer.content.decode()
    assert status(story) == 200


@pytest.mark.database
@pytest.mark.parametrize(("outcome", "found"), [("withdraw", 410), ("draft", 404)])
def test_what_the_desk_is_told_readers_find(desk: Client, outcome: str, found: int) -> None:
    story = make_story()
    position = log.head()
    assert desk.post(unpublish(story), {"outcome": outcome, "note": SENTENCE}).status_code == 302
    assert status(story) == found
    assert (SENTENCE in told(story)) is (found == 410)
    assert kinds(position) == ["withdrawn" if found == 410 else "unpublished"]


def test_the_desk_says_that_a_sentence_is_too_long_and_loses_nothing(desk: Client) -> None:
    story = make_story()
    answer = desk.post(unpublish(story), {"outcome": "withdraw", "note": "y" * 201})
    assert answer.status_code == 422
    assert "y" * 201 in answer.content.decode()
    assert status(story) == 200


def test_of_a_story_under_embargo_nothing_is_asked(desk: Client) -> None:
    story = make_story(published_at=None, embargo_until=NOW + timedelta(days=5000))
    html = desk.get(unpublish(story)).content.decode()
    assert "What shall they find" not in html
    assert "Are you sure" in html
    assert desk.post(unpublish(story)).status_code == 302
    assert not Story.objects.get().live


def test_a_section_asks_only_where_its_stories_go_too(desk: Client) -> None:
    section = make_section(title="Health")
    story = make_story(section)
    assert "The pages below too" in desk.get(unpublish(section)).content.decode()
    assert desk.post(unpublish(section), {"include_descendants": "on"}).status_code == 422
    everything = {"include_descendants": "on", "outcome": "withdraw", "note": SENTENCE}
    assert desk.post(unpublish(section), everything).status_code == 302
    section.refresh_from_db()
    assert (section.live, status(story)) == (False, 410)


def test_a_section_alone_is_taken_down_without_a_question(desk: Client) -> None:
    section = make_section(title="Health")
    story = make_story(section)
    assert desk.post(unpublish(section)).status_code == 302
    assert (status(section), status(story)) == (404, 404)
    story.refresh_from_db()
    assert story.live


@pytest.mark.parametrize(("outcome", "found"), [("withdraw", 410), ("draft", 404)])
def test_of_many_the_desk_asks_once(desk: Client, outcome: str, found: int) -> None:
    stories = [make_story() for _ in range(3)]
    html = desk.get(bulk("unpublish", *stories)).content.decode()
    assert html.count('name="note"') == 1
    assert desk.post(bulk("unpublish", *stories)).status_code == 200
    assert {status(story) for story in stories} == {200}
    answer = desk.post(bulk("unpublish", *stories), {"outcome": outcome, "note": SENTENCE})
    assert answer.status_code == 302
    assert {status(story) for story in stories} == {found}


def test_of_many_that_never_were_out_nothing_is_asked(desk: Client) -> None:
    story = make_story(published_at=None, embargo_until=NOW + timedelta(days=5000))
    assert 'name="note"' not in desk.get(bulk("unpublish", story)).content.decode()
    assert desk.post(bulk("unpublish", story)).status_code == 302
    assert not Story.objects.get().live


def test_a_section_among_many_takes_its_stories_along_as_it_is_told(desk: Client) -> None:
    section = make_section(title="Health")
    inside, outside = make_story(section), make_story()
    chosen = {"include_descendants": "on", "outcome": "withdraw", "note": SENTENCE}
    answer = desk.post(bulk("unpublish", section, outside) + "&next=/desk/", chosen, follow=True)
    assert (status(inside), status(outside)) == (410, 410)
    assert "2 pages and 1 child page have been unpublished" in answer.content.decode()


@pytest.mark.parametrize("role", ["nobody", "reader", "reporter"])
def test_nobody_takes_a_story_down_who_may_not_publish(client: Client, role: str) -> None:
    story = make_story()
    user = get_user_model().objects.create_user("somebody@paper.example", "secret")
    if role == "reporter":
        user.groups.add(Group.objects.get(name="Reporters"))
    if role != "nobody":
        client.force_login(user)
    for address in (unpublish(story), bulk("unpublish", story)):
        assert client.get(address).status_code in (200, 302, 404)
        client.post(address, {"outcome": "withdraw", "note": SENTENCE})
        assert status(story) == 200


def test_what_is_not_there_cannot_be_taken_down(desk: Client) -> None:
    assert desk.get(reverse("wagtailadmin_pages:unpublish", args=[999_999])).status_code == 404


def test_the_pages_history_tells_of_it(desk: Client) -> None:
    story = make_story()
    desk.post(unpublish(story), {"outcome": "withdraw", "note": SENTENCE})
    html = desk.get(reverse("wagtailadmin_pages:history", args=[story.pk])).content.decode()
    assert "Withdrawn: readers are told so" in html


def test_an_update_that_waits_for_its_time_keeps_no_wrong_story_out(client: Client) -> None:
    editor = get_user_model().objects.create_user("grace@paper.example", "secret")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    story = make_story()
    later = story.get_latest_revision_as_object()
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish()
    answer = client.post(unpublish(story), {"outcome": "withdraw", "note": SENTENCE})
    assert answer.status_code == 302, answer.content.decode()
    assert status(story) == 410
    assert not story.revisions.exclude(approved_go_live_at=None).exists()
