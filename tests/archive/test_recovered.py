"""Headlines whose text is missing: kept as drafts, completed by their page, never published by an import."""

from datetime import datetime

import pytest

from gazeti import log
from gazeti.archive.rules import RECOVERED, Verdict
from gazeti.stories.models import Section, Story
from gazeti.stories.queries import public_stories
from tests.archive import pages
from tests.archive.importing import NAIROBI, TEA, TEA_PAGE, imported, story_of, written
from tests.newsroom import make_draft, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak, pytest.mark.usefixtures("paper")]


@pytest.fixture
def draft() -> Story:
    imported(pages.BRIDGE)
    return Story.objects.get(title=TEA)


def test_their_section_is_in_no_navigation(draft: Story) -> None:
    section = Section.objects.get(title=RECOVERED)
    assert section.show_in_menus is False
    assert section.live is False


def test_no_publishing_touches_them(draft: Story) -> None:
    imported(pages.BRIDGE, publish=True)
    draft.refresh_from_db()
    assert (draft.live, draft.recovered) == (False, True)


def test_a_page_under_the_headline_completes_the_draft_and_moves_it(draft: Story) -> None:
    outcome = imported(TEA_PAGE.replace("third", "THIRD"))
    assert (outcome.verdict, outcome.story) == (Verdict.COMPLETED, draft.pk)
    story = story_of(outcome)
    assert story.get_parent().title == "Business"
    assert story.recovered is False
    assert story.title == TEA
    assert [author.name for author in story.authors] == ["Ali Noor"]
    assert story.published_at == datetime(2024, 7, 3, 12, tzinfo=NAIROBI)
    assert story.address == f"/business/{story.slug}/"
    assert story.get_latest_revision_as_object().recovered is False


def test_completed_it_can_go_out_with_the_date_of_the_list(draft: Story) -> None:
    outcome = imported(TEA_PAGE, publish=True)
    assert outcome.is_live
    assert [story.pk for story in public_stories()] == [draft.pk]


def test_completed_it_is_whole_and_the_same_page_changes_nothing(draft: Story) -> None:
    imported(TEA_PAGE)
    before = written()
    assert imported(TEA_PAGE).verdict is Verdict.UNCHANGED
    assert imported(pages.BRIDGE).verdict is Verdict.UNCHANGED
    assert written() == before


def test_moved_it_purges_the_section_it_left_and_the_one_it_came_into(draft: Story) -> None:
    left, before = draft.get_parent(), log.head()
    story = story_of(imported(TEA_PAGE))
    tags = {tag for entry in log.read(before) for tag in entry.data.get("tags", [])}
    assert {f"section:{left.pk}", f"section:{story.get_parent().pk}"} <= tags


def test_it_takes_a_free_address_in_its_new_section(draft: Story) -> None:
    make_draft(make_section(title="Business"), headline="Something else", slug=draft.slug)
    outcome = imported(TEA_PAGE)
    assert outcome.reasons == ()
    assert story_of(outcome).slug == f"{draft.slug}-2"


def test_a_page_imported_before_leaves_no_draft_of_its_headline() -> None:
    imported(TEA_PAGE)
    imported(pages.BRIDGE)
    assert Story.objects.filter(title=TEA).count() == 1
    assert not Story.objects.get(title=TEA).recovered


def test_deleted_at_the_desk_it_stays_away(draft: Story) -> None:
    draft.delete()
    outcome = imported(pages.BRIDGE)
    assert {each.verdict for each in outcome.recent} == {Verdict.SKIPPED, Verdict.UNCHANGED}
    assert not Story.objects.filter(title=TEA).exists()


def test_a_page_deleted_at_the_desk_is_made_again() -> None:
    story_of(imported(TEA_PAGE)).delete()
    assert imported(TEA_PAGE).verdict is Verdict.MADE


def test_a_text_typed_into_the_draft_is_not_replaced(draft: Story) -> None:
    written_in = draft.get_latest_revision_as_object()
    written_in.body = [("text", "<p>An editor wrote this from memory in the meantime, eight words and more.</p>")]
    written_in.save_revision()
    outcome = imported(TEA_PAGE)
    assert outcome.story != draft.pk


def test_one_too_long_is_skipped_with_its_reason_and_the_page_comes_in() -> None:
    foot = f"Recent Stories\n\n{'Tea ' * 40}\n\nJuly 3, 2024"
    outcome = imported(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", foot=foot))
    (only,) = outcome.recent
    assert outcome.verdict is Verdict.MADE
    assert (only.verdict, "159 characters" in only.because) == (Verdict.SKIPPED, True)


def test_the_newest_printed_first_is_listed_first(draft: Story) -> None:
    listed = Story.objects.filter(recovered=True).order_by("-published_at", "-pk")
    assert next(story.title for story in listed) == TEA
