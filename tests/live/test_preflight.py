"""What keeps an update from going out, by whichever door; and what is left of markup that nobody may send."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from pytest_django import DjangoAssertNumQueries

from gazeti import log
from gazeti.base.models import bodies_as_html
from gazeti.live.actions import NotReady, cover, edit_update, post_update, schedule, send_in, summarise, take_up
from gazeti.live.formats import body_of
from gazeti.live.models import Coverage, Update, Waiting, Wording
from gazeti.live.queries.preflight import examined, findings
from gazeti.live.queries.updates import events_after
from gazeti.live.rules import LONGEST_TEXT, Words, stream_of
from gazeti.media.actions import keep_document
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, overrule
from gazeti.stories.formats import raw_body
from gazeti.stories.models import Story
from gazeti.stories.rules import Severity
from tests.live.covering import make_coverage, make_update, make_words
from tests.media.pictures import keep, ready
from tests.newsroom import NOW, make_draft, make_section

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def showing(picture: Any, **words: Any) -> Words:
    return Words(body=body_of("", pictures=[{"picture": picture.pk, **words}]))


def undescribed() -> Picture:
    """A picture from before the desk asked for alt text."""
    picture = ready(credit="Ali Noor")
    Picture.objects.filter(pk=picture.pk).update(description="")
    return picture


def rules_of(words: Words, coverage: Coverage) -> set[str]:
    return {found.rule for found in findings(words, story=coverage.story, now=NOW)}


def unready(coverage: Coverage) -> list[tuple[str, Words]]:
    """Words of each sort that may not go out, by the rule that says so."""
    section = make_section()
    document = keep_document(ContentFile(b"%PDF-1.4 a", name="a.pdf"), title="The tender")
    long = "word " * (LONGEST_TEXT // 5 + 1)
    return [
        ("blank", Words(body=[])),
        ("blank", make_words("\u200b \u00ad")),
        ("blank", Words(body=raw_body([("text", "<p><b></b><br></p>")]), heading=" \u2060 ")),
        ("alt", showing(undescribed())),
        ("credit", showing(ready(credit=""))),
        ("alt_adds", showing(ready(credit="Ali Noor", description="IMG_2024.jpg"))),
        ("rights", showing(ready(credit="Ali Noor", rights_end=(NOW - 48 * HOUR).date()))),
        ("heading", make_words(heading="word " * 40)),
        ("correction", make_words(correction="word " * 80)),
        ("long", make_words(long)),
        ("long", Words(body=raw_body([("heading", "Again")] * 101))),
        ("author", make_words(author=4711)),
        ("document", Words(body=raw_body([("document", {"document": document.pk, "title": ""})]))),
        ("shape", Words(body=raw_body([("picture", {"picture": 4711})]))),
        ("shape", Words(body=raw_body([("related", section.pk)]))),
        ("shape", Words(body=raw_body([("picture", {"picture": 2**70})]))),
        ("shape", Words(body=raw_body([("related", "9" * 30)]))),
        ("shape", Words(body=raw_body([("text", f'<p><a linktype="page" id="{2**70}">a</a></p>')]))),
        ("shape", Words(body=raw_body([("card", {"url": "javascript:alert(1)", "title": "A"})]))),
        ("shape", Words(body=[{"type": "nothing", "value": "a"}])),
        ("shape", Words(body=[{"type": "table", "value": 7}])),
        ("shape", Words(body=[{"type": "gallery", "value": []}])),
        ("shape", Words(body=["a"])),  # type: ignore[list-item]
    ]


def doors(coverage: Coverage) -> dict[str, Callable[[Words], object]]:
    """Every way by which words come in."""
    story, there = coverage.pk, make_update(coverage)
    waiting = send_in(story, words=make_words(), by=None, key="one that waits", now=NOW)
    return {
        "post": lambda words: post_update(story, words=words, by=None, now=NOW),
        "edit": lambda words: edit_update(story, number=there.number, words=words, now=NOW),
        "send in": lambda words: send_in(story, words=words, by=None, key="", now=NOW),
        "schedule": lambda words: schedule(story, words=words, due_at=NOW + HOUR, by=None, now=NOW),
        "take up": lambda words: take_up(waiting.pk, by=None, now=NOW, words=words),
        "summary": lambda words: summarise(story, words=words, now=NOW),
    }


def test_what_may_not_go_out_is_refused_at_every_door_with_a_sentence_and_nothing_is_written() -> None:
    coverage = make_coverage()
    ways, bad = doors(coverage), unready(coverage)
    before = (log.head(), Update.objects.count(), Wording.objects.count(), Waiting.objects.count())
    for (rule, words), (door, write) in product(bad, ways.items()):
        if (rule, door) == ("blank", "summary"):
            continue
        with pytest.raises(NotReady) as refused:
            write(words)
        assert rule in {found.rule for found in refused.value.findings}, (rule, door)
        assert all(sentence.strip().endswith(".") for sentence in refused.value.reasons), refused.value.reasons
    assert (log.head(), Update.objects.count(), Wording.objects.count(), Waiting.objects.count()) == before


def test_a_summary_may_be_taken_away_and_shows_no_picture() -> None:
    coverage = make_coverage()
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)
    summarise(coverage.pk, words=Words(body=[]), now=NOW)
    coverage.refresh_from_db()
    assert coverage.summary_at == 0
    with pytest.raises(NotReady, match="summary is text"):
        summarise(coverage.pk, words=showing(ready(credit="Ali Noor")), now=NOW)


def test_what_is_fit_goes_out_with_picture_link_and_heading_alone() -> None:
    coverage, other = make_coverage(), make_coverage()
    picture = ready(credit="Ali Noor")
    for words in (
        showing(picture),
        showing(undescribed(), alt="Boats under the bridge"),
        showing(undescribed(), decorative=True),
        Words(body=[], heading="The governor has arrived"),
        Words(body=raw_body([("related", other.pk)])),
        Words(body=raw_body([("card", {"url": "https://a.example/", "title": "The map", "description": ""})])),
    ):
        assert rules_of(words, coverage) == set()
        post_update(coverage.pk, words=words, by=None, now=NOW)


def test_a_dead_link_and_a_long_paragraph_are_said_and_hold_nothing_back() -> None:
    coverage = make_coverage()
    draft = make_draft()
    words = make_words(f'See <a linktype="page" id="{draft.pk}">this</a>. ' + "word " * 130)
    found = findings(words, story=coverage.story, now=NOW)
    assert {one.rule for one in found} == {"broken_link", "long_paragraph"}
    assert {one.severity for one in found} == {Severity.WARN}
    post_update(coverage.pk, words=words, by=None, now=NOW)


def test_an_override_of_the_story_holds_for_its_updates() -> None:
    picture = ready(credit="")
    story = make_draft(lead_picture=picture)
    coverage = cover(story)
    [found] = findings(showing(picture), story=story, now=NOW)
    assert found.rule == "credit"
    overrule(story, rule=found.rule, about=found.about, reason="A reader sent it and gave no name.", by=None, now=NOW)
    assert rules_of(showing(picture), coverage) == set()
    assert rules_of(showing(ready(credit="")), coverage) == {"credit"}


def test_the_alt_text_is_held_against_the_updates_heading() -> None:
    coverage = make_coverage()
    picture = ready(credit="Ali Noor", description="The first boats pass under the bridge")
    body = showing(picture).body
    assert rules_of(Words(body=body, heading="First boats pass under the bridge"), coverage) == {"alt_adds"}
    assert rules_of(Words(body=body, heading="Traffic is back"), coverage) == set()


def test_a_picture_without_renditions_gets_them_before_it_goes_out() -> None:
    coverage = make_coverage()
    picture = keep(credit="Ali Noor")
    assert picture.is_pending
    post_update(coverage.pk, words=showing(picture), by=None, now=NOW)
    [event] = events_after(coverage, number=1)
    assert event.shown
    assert "<img" in event.shown.html


def test_words_that_name_nothing_are_examined_without_a_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    story = Story.objects.get(pk=make_coverage().pk)
    with django_assert_num_queries(0):
        assert findings(make_words(), story=story, now=NOW) == []


def test_a_date_is_said_as_people_write_it() -> None:
    coverage = make_coverage()
    words = showing(ready(credit="Ali Noor", rights_end=(NOW - 48 * HOUR).date()))
    [found] = findings(words, story=coverage.story, now=NOW)
    assert "2 July 2024" in found.sentence


def test_text_is_kept_as_paragraphs_of_allowed_tags_and_nothing_unseen() -> None:
    coverage = make_coverage()
    typed = body_of("One <b>&\nmore.\n \n\nTwo\x00 \u202eback\u202c.")
    kept, found = examined(Words(body=typed, heading=" A\x00\n head "), story=coverage.story, now=NOW)
    assert found == []
    assert kept.heading == "A head"
    assert kept.body[0]["value"] == "<p>One &lt;b&gt;&amp;<br/>more.</p><p>Two back.</p>"
    bare = Words(body=[{"type": "text", "value": "no tag <i>at all</i>"}])
    assert examined(bare, story=coverage.story, now=NOW)[0].body[0]["value"] == "<p>no tag <i>at all</i></p>"
    marked = Words(body=[{"type": "text", "value": {"format": "db_markdown", "content": "So **it** is."}}])
    assert "<b>it</b>" in examined(marked, story=coverage.story, now=NOW)[0].body[0]["value"]


def hostile(shared: Path) -> list[str]:
    folder = shared / "material"
    strings = json.loads((folder / "xss-sample" / "payloads.json").read_text(encoding="utf-8"))
    return [*strings, *json.loads((folder / "blns" / "blns.json").read_text(encoding="utf-8"))]


@pytest.mark.material
def test_of_hostile_strings_in_any_field_no_tag_or_address_is_left(shared: Path) -> None:
    coverage = make_coverage()
    author = author_named("Amina Farah").pk
    allowed = {"p", "b", "i", "a", "br", "strong", "em", "ul", "ol", "li", "h2", "h3"}
    for text in hostile(shared):
        blocks: list[tuple[str, Any]] = [
            ("text", text),
            ("text", f'<p><a href="{text}">a</a><a linktype="page" id="{text}">b</a>{text}</p>'),
            ("heading", text[:200] or "a"),
            ("list", {"ordered": False, "items": [text]}),
            ("facts", {"title": text[:100] or "a", "body": text}),
            ("quotation", {"text": text, "speaker": text[:100], "role": text[:100]}),
            ("table", {"caption": text, "header": [text], "rows": [[text]]}),
        ]
        for block in blocks:
            words = Words(body=raw_body([block]), heading=text[:100], correction=text[:100], author=author)
            kept, _found = examined(words, story=coverage.story, now=NOW)
            assert_harmless(kept, kind=block[0], allowed=allowed)


def assert_harmless(words: Words, *, kind: str, allowed: set[str]) -> None:
    [html], _tags = bodies_as_html([words.body])
    assert "\x00" not in html
    assert "\ud800" not in html
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        own = {"blockquote", "figure", "figcaption", "cite", "section", "aside", "div", "span", "footer", "dl", "dd"}
        table = {"table", "thead", "tbody", "tr", "th", "td", "caption"}
        assert tag.name in allowed | own | table, (kind, str(tag)[:200])
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"], str(tag)[:200]
        href = str(tag.attrs.get("href", "")).strip().lower()
        assert not href.startswith(("javascript:", "data:", "vbscript:")), href


def test_the_words_of_a_refused_post_may_be_posted_once_mended() -> None:
    coverage = make_coverage()
    with pytest.raises(NotReady):
        post_update(coverage.pk, words=Words(body=[]), by=None, now=NOW, key="k")
    update = post_update(coverage.pk, words=make_words(), by=None, now=NOW, key="k")
    assert log.head(stream_of(coverage.pk)) == update.number
