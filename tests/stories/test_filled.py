"""What counts as a headline, a byline and a body: what readers see, and nothing that only looks filled to a program."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from gazeti.media.actions import keep_document
from gazeti.media.models import Picture
from gazeti.stories.models import Author, Story
from tests.newsroom import make_draft, make_story
from tests.stories.test_preflight import alike, rules_of

pytestmark = pytest.mark.django_db
BLANK = ("quotation", {"text": "\u200b", "speaker": "\u200b"})


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"authors": [], "credit": "\u200b\u3164"}, "byline"),
        ({"headline": "\u3164"}, "headline"),
        ({"body": [("text", "<p>\u200b&#8203;&shy;</p>"), ("heading", "\u3164"), BLANK]}, "body"),
        ({"body": [("list", {"items": ["<p>\u2060</p>"]}), ("facts", {"title": "\u200b", "body": ""})]}, "body"),
        ({"body": [("text", "<p>.</p>"), ("list", {"items": []}), ("gallery", [])]}, "body"),
        ({"body": [("table", {"header": [], "rows": []})]}, "body"),
        ({"body": [("table", {"header": ["\u200b"], "rows": [["\u2800"]]})]}, "body"),
    ],
)
def test_what_nobody_sees_fills_no_field_and_no_block(facts: dict[str, Any], rule: str) -> None:
    assert rules_of(make_draft(**facts)) == [rule]


def test_an_author_whose_name_nobody_sees_signs_nothing() -> None:
    story = make_draft()
    Author.objects.update(name="\u200b")
    assert rules_of(Story.objects.get(pk=story.pk)) == ["byline"]


def test_a_picture_alone_is_a_body_and_one_that_is_gone_is_none(picture: Picture) -> None:
    story = make_draft(body=[("gallery", [alike(picture)[1]] * 2)])
    assert rules_of(story) == []
    assert rules_of(make_draft(body=[alike(picture)])) == []
    Picture.objects.all().delete()
    assert rules_of(Story.objects.get(pk=story.pk)) == ["body"]


def test_what_leads_elsewhere_is_no_body() -> None:
    document = keep_document(ContentFile(b"%PDF-1.4", name="report.pdf"), title="The report")
    other, offered = make_story(), ("document", {"document": document.pk, "title": "The report"})
    assert rules_of(make_draft(body=[("related", other.pk)])) == ["body"]
    assert rules_of(make_draft(body=[offered])) == ["body"]
    assert rules_of(make_draft(body=[("text", "<p>Read it.</p>"), offered])) == []
