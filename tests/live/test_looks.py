"""Pages of live coverage on a phone and on a desk, by day and by night, enlarged and on paper; axe finds nothing."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from gazeti.live.actions import cover, edit_update, move_to, pin_update, retract_update, summarise
from gazeti.live.models import Coverage
from gazeti.live.rules import Kind
from gazeti.stories.actions import author_named
from tests.journeys.axe import SCHEMES, faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.journeys.test_layout import (
    CUT_OFF,
    INVISIBLE,
    NARROWEST,
    OVERLAPPING,
    SMALL_TARGETS,
    SMALLEST_TARGET,
    WIDER_THAN_THE_SCREEN,
)
from tests.live.covering import make_coverage, make_update, make_words
from tests.newsroom import NOW, make_section, make_story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PLACES = ("the front", "its section", "/live/", "the coverage", "?refresh=60", "?before=7", "?since=1", "the ended one")
TAPPED = ".key-events a, .update header a, .live-ways a, .paging a, .strip a"
SAID = "The first lorries crossed at dawn, each with its driver alone and its load weighed twice on the northern bank."


@pytest.fixture
def coverage() -> Coverage:
    """One that goes on, with all that an update can be; another has ended, and a third is to come."""
    section = make_section()
    coverage = make_coverage(section, headline="Budget day: what changes for households", language="en")
    author = author_named("Second Reporter").pk
    for at in range(34):
        heading = "Bread stays free of tax" if at % 6 == 0 else ""
        facts = {"heading": heading, "is_key": at % 6 == 0, "author": author if at % 2 else None}
        make_update(coverage, f"{SAID} Lorry {at} waits.", **facts)
    make_update(coverage, "x" * 300 + "</p><p>" + "W" * 80, heading="Y" * 120, is_key=True)
    corrected = make_words("Twelve lorries, not ten.", correction="An earlier version said ten.", author=author)
    edit_update(coverage.pk, number=30, words=corrected, now=NOW + timedelta(minutes=9))
    retract_update(coverage.pk, number=29, now=NOW)
    pin_update(coverage.pk, number=12)
    summarise(coverage.pk, words=make_words("Parliament voted; the rate on bread stays at nothing."), now=NOW)
    ended = make_coverage(section, headline="The ferry sails again", slug="ended")
    make_update(ended)
    move_to(ended.pk, kind=Kind.CLOSE, now=NOW)
    cover(make_story(section, headline="Election night"), starts_at=NOW + timedelta(days=1), now=NOW)
    return coverage


@pytest.mark.parametrize("place", PLACES)
def test_a_page_fits_every_screen_and_axe_finds_nothing(
    live_server: LiveServer, page: Page, coverage: Coverage, place: str
) -> None:
    address = coverage.story.address
    paths = {"the front": "/", "its section": "/city-affairs/", "/live/": "/live/", "the coverage": address}
    paths["the ended one"] = "/city-affairs/ended/"
    page.goto(f"{live_server.url}{paths.get(place, address + place)}")
    found = [told for width in (PHONE, DESK) for scheme in SCHEMES for told in faults_in(page, width, scheme)]
    # To axe every reload is one too many; this one a reader turned on, and can turn off (WCAG 2.2.1, 2.2.2).
    assert [told for told in found if not (place == "?refresh=60" and "meta-refresh" in told)] == []
    for width in (PHONE, NARROWEST, DESK):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate(WIDER_THAN_THE_SCREEN) == [], f"at {width} px"
        assert page.evaluate(OVERLAPPING) == [], f"at {width} px"
    assert page.evaluate(SMALL_TARGETS, [TAPPED, SMALLEST_TARGET]) == []
    page.emulate_media(forced_colors="active")
    assert page.evaluate(INVISIBLE) == []
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": PHONE, "height": 720})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert page.evaluate(CUT_OFF.replace(".skip", ".skip, .unseen")) == []
