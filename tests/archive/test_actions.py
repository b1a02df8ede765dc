"""Importing pages: what is in the newsroom afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from gazeti.archive.rules import RECOVERED, Verdict
from gazeti.stories.actions import publish_story, revise_story
from gazeti.stories.models import Author, Front, Section, Story
from gazeti.stories.queries import public_stories
from tests.archive import pages
from tests.archive.importing import BARE, INTRODUCED, NAIROBI, NOW, TEA_PAGE, imported, story_of, written
from tests.newsroom import make_draft, make_section, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak, pytest.mark.usefixtures("paper")]


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
    second = imported(INTRODUCED, publish=True, byline="Jane Doe", date="2024-07-04")
    assert (second.verdict, second.story) == (Verdict.COMPLETED, first.story)
    story = story_of(second)
    assert story.live
    assert [author.name for author in story.authors] == ["Jane Doe"]
    assert story.published_at == datetime(2024, 7, 4, 12, tzinfo=NAIROBI)


def test_a_day_without_a_time_that_is_today_is_now() -> None:
    outcome = imported(INTRODUCED, publish=True, byline="Jane Doe", date="1 March 2026")
    assert story_of(outcome).published_at == NOW
    later = imported(INTRODUCED, publish=True, byline="Jane Doe", date="1 March 2026", now=NOW + timedelta(hours=1))
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
    filed = story_of(imported(BARE, byline="Jane Doe", date="2024-07-04"))
    revise_story(filed, now=NOW, standfirst="Written at the desk.")
    story = publish_story(Story.objects.get(pk=filed.pk), now=NOW)
    draft = story.get_latest_revision_as_object()
    draft.standfirst = ""
    draft.save_revision()
    before = written()
    assert imported(INTRODUCED).verdict is Verdict.REFUSED
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


def test_a_paper_without_a_front_is_told_so() -> None:
    Front.objects.get().delete()
    outcome = imported(BARE)
    assert (outcome.verdict, "no front" in outcome.reasons[0]) == (Verdict.REFUSED, True)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_story_and_one_section() -> None:
    def import_once(_: int) -> Verdict:
        try:
            return imported(pages.BRIDGE).verdict
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        verdicts = list(pool.map(import_once, range(4)))
    assert sorted(verdicts) == [Verdict.MADE, *[Verdict.UNCHANGED] * 3]
    assert Story.objects.count() == 3
    assert Section.objects.count() == 2


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
