"""Comments on a phone and on a desk, by day and by night, with scripts, without, and as text; axe finds nothing."""

import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.comments.actions import decide
from gazeti.comments.models import Comment
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.said import SAID
from tests.journeys.axe import SCHEMES, faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.journeys.test_layout import (
    CUT_OFF,
    INVISIBLE,
    NARROWEST,
    SMALL_TARGETS,
    SMALLEST_TARGET,
    WIDER_THAN_THE_SCREEN,
)
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., BrowserContext]
# The trap of the form, where there is one, stands beside the page for whoever looks at it.
WIDER, CUT = (script.replace(".skip", ".skip, .trap, .trap *") for script in (WIDER_THAN_THE_SCREEN, CUT_OFF))
ABOVE = {2: 1, 3: 2, 4: 3, 7: 6, 8: 6, 12: 11}
PAGES = ("", "comments/", "comments/?order=respected", "comments/?to=3", "comments/4/")
TAPPED = ".act a, .act button, .join a, .orders a, .paging a"


@pytest.fixture
def story() -> Story:
    """A story of today with seventeen comments: deep, picked, of the newsroom, gone, and one without a space."""
    now = timezone.now()
    story = make_story(published_at=now, headline="The footbridge opens")
    for number, (name, body) in enumerate(SAID[:16], start=1):
        facts = {"badge": "reporter" if number == 3 else "", "language": {4: "sw", 7: "so"}.get(number, "en")}
        made = make_comment(
            story, reply_to=ABOVE.get(number), name=name, body=body, now=now + timedelta(seconds=number), **facts
        )
        if number == 6:
            gone = made
    make_comment(story, name="W" * 60, body="https://example.org/" + "x" * 300 + "\n\n> " + "y" * 300, now=now)
    decide(gone, to=State.REJECTED, kind=Kind.REJECTED, now=now)
    Comment.objects.filter(number=3).update(is_pick=True, respect=15)
    return story


@pytest.mark.browser
@pytest.mark.parametrize("address", PAGES)
def test_a_discussion_fits_every_screen_and_axe_finds_nothing(
    live_server: LiveServer, page: Page, story: Story, address: str
) -> None:
    page.goto(f"{live_server.url}{story.address}{address}")
    found = [told for width in (PHONE, DESK) for scheme in SCHEMES for told in faults_in(page, width, scheme)]
    assert found == []
    for width in (PHONE, NARROWEST):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate(WIDER) == [], f"at {width} px"
    assert page.evaluate(SMALL_TARGETS, [TAPPED, SMALLEST_TARGET]) == []
    page.emulate_media(forced_colors="active")
    assert page.evaluate(INVISIBLE) == []
    page.emulate_media(forced_colors="none")
    page.emulate_media(media="print")
    assert [one for one in page.locator("form, .join, .orders").all() if one.is_visible()] == []
    assert page.locator("article").first.is_visible()
    page.emulate_media(media="screen")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER) == []
    assert page.evaluate(CUT) == []


@pytest.mark.browser
@pytest.mark.parametrize("has_script", [True, False])
def test_a_reader_walks_from_the_story_into_the_thread_and_pays_respect(
    live_server: LiveServer, open_context: Open, story: Story, has_script: bool
) -> None:
    page = open_context(java_script_enabled=has_script).new_page()
    page.goto(f"{live_server.url}{story.address}")
    page.get_by_role("link", name="16 comments", exact=True).click()
    pick = page.locator("#comments article").first
    expect(pick).to_contain_text("Editors' pick")
    expect(pick).to_contain_text("in reply to Amina Yusuf")
    page.locator("#c4").get_by_role("link", name="Wafula").click()
    page.locator("#c3").get_by_role("button", name="Respect · 15").click()
    expect(page).to_have_url(f"{live_server.url}{story.address}comments/3/")
    expect(page.locator(".chosen")).to_contain_text("Respect · 16")
    expect(page.locator("article").first).to_contain_text("Njoroge")
    page.get_by_role("link", name="All comments").click()
    page.get_by_role("link", name="Most respected first").click()
    expect(page.get_by_role("navigation", name="Order").locator("[aria-current]")).to_have_text("Most respected first")
    page.get_by_role("link", name="Join the discussion").click()
    expect(page.get_by_label("Your comment")).to_be_visible()


@pytest.mark.w3m
def test_a_text_browser_tells_who_answers_whom(live_server: LiveServer, story: Story) -> None:
    address = f"{live_server.url}{story.address}"
    done = subprocess.run(["w3m", "-dump", "-O", "UTF-8", address], capture_output=True, text=True, check=True)
    text = " ".join(done.stdout.split())
    assert "Reader comments 16" in text
    assert "Chebet K. · " in text
    assert "in reply to Wafula Tatizo si mkataba." in text
    assert "A comment stood here; it is gone." in text
    assert "Reply Respect Report" in text
    assert "Join the discussion" in text
