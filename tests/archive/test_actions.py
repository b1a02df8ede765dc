"""Importing pages: what is in the newsroom afterwards."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Page, Revision

from gazeti import log
from gazeti.archive.actions import import_page, rehearse_page
from gazeti.archive.formats.bylines import byline_given
from gazeti.archive.formats.dates import date_of
from gazeti.archive.formats.page import parse_page
from gazeti.archive.models import ImportedPage
from gazeti.archive.queries import Given, Outcome
from gazeti.archive.rules import RECOVERED, Standing, Verdict
from gazeti.stories.models import Author, Section, Story
from gazeti.stories.queries import public_stories
from tests.archive import pages
from tests.newsroom import make_draft, make_paper, make_section, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Africa/Nairobi"))
NAIROBI = ZoneInfo("Africa/Nairobi")
BARE = pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |")
TEA = "Tea prices rise for a third week at the Mombasa auction"
TEA_PAGE = pages.page(
    head=f"Business\n\n{TEA}\n\nBy Ali Noor",
    text=(
        "Brokers at the auction in Mombasa sold a kilogram for two dollars and ten cents on Tuesday, three cents more.",
        "Farmers in Kericho will see the money in October, when their factories pay what is called the bonus.",
    ),
)


@pytest.fixture(autouse=True)
def paper(db: None) -> None:
    make_paper()


def said(*, section: str = "", byline: str = "", date: str = "") -> Given:
    found = date_of(date) if date else None
    return Given(section, byline_given(byline) if byline else None, found.value if found else None)


def imported(text: str, *, publish: bool = False, now: datetime = NOW, **facts: str) -> Outcome:
    given = said(**facts)
    parsed = parse_page(text, section_given=bool(given.section))
    return import_page(parsed, given=given, publish=publish, now=now, source="page.txt")


def story_of(outcome: Outcome) -> Story:
    return Story.objects.get(pk=outcome.story)


def written() -> tuple[int, ...]:
    """Count what a run may have written."""
    counted = (Page, Revision, ImportedPage, Author)
    return (*(model.objects.count() for model in counted), log.head())


class TestSeed:
    """The page of the seed."""

    pytestmark = pytest.mark.material

    @pytest.fixture
    def text(self, shared: Path) -> str:
        return (shared / "seed" / "page.txt").read_text(encoding="utf-8")

    def test_it_is_one_story_in_its_section_and_twenty_drafts(self, text: str) -> None:
        story = story_of(imported(text))
        drafts = Story.objects.filter(recovered=True)
        assert story.get_parent().title == "City Affairs"
        assert (story.live, story.recovered) == (False, False)
        assert Story.objects.count() == 21
        assert drafts.count() == 20
        assert {draft.get_parent().title for draft in drafts} == {RECOVERED}
        assert not drafts.filter(live=True).exists()
        assert {draft.published_at.astimezone(NAIROBI).date().isoformat() for draft in drafts} == {"2024-07-04"}

    def test_its_text_is_one_block_with_every_paragraph_as_printed(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line]
        (block,) = story_of(imported(text)).body
        printed = "".join(f"<p>{line}</p>" for line in lines[4 : lines.index("Reader comments")])
        assert block.block_type == "text"
        assert block.value.source == printed

    def test_published_it_is_read_and_its_recovered_headlines_are_not(self, text: str) -> None:
        outcome = imported(text, publish=True, byline="Jane Doe", date="4 July 2024")
        assert [story.pk for story in public_stories()] == [outcome.story]

    def test_refused_it_leaves_nothing_behind(self, text: str) -> None:
        before = written()
        outcome = imported(text, publish=True)
        assert outcome.verdict is Verdict.REFUSED
        assert len(outcome.reasons) == 2
        assert written() == before

    def test_again_it_changes_nothing(self, text: str) -> None:
        imported(text)
        before = written()
        outcome = imported(text, now=NOW + timedelta(days=1))
        assert outcome.verdict is Verdict.UNCHANGED
        assert written() == before


def test_a_page_with_byline_and_date_is_published_with_them() -> None:
    outcome = imported(pages.BRIDGE, publish=True)
    story = story_of(outcome)
    assert (outcome.verdict, outcome.is_live) == (Verdict.MADE, True)
    assert story.live
    assert [author.name for author in story.authors] == ["Wanjiku Otieno"]
    assert story.credit == "KNA"
    assert story.standfirst == pages.STANDFIRST
    assert story.published_at == datetime(2024, 7, 4, 12, tzinfo=NAIROBI)


def test_published_again_it_changes_nothing() -> None:
    imported(pages.BRIDGE, publish=True)
    before = written()
    assert imported(pages.BRIDGE, publish=True).verdict is Verdict.UNCHANGED
    assert written() == before


def test_a_swahili_page_is_a_swahili_story() -> None:
    assert story_of(imported(pages.SWAHILI)).language == "sw"


def test_the_section_that_was_given_beats_the_printed_one() -> None:
    assert story_of(imported(BARE, section="Business")).get_parent().title == "Business"


def test_a_section_that_is_there_is_used_whatever_its_capitals() -> None:
    section = make_section(title="TRANSPORT")
    assert story_of(imported(BARE)).get_parent().pk == section.pk


def test_an_author_who_is_there_is_used() -> None:
    make_story(authors=[Author.objects.create(name="Jane Doe", slug="jane-doe")])
    imported(BARE, byline="jane doe")
    assert Author.objects.filter(name__iexact="jane doe").count() == 1


def test_somebody_named_twice_stands_in_the_byline_once() -> None:
    assert len(story_of(imported(BARE, byline="Jane Doe and Jane Doe")).authors) == 1


def test_more_facts_complete_the_same_story_and_publish_it() -> None:
    first = imported(BARE)
    second = imported(BARE, publish=True, byline="Jane Doe", date="2024-07-04")
    assert (second.verdict, second.story) == (Verdict.COMPLETED, first.story)
    story = story_of(second)
    assert story.live
    assert [author.name for author in story.authors] == ["Jane Doe"]
    assert story.published_at == datetime(2024, 7, 4, 12, tzinfo=NAIROBI)


def test_a_day_without_a_time_that_is_today_is_now() -> None:
    outcome = imported(BARE, publish=True, byline="Jane Doe", date="1 March 2026")
    assert story_of(outcome).published_at == NOW
    later = imported(BARE, publish=True, byline="Jane Doe", date="1 March 2026", now=NOW + timedelta(hours=1))
    assert later.verdict is Verdict.UNCHANGED


def test_what_an_editor_wrote_since_is_kept() -> None:
    outcome = imported(pages.BRIDGE)
    story = story_of(outcome)
    draft = story.get_latest_revision_as_object()
    draft.title, draft.standfirst = "A better headline", ""
    draft.save_revision()
    before = written()
    again = imported(pages.BRIDGE)
    assert (again.verdict, again.story) == (Verdict.UNCHANGED, outcome.story)
    assert written() == before


def test_a_story_with_unpublished_changes_is_left_to_its_editor() -> None:
    story = story_of(imported(BARE, publish=True, byline="Jane Doe", date="2024-07-04"))
    draft = story.get_latest_revision_as_object()
    draft.standfirst = ""
    draft.save_revision()
    before = written()
    with_standfirst = pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\n{pages.STANDFIRST}\n\nBy |")
    assert imported(with_standfirst).verdict is Verdict.REFUSED
    assert written() == before


def test_a_story_typed_at_the_desk_is_completed_and_not_doubled() -> None:
    typed = make_draft(headline=pages.HEADLINE, body=[("text", f"<p>{pages.PARAGRAPHS[0]}</p>")], published_at=None)
    outcome = imported(pages.BRIDGE)
    assert (outcome.verdict, outcome.story) == (Verdict.COMPLETED, typed.pk)
    assert story_of(outcome).published_at is not None


def test_two_stories_with_one_headline_and_different_texts_are_two() -> None:
    first = imported(BARE)
    second = imported(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", text=TEA_PAGE.split("\n\n")[3:]))
    assert second.verdict is Verdict.MADE
    assert second.story != first.story
    assert story_of(second).slug == f"{story_of(first).slug}-2"


class TestRecovered:
    """Headlines whose text is missing."""

    @pytest.fixture
    def draft(self) -> Story:
        imported(pages.BRIDGE)
        return Story.objects.get(title=TEA)

    def test_their_section_is_in_no_navigation(self, draft: Story) -> None:
        assert Section.objects.get(title=RECOVERED).show_in_menus is False

    def test_no_publishing_touches_them(self, draft: Story) -> None:
        imported(pages.BRIDGE, publish=True)
        draft.refresh_from_db()
        assert (draft.live, draft.recovered) == (False, True)

    def test_a_page_under_the_headline_completes_the_draft_and_moves_it(self, draft: Story) -> None:
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

    def test_completed_it_can_go_out_with_the_date_of_the_list(self, draft: Story) -> None:
        outcome = imported(TEA_PAGE, publish=True)
        assert outcome.is_live
        assert [story.pk for story in public_stories()] == [draft.pk]

    def test_completed_it_is_whole_and_the_same_page_changes_nothing(self, draft: Story) -> None:
        imported(TEA_PAGE)
        before = written()
        assert imported(TEA_PAGE).verdict is Verdict.UNCHANGED
        assert imported(pages.BRIDGE).verdict is Verdict.UNCHANGED
        assert written() == before

    def test_moved_it_purges_the_section_it_left_and_the_one_it_came_into(self, draft: Story) -> None:
        left, before = draft.get_parent(), log.head()
        story = story_of(imported(TEA_PAGE))
        tags = {tag for entry in log.read(before) for tag in entry.data.get("tags", [])}
        assert {f"section:{left.pk}", f"section:{story.get_parent().pk}"} <= tags

    def test_it_takes_a_free_address_in_its_new_section(self, draft: Story) -> None:
        make_draft(make_section(title="Business"), headline="Something else", slug=draft.slug)
        outcome = imported(TEA_PAGE)
        assert outcome.reasons == ()
        assert story_of(outcome).slug == f"{draft.slug}-2"

    def test_a_page_imported_before_leaves_no_draft_of_its_headline(self) -> None:
        imported(TEA_PAGE)
        imported(pages.BRIDGE)
        assert Story.objects.filter(title=TEA).count() == 1
        assert not Story.objects.get(title=TEA).recovered

    def test_deleted_at_the_desk_it_stays_away(self, draft: Story) -> None:
        draft.delete()
        outcome = imported(pages.BRIDGE)
        assert {each.verdict for each in outcome.recent} == {Verdict.SKIPPED, Verdict.UNCHANGED}
        assert not Story.objects.filter(title=TEA).exists()

    def test_a_page_deleted_at_the_desk_is_made_again(self) -> None:
        story_of(imported(TEA_PAGE)).delete()
        assert imported(TEA_PAGE).verdict is Verdict.MADE

    def test_a_text_typed_into_the_draft_is_not_replaced(self, draft: Story) -> None:
        written_in = draft.get_latest_revision_as_object()
        written_in.body = [("text", "<p>An editor wrote this from memory in the meantime, eight words and more.</p>")]
        written_in.save_revision()
        outcome = imported(TEA_PAGE)
        assert outcome.story != draft.pk

    def test_one_too_long_is_skipped_with_its_reason_and_the_page_comes_in(self) -> None:
        foot = f"Recent Stories\n\n{'Tea ' * 40}\n\nJuly 3, 2024"
        outcome = imported(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", foot=foot))
        (only,) = outcome.recent
        assert outcome.verdict is Verdict.MADE
        assert (only.verdict, "159 characters" in only.because) == (Verdict.SKIPPED, True)

    def test_the_newest_printed_first_is_listed_first(self, draft: Story) -> None:
        listed = Story.objects.filter(recovered=True).order_by("-published_at", "-pk")
        assert next(story.title for story in listed) == TEA


class TestWhole:
    """A source comes in whole or not at all."""

    def test_what_the_models_refuse_leaves_nothing_behind(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gazeti.archive.rules.HEADLINE_LENGTH", 500)
        before = written()
        outcome = imported(pages.BRIDGE.replace(pages.HEADLINE, "Long headline " * 10))
        assert outcome.verdict is Verdict.REFUSED
        assert written() == before

    def test_a_failure_after_the_story_takes_the_story_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*_: object, **__: object) -> None:
            raise RuntimeError("no room")

        monkeypatch.setattr("gazeti.archive.actions._remember", fails)
        before = written()
        with pytest.raises(RuntimeError, match="no room"):
            imported(pages.BRIDGE, publish=True)
        assert written() == before

    def test_a_reserved_section_is_refused(self) -> None:
        outcome = imported(BARE, section="Search")
        assert outcome.verdict is Verdict.REFUSED
        assert not Section.objects.filter(title="Search").exists()

    def test_signs_of_markup_come_out_as_they_were_printed(self) -> None:
        sign = "<script>alert(1)</script> & “5 < 6” said the man who counts the tea at the market in the morning."
        story = story_of(imported(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", text=(sign, sign[::-1]))))
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “5 &lt; 6”" in story.body[0].value.source


class TestRehearsal:
    """A dry run tells what would be done, and does nothing."""

    @staticmethod
    def rehearsed(*texts: str, publish: bool = False) -> list[Outcome]:
        seen: dict[str, Standing] = {}
        return [
            rehearse_page(parse_page(text), given=Given(), publish=publish, now=NOW, rehearsed=seen) for text in texts
        ]

    def test_it_writes_nothing(self) -> None:
        before = written()
        (outcome,) = self.rehearsed(pages.BRIDGE, publish=True)
        assert (outcome.verdict, outcome.is_live, outcome.story) == (Verdict.MADE, True, None)
        assert written() == before

    def test_the_second_page_knows_what_the_first_would_have_made(self) -> None:
        verdicts = [outcome.verdict for outcome in self.rehearsed(pages.BRIDGE, pages.BRIDGE, TEA_PAGE, TEA_PAGE)]
        assert verdicts == [Verdict.MADE, Verdict.UNCHANGED, Verdict.COMPLETED, Verdict.UNCHANGED]

    def test_it_tells_the_same_as_the_run_itself(self) -> None:
        told = [outcome.verdict for outcome in self.rehearsed(TEA_PAGE, pages.BRIDGE, pages.SWAHILI, pages.SOMALI)]
        done = [imported(text).verdict for text in (TEA_PAGE, pages.BRIDGE, pages.SWAHILI, pages.SOMALI)]
        assert told == done


def test_what_is_told_has_the_confidence_of_each_fact() -> None:
    outcome = imported(pages.SWAHILI, section="Afya ya Jamii")
    told = {name: found.confidence.value for name, found in outcome.fields.items()}
    assert told == {
        "section": "given",
        "headline": "high",
        "byline": "fair",
        "date": "high",
        "language": "high",
        "text": "high",
    }


def test_twenty_headlines_cost_two_queries_to_look_up(django_assert_num_queries: object) -> None:
    from gazeti.archive.formats.found import Recent
    from gazeti.archive.queries.plan import recent_plans

    recent = [Recent(f"Headline number {number}") for number in range(20)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(recent_plans(recent)) == 20
