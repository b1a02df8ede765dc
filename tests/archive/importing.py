"""Importing a page into a newsroom for tests, and counting what that wrote."""

from datetime import datetime
from zoneinfo import ZoneInfo

from wagtail.models import Page, Revision

from gazeti import log
from gazeti.archive.actions import import_page
from gazeti.archive.formats.bylines import byline_given
from gazeti.archive.formats.dates import date_of
from gazeti.archive.formats.page import parse_page
from gazeti.archive.models import ImportedPage
from gazeti.archive.queries import Given, Outcome
from gazeti.stories.models import Author, Story
from tests.archive import pages

NOW = datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Africa/Nairobi"))
NAIROBI = ZoneInfo("Africa/Nairobi")
BARE = pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |")
INTRODUCED = pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\n{pages.STANDFIRST}\n\nBy |")
TEA = "Tea prices rise for a third week at the Mombasa auction"
TEA_PAGE = pages.page(
    head=f"Business\n\n{TEA}\n\nA kilogram brings two dollars and ten cents.\n\nBy Ali Noor",
    text=(
        "Brokers at the auction in Mombasa sold a kilogram for two dollars and ten cents on Tuesday, three cents more.",
        "Farmers in Kericho will see the money in October, when their factories pay what is called the bonus.",
    ),
)


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
