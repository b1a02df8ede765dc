"""The preflight of real stories: what the table is asked, in how many queries, and what an override changes."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from gazeti.base.models import slots
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, file_story, overrule
from gazeti.stories.models import BylineAuthor, Override, Story
from gazeti.stories.queries.preflight import facts_of, preflight_of
from tests.front.conftest import make_picture
from tests.newsroom import NOW, make_draft, make_paper, make_section, make_story

pytestmark = pytest.mark.django_db
SPEECH = ("quotation", {"text": "It leaks.", "speaker": "Halima Noor", "role": "trader"})
MOST_QUERIES = 12


def rules_of(story: Story, **options: Any) -> list[str]:
    """The names of the blocks of a story, then of its warnings."""
    found = preflight_of(story, now=NOW, **options)
    return [one.rule for one in (*found.blocks, *found.warnings)]


def alike(picture: Picture, **words: Any) -> tuple[str, dict[str, Any]]:
    return ("picture", {"picture": picture.pk, "alt": "", "decorative": False, "caption": "", **words})


def without(picture: Picture, **facts: Any) -> Picture:
    """The picture as an import may have left it, past the form that would refuse it."""
    Picture.objects.filter(pk=picture.pk).update(**facts)
    return picture


def test_a_draft_with_all_it_needs_is_ready(picture: Picture) -> None:
    story = make_draft(lead_picture=picture, body=[("text", "<p>Halima Noor sells fish.</p>"), SPEECH, alike(picture)])
    found = preflight_of(story, now=NOW)
    assert found.is_ready
    assert (found.blocks, found.warnings, found.overridden) == ((), (), ())


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"standfirst": ""}, "standfirst"),
        ({"authors": [], "credit": " "}, "byline"),
        ({"body": []}, "body"),
        ({"body": [("text", "<p>  </p>"), ("heading", "")]}, "body"),
        ({"recovered": True, "published_at": None}, "date"),
        ({"body": [("text", f"<p>{'word ' * 121}</p>")]}, "long_paragraph"),
        ({"body": [("facts", {"title": "In short", "body": f"<ul><li>{'word ' * 121}</li></ul>"})]}, "long_paragraph"),
        ({"body": [("text", "<p>Somebody said so.</p>"), SPEECH]}, "speaker"),
        ({"headline": "Bridge " * 11}, "long_headline"),
    ],
)
def test_each_rule_is_met_by_a_real_draft(facts: dict[str, Any], rule: str) -> None:
    assert rules_of(make_draft(**facts)) == [rule]


@pytest.mark.parametrize(
    "facts", [{"published_at": None}, {"published_at": None, "embargo_until": NOW}, {"recovered": True}]
)
def test_a_story_has_a_date_or_gets_it_as_it_goes_out(facts: dict[str, Any]) -> None:
    assert rules_of(make_draft(**facts)) == []


def test_a_credit_alone_is_a_byline() -> None:
    assert rules_of(make_draft(authors=[], credit="Sample Wire")) == []


def test_a_story_that_nobody_saved_yet_is_judged_with_what_it_holds() -> None:
    section = make_section()
    story = Story(title="The ferry is back", standfirst="After three weeks.", slug="ferry")
    assert rules_of(story) == ["section", "byline", "body"]
    story.body = [{"type": "text", "value": "<p>It left.</p>"}]
    story.bylines = [author_line()]
    assert rules_of(story) == ["section"]
    section.add_child(instance=story)
    assert story.live
    assert rules_of(story) == []


def author_line() -> BylineAuthor:
    return BylineAuthor(author=author_named("Amina Farah"))


def test_pictures_are_judged_with_the_words_that_readers_get(picture: Picture) -> None:
    without(picture, description="", credit="", rights_end=date(2024, 7, 3))
    gallery = [alike(picture, alt="Traders set out fish")[1], alike(picture, decorative=True)[1]]
    story = make_draft(lead_picture=picture, lead_alt="Traders cross at noon", body=[("gallery", gallery)])
    told = preflight_of(story, now=NOW).blocks
    items = [one["id"] for one in story.body.get_prep_value()[0]["value"]]
    places = [("lead_picture", ""), ("body", items[0]), ("body", items[1])]
    assert [(one.rule, one.field, one.block) for one in told] == [
        ("credit", *places[0]),
        *(("rights", *place) for place in places),
    ]
    assert {one.about for one in told} == {f"picture:{picture.pk}"}
    bare = make_draft(lead_picture=picture, body=[alike(picture, caption="At five.")])
    assert [one.rule for one in preflight_of(bare, now=NOW).blocks].count("alt") == 2


def test_the_pictures_own_caption_counts_where_the_story_gives_none(picture: Picture) -> None:
    without(picture, caption="Traders set out tomatoes before sunrise.")
    assert rules_of(make_draft(lead_picture=picture)) == ["alt_adds"]
    assert rules_of(make_draft(lead_picture=picture, lead_caption="At five.")) == []


def test_a_files_name_is_told_although_storing_lengthens_it(db: None) -> None:
    picture = without(make_picture("market-at-dawn"), description="Market at dawn")
    assert picture.file.name != "originals/market-at-dawn.jpg"
    assert rules_of(make_draft(lead_picture=picture)) == ["alt_adds"]


@pytest.mark.parametrize("facts", [{"go_live_at": NOW + timedelta(days=2)}, {"embargo_until": NOW + timedelta(days=2)}])
def test_rights_must_last_until_the_day_on_which_readers_see_it(picture: Picture, facts: dict[str, Any]) -> None:
    without(picture, rights_end=date(2024, 7, 5))
    assert rules_of(make_draft(lead_picture=picture, published_at=None)) == []
    assert rules_of(make_draft(lead_picture=picture, published_at=None, **facts)) == ["rights"]


def test_a_day_is_the_newsrooms(settings: Settings, picture: Picture) -> None:
    settings.TIME_ZONE = "Africa/Nairobi"
    without(picture, rights_end=date(2024, 7, 4))
    story = make_draft(lead_picture=picture)
    assert preflight_of(story, now=datetime(2024, 7, 4, 20, 59, tzinfo=UTC)).is_ready
    told = preflight_of(story, now=datetime(2024, 7, 4, 21, 0, tzinfo=UTC)).blocks
    assert [one.rule for one in told] == ["rights"]
    assert "4 July 2024" in told[0].sentence


LINKS = """<p><a linktype="page" id="{live}">live</a> <a linktype="page" id="{draft}">a draft</a>
<a linktype="page" id="999999">nobody</a> <a linktype="page" id="{section}">the section</a>
<a linktype="document" id="999999">a gone sheet</a> <a href="{address}">typed</a> <a href="{address}/?a=b#c">typed</a>
<a href="/city-affairs/nothing-here/">mistyped</a> <a href="http://localhost:8000/nowhere/">mistyped too</a>
<a href="/recent/">recent</a> <a href="https://example.org/nowhere/">elsewhere</a> <a href="mailto:a@b.c">mail</a>
<a href="#top">up</a> <a href="//example.org/x/">elsewhere</a></p>"""


def test_links_inside_the_paper_that_lead_nowhere_are_told(settings: Settings) -> None:
    settings.GAZETI_ADDRESS = "http://localhost:8000"
    live, draft = make_story(), make_draft()
    ids = {"live": live.pk, "draft": draft.pk, "section": live.get_parent().pk, "address": live.address[:-1]}
    story = make_draft(body=[("text", LINKS.format(**ids)), ("related", live), ("related", draft)])
    told = [one.values["words"] for one in preflight_of(story, now=NOW).warnings]
    assert told == ["a draft", "nobody", "a gone sheet", "mistyped", "mistyped too", ""]


def test_a_story_may_link_to_itself_before_it_is_out() -> None:
    story = make_draft()
    story.body = [{"type": "text", "value": f'<p><a linktype="page" id="{story.pk}">here</a></p>'}]
    assert rules_of(story) == []


def test_the_first_view_is_weighed_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Story] = []

    def weigh(story: Story) -> Any:
        asked.append(story)
        return SimpleNamespace(first_view=14_001)

    monkeypatch.setitem(slots._slots, "weight", {"test": weigh})
    story = make_draft()
    assert rules_of(story) == []
    assert asked == []
    assert rules_of(story, weigh=True) == ["first_view"]
    monkeypatch.setitem(slots._slots, "weight", {})
    assert rules_of(story, weigh=True) == []


def test_sentences_are_in_the_language_turned_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from gazeti.stories.queries import preflight

    monkeypatch.setattr(preflight, "gettext", lambda words: f"[{translation.get_language()}] {words}")
    with translation.override("sw"):
        (found,) = preflight_of(make_draft(standfirst=""), now=NOW).blocks
    assert found.sentence.startswith("[sw] The standfirst is missing.")


def test_what_memory_holds_is_judged_and_not_the_row() -> None:
    story = make_draft()
    story.bylines = []
    story.standfirst = ""
    assert rules_of(story) == ["byline", "standfirst"]
    assert rules_of(Story.objects.get(pk=story.pk)) == []


def test_a_revision_is_judged_as_it_was_written() -> None:
    story = make_story()
    story.standfirst, story.bylines = "", []
    revision = story.save_revision(clean=False)
    assert rules_of(revision.as_object()) == ["byline", "standfirst"]


def long_body(pictures: list[Picture], stories: list[Story]) -> list[tuple[str, Any]]:
    """A body of hundreds of blocks of the kinds that look something up."""
    link = '<p><a linktype="page" id="{}">that</a> <a href="{}">this</a> <a linktype="document" id="7">it</a></p>'
    return [
        block
        for number in range(100)
        for block in (
            ("text", link.format(stories[number % len(stories)].pk, stories[number % len(stories)].address)),
            alike(pictures[number % len(pictures)]),
            ("related", stories[number % len(stories)]),
            SPEECH,
        )
    ]


def test_a_long_story_is_judged_in_few_queries(django_assert_max_num_queries: Any) -> None:
    pictures = [make_picture(f"picture-{number}") for number in range(3)]
    without(pictures[0], credit="")
    body = long_body(pictures, [make_story() for _number in range(5)])
    authors = [author_named(f"Author {number}") for number in range(8)]
    story = make_draft(body=body, lead_picture=pictures[0], authors=authors)
    fresh = Story.objects.get(pk=story.pk)
    with django_assert_max_num_queries(MOST_QUERIES):
        found = preflight_of(fresh, now=NOW)
    assert {one.rule for one in found.blocks} == {"credit"}
    draft = story.latest_revision.as_object()
    with django_assert_max_num_queries(MOST_QUERIES):
        preflight_of(draft, now=NOW)


def test_publishing_costs_few_queries_more_than_it_did() -> None:
    make_paper()
    draft, other = make_draft(), make_draft()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        other.latest_revision.publish()
    told = [one["sql"] for one in asked if "stories_override" in one["sql"]]
    assert told == [], "overrides are asked for only where something blocks"
    with CaptureQueriesContext(connection) as alone:
        facts_of(draft, now=NOW)
    assert len(alone) <= 4


def test_an_override_covers_its_rule_about_its_thing_alone(picture: Picture) -> None:
    other = without(make_picture("other"), credit="")
    without(picture, credit="")
    story = make_draft(lead_picture=picture, body=[*make_body(), alike(other)], standfirst="")
    overrule(story, rule="credit", about=f"picture:{picture.pk}", reason="The county hands it out", now=NOW, by=None)
    found = preflight_of(story, now=NOW)
    assert [(one.rule, one.about) for one in found.blocks] == [("standfirst", ""), ("credit", f"picture:{other.pk}")]
    ((finding, override),) = found.overridden
    assert (finding.rule, override.reason) == ("credit", "The county hands it out")


def make_body() -> list[tuple[str, Any]]:
    return [("text", "<p>The new bridge opened at noon.</p>")]


def test_no_override_covers_what_may_never_be_overridden() -> None:
    """Not even a row that somebody wrote into the table by hand."""
    story = make_draft(body=[])
    Override.objects.create(story=story, rule="body", reason="it is only a picture", at=NOW)
    assert rules_of(story) == ["body"]


def test_an_alias_has_the_overrides_of_what_it_mirrors() -> None:
    story = make_draft(standfirst="")
    overrule(story, rule="standfirst", reason="A notice of one line", now=NOW, by=None)
    mirror = Story(alias_of=story, title=story.title, credit="Wire", body=story.body, slug="mirror")
    assert rules_of(mirror) == ["section"]
    assert rules_of(Story(title=story.title, credit="Wire", body=story.body)) == ["section", "standfirst"]


def test_a_filed_story_of_every_kind_of_block_is_read_without_a_fault() -> None:
    table = {"caption": "Prices", "header": ["Good", "Price"], "rows": [["Halima Noor's maize", "60"]]}
    blocks = [
        ("heading", "What next"),
        ("table", table),
        ("list", {"ordered": True, "items": ["<p>One</p>"]}),
        ("card", {"url": "https://www.iptc.org/", "title": "IPTC", "description": "Standards."}),
        SPEECH,
    ]
    story = file_story(make_section(), headline="All", now=NOW, standfirst="So.", credit="Wire", body=blocks)
    assert rules_of(story) == []
    assert facts_of(story, now=NOW).text == "What next Good Price Halima Noor's maize 60 Prices One IPTC Standards."
