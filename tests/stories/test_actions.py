"""Stories are filed, revised and published whole or not at all, and each publication is logged and purged."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Revision

from gazeti import log
from gazeti.media.models import Picture
from gazeti.stories.actions import NotReady, author_named, file_section, publish_story, revise_story, topic_named
from gazeti.stories.models import Author, Front, Section, Story
from tests.front.conftest import make_picture
from tests.newsroom import BODY, NOW, make_draft, make_paper, make_section, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


def events_since(position: int, stream: str) -> list[log.Entry]:
    return [entry for entry in log.read(position) if entry.stream == stream]


def tags_since(position: int) -> set[str]:
    return {tag for entry in events_since(position, "purges") for tag in entry.data["tags"]}


def test_a_filed_story_is_a_draft_with_a_revision() -> None:
    start = log.head()
    story = make_draft(headline="The bridge", slug="bridge")
    assert not story.live
    assert story.latest_revision is not None
    assert story.slug == "bridge"
    assert story.address == "/city-affairs/bridge/"
    assert events_since(start, "stories") == []


def test_a_second_story_of_the_same_headline_gets_an_address_of_its_own() -> None:
    section = make_section()
    assert [make_draft(section, headline="The bridge").slug for _ in range(3)] == [
        "the-bridge",
        "the-bridge-2",
        "the-bridge-3",
    ]


def test_a_headline_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(ValidationError, match="has 111 characters; at most 110 fit"):
        make_draft(headline="x" * 111)
    assert not Story.objects.exists()


def test_an_update_needs_a_reason_and_a_reason_gets_a_time() -> None:
    with pytest.raises(ValidationError, match="what was updated"):
        make_draft(updated_at=NOW)
    assert make_draft(updated_reason="adds the answer").updated_at is not None


@pytest.mark.parametrize(
    ("field", "moment"),
    [
        ("published_at", datetime(1, 1, 1, tzinfo=UTC)),
        ("published_at", datetime(9999, 12, 31, tzinfo=UTC)),
        ("published_at", timezone.now() + timedelta(days=5)),
        ("updated_at", timezone.now() + timedelta(days=5)),
    ],
)
def test_a_date_that_cannot_be_is_refused(field: str, moment: datetime) -> None:
    with pytest.raises(ValidationError, match="before any newspaper or still to come"):
        make_draft(**{field: moment, "updated_reason": "adds the answer"})


def test_an_update_before_publication_is_refused() -> None:
    with pytest.raises(ValidationError, match="not updated before it is first published"):
        make_draft(published_at=NOW, updated_at=NOW - timedelta(days=1), updated_reason="adds the answer")


@pytest.mark.parametrize("slug", ["ዜና", "élan"])
def test_an_address_is_plain_letters(slug: str) -> None:
    with pytest.raises(ValidationError, match="letters a to z"):
        make_draft(slug=slug)


def test_a_decorative_lead_has_no_alt_text(picture: Picture) -> None:
    with pytest.raises(ValidationError, match="Decorative pictures"):
        make_draft(lead_picture=picture, lead_alt="Crates", lead_decorative=True)


def test_a_fact_that_no_story_has_is_refused() -> None:
    from django.core.exceptions import FieldDoesNotExist

    with pytest.raises(FieldDoesNotExist):
        make_draft(subtitle="x")


def test_publishing_stamps_logs_and_purges() -> None:
    story = make_draft(published_at=None, topics=[topic_named("Water")])
    start, before = log.head(), timezone.now()
    publish_story(story, now=NOW)
    assert story.live
    assert before <= story.published_at <= timezone.now()
    (event,) = events_since(start, "stories")
    assert (event.kind, event.data) == ("published", {"story": story.pk, "revision": story.live_revision_id})
    author, topic = story.authors[0], story.topics.get()
    section = story.get_parent()
    assert tags_since(start) >= {
        f"story:{story.pk}", "recent", "front", f"section:{section.pk}", f"author:{author.pk}", f"topic:{topic.pk}"
    }  # fmt: skip


def test_a_given_date_is_kept_however_often_it_is_published() -> None:
    story = make_story(published_at=NOW - timedelta(days=700))
    revise_story(story, now=NOW, standfirst="Another one.")
    publish_story(story, now=NOW)
    assert Story.objects.get().published_at == NOW - timedelta(days=700)
    assert Story.objects.get().standfirst == "Another one."


def test_a_stamped_date_outlives_a_revision_that_knows_none() -> None:
    """The second revision was written before the first went out and got its date."""
    story = make_draft(published_at=None)
    first = story.latest_revision_id
    revise_story(story, now=NOW, standfirst="Another one.")
    Revision.objects.get(pk=first).publish()
    stamped = Story.objects.get().published_at
    publish_story(Story.objects.get(), now=NOW)
    assert stamped is not None
    assert Story.objects.get().standfirst == "Another one."
    assert Story.objects.get().published_at == stamped


def test_a_story_that_is_not_ready_gives_all_reasons_and_stays_a_draft() -> None:
    story = make_draft(authors=[], body=[("text", "<p> </p>")])
    start = log.head()
    with pytest.raises(NotReady) as refused:
        publish_story(story, now=NOW)
    assert len(refused.value.reasons) == 2
    assert not Story.objects.get().live
    assert log.head() == start


def test_a_credit_is_a_byline_and_a_picture_is_a_body(picture: Picture) -> None:
    body = [("picture", {"picture": picture, "alt": "", "decorative": True, "caption": ""})]
    assert make_story(authors=[], credit="Sample Wire", body=body).live


def test_a_revision_changes_nothing_that_readers_see_until_it_is_published() -> None:
    story = make_story(headline="As published")
    revise_story(story, now=NOW, headline="As revised", authors=[author_named("Otieno Were")])
    shown = Story.objects.get()
    assert shown.title == "As published"
    assert [author.name for author in shown.authors] == ["Amina Farah"]
    publish_story(shown, now=NOW)
    shown = Story.objects.get()
    assert shown.title == "As revised"
    assert [author.name for author in shown.authors] == ["Otieno Were"]


def test_withdrawing_is_logged_and_purged() -> None:
    story = make_story()
    start = log.head()
    story.unpublish()
    assert [event.kind for event in events_since(start, "stories")] == ["unpublished"]
    assert {f"story:{story.pk}", "recent", "front"} <= tags_since(start)


def test_scheduling_a_story_that_was_never_out_logs_no_publication() -> None:
    story = make_draft(published_at=None)
    start = log.head()
    draft = story.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(approved_go_live_at=draft.go_live_at).publish()
    assert events_since(start, "stories") == []
    assert Story.objects.get().published_at is None


def test_an_alias_logs_no_publication_of_its_own() -> None:
    story = make_story()
    start = log.head()
    story.create_alias(parent=make_section(title="Health"))
    assert [event for event in events_since(start, "stories") if event.data["story"] != story.pk] == []


def test_a_move_purges_the_lists_of_both_sections() -> None:
    story, old, new = make_story(), make_section(), make_section(title="Health")
    start = log.head()
    story.move(new, pos="last-child")
    assert {f"section:{new.pk}", f"section:{old.pk}", f"story:{story.pk}"} <= tags_since(start)


def test_deleting_purges_what_showed_it() -> None:
    story = make_draft()
    start = log.head()
    Story.objects.get().delete()
    assert {f"story:{story.pk}", "recent"} <= tags_since(start)


def test_an_author_that_stories_name_cannot_be_deleted() -> None:
    from django.db.models import ProtectedError

    make_story()
    with pytest.raises(ProtectedError):
        Author.objects.get().delete()


def test_renaming_an_author_purges_each_story_that_names_them() -> None:
    story, other = make_story(), make_story(authors=[author_named("Otieno Were")])
    start = log.head()
    author = Author.objects.get(name="Amina Farah")
    author.name = "Amina F. Farah"
    author.save()
    assert f"story:{story.pk}" in tags_since(start)
    assert f"story:{other.pk}" not in tags_since(start)


def test_names_are_found_again_in_any_case_and_never_share_an_address() -> None:
    assert author_named("Amina Farah") == author_named("amina FARAH")
    assert author_named("Amina-Farah").slug == "amina-farah-2"


def test_a_section_is_found_again_by_its_title() -> None:
    front = make_paper()
    assert file_section(front, title="City Affairs") == file_section(front, title="CITY affairs")
    assert Section.objects.count() == 1


@pytest.mark.parametrize("slug", ["recent", "desk", "search", "sw", "SW", "live", "healthz"])
def test_an_address_of_the_house_is_no_sections(slug: str) -> None:
    with pytest.raises(ValidationError, match="address Gazeti itself needs"):
        file_section(make_paper(), title="Mine", slug=slug)
    assert not Section.objects.exists()


def test_a_story_may_be_called_like_an_address_of_the_house() -> None:
    assert make_story(headline="Recent").address == "/city-affairs/recent/"


def test_the_front_is_made_once_at_the_root_of_the_addresses() -> None:
    from wagtail.models import Page, Site

    front = make_paper()
    assert make_paper() == front
    assert front.address == "/"
    assert Front.objects.count() == 1
    assert Site.objects.get(is_default_site=True).root_page_id == front.pk
    assert Page.objects.filter(depth=2).count() == 1


def test_a_body_may_be_replaced() -> None:
    story = make_story(body=BODY)
    revise_story(story, now=NOW, body=[("heading", "Only this"), ("text", "<p>And this.</p>")])
    publish_story(story, now=NOW)
    assert [block.block_type for block in Story.objects.get().body] == ["heading", "text"]


def test_a_story_waits_for_its_own_pictures_alone(picture: Picture) -> None:
    other = make_picture("other")
    Picture.objects.update(served=[], served_from="")
    words = {"picture": picture, "alt": "Crates", "decorative": False, "caption": ""}
    make_story(body=[*BODY, ("gallery", [words, words])])
    picture.refresh_from_db()
    other.refresh_from_db()
    assert picture.is_ready
    assert not other.is_ready
