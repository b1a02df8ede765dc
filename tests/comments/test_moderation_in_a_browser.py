"""A moderator with a phone approves and rejects, with and without JavaScript; axe finds nothing; keys on a desk."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import User
from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.models import Comment, CommentPolicy
from gazeti.comments.rules import Kind, State
from tests.accounts.people import PASSWORD, make_person
from tests.comments.discussion import make_comment
from tests.comments.moderators import fresh, report
from tests.journeys.axe import faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.newsroom import make_section, make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]


@pytest.fixture
def held() -> list[Comment]:
    """Three comments that are held, the second for its words, and one that is out and reported."""
    story, now = make_story(make_section()), timezone.now()
    out = make_comment(story, now=now, name="Zawadi", email="zawadi@example.org", body="Who paid for the bridge?")
    report(out, reason="hate", text="It is unkind.", now=now)
    facts = {"state": State.HELD, "now": now, "reply_to": out.number}
    words = {"rule": "suspect-words", "words": ["fools"], "body": "Those fools did, with a_very_long_word" + "x" * 90}
    return [
        make_comment(story, name="Amina", rule="first-time", **facts),
        make_comment(story, name="Yusuf", email="yusuf@example.org", **words, **facts),
        make_comment(story, name="Halima", email="yusuf@example.org", rule="links", **facts),
    ]


def moderate(page: Page, server: LiveServer, path: str = "/desk/comments/") -> None:
    """Ask for a page of the desk, and sign in at the door."""
    make_person("grace@paper.example", roles=["moderator"])
    page.goto(f"{server.url}{path}")
    page.get_by_label("Email").fill("grace@paper.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{server.url}{path}")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_moderator_approves_rejects_and_thinks_again_on_a_phone(
    live_server: LiveServer, open_context: Open, held: list[Comment], has_script: bool
) -> None:
    amina, yusuf, halima = held
    page = open_context(java_script_enabled=has_script).new_page()
    moderate(page, live_server)
    page.get_by_role("button", name="Approve the comment of Amina").click()
    expect(page.get_by_role("status")).to_contain_text("One comment is decided.")
    assert fresh(amina).state == State.PUBLISHED
    page.get_by_role("link", name="Decide about the comment of Yusuf").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Yusuf")
    page.get_by_label("Reason, for the writer").select_option("abuse")
    page.get_by_label("A word to the writer").fill("Say it without names.")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Held")
    assert fresh(yusuf).state == State.REJECTED
    assert fresh(yusuf).decisions.latest("pk").evidence.note == "Say it without names."
    page.get_by_role("button", name="Undo: Rejected Yusuf").click()
    expect(page.get_by_role("status")).to_contain_text("It is undone.")
    assert fresh(yusuf).state == State.HELD
    for name in ("Yusuf", "Halima"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("group", name="All that are ticked").get_by_role("button", name="Spam").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is held.")
    assert {fresh(yusuf).state, fresh(halima).state} == {State.SPAM}


def test_a_link_of_a_mail_signs_in_asks_and_decides(
    live_server: LiveServer, open_context: Open, held: list[Comment]
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    moderate(page, live_server, f"/desk/comments/{held[0].pk}/?do=approved")
    assert fresh(held[0]).state == State.HELD
    page.get_by_role("button", name="Yes, approve it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Held")
    assert fresh(held[0]).state == State.PUBLISHED


def test_axe_finds_nothing_by_day_and_night_and_no_page_is_wider_than_a_phone(
    live_server: LiveServer, page: Page, held: list[Comment]
) -> None:
    moderate(page, live_server)
    base, by = "/desk/comments/", User.objects.get(email="grace@paper.example")
    for kind in (Kind.KEPT, Kind.PICKED, Kind.UNPICKED, Kind.KEPT):
        out = Comment.objects.get(number=1)
        decide_comment(out, kind=kind, now=timezone.now(), seen=out.decisions_made, by=by)
    paths = [
        base,
        f"{base}?queue=reported",
        f"{base}?queue=illegal",
        f"{base}?queue=new",
        f"{base}discussions/",
        f"{base}decided/",
        f"{base}{held[1].pk}/?do=approved",
        f"{base}{out.pk}/",
        f"{base}{out.pk}/reports/",
        f"{base}{out.pk}/decisions/",
        f"{base}writers/{out.reader_id}/",
        f"{base}writers/{held[1].reader_id}/",
        "/comments/policy/",
        "/comments/privacy/",
    ]
    found = []
    for path in paths:
        page.goto(f"{live_server.url}{path}")
        found += [f"{path} {fault}" for fault in looked_through(page)]
    assert found == []


def looked_through(page: Page) -> list[str]:
    """What axe finds on a page by day and night, on a phone and a desk, and whether it is wider than a phone."""
    looks = [(width, look) for width in (PHONE, DESK) for look in ("light", "dark")]
    found = [fault for width, look in looks for fault in faults_in(page, width, look)]
    page.set_viewport_size({"width": PHONE, "height": 720})
    is_wide = page.evaluate("document.documentElement.scrollWidth") > PHONE
    return [*found, *(["it is wider than a phone"] if is_wide else [])]


@pytest.mark.parametrize("place", ["a queue", "a writer"])
def test_who_rejects_without_a_reason_is_at_the_field_that_lacks_it_with_their_ticks(
    live_server: LiveServer, page: Page, held: list[Comment], place: str
) -> None:
    moderate(page, live_server)
    group = "All that are ticked"
    if place == "a writer":
        page.goto(f"{live_server.url}/desk/comments/writers/{held[1].reader_id}/")
        group = "All that is held of theirs (2)"
    else:
        page.get_by_role("checkbox", name="Yusuf").check()
    page.get_by_role("group", name=group).get_by_label("A word to the writer").fill("Be kind.")
    page.get_by_role("group", name=group).get_by_role("button", name="Reject").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a reason first")
    field = page.get_by_role("group", name=group).get_by_label("Reason, for the writer")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Choose a reason first: the writer is told.")
    expect(page.get_by_role("group", name=group).get_by_label("A word to the writer")).to_have_value("Be kind.")
    assert page.get_by_role("checkbox", checked=True).count() == (1 if place == "a queue" else 2)
    assert looked_through(page) == []


def test_keys_move_tick_and_decide_on_a_desk(live_server: LiveServer, page: Page, held: list[Comment]) -> None:
    page.set_viewport_size({"width": DESK, "height": 800})
    moderate(page, live_server)
    expect(page.locator("[data-keys]")).to_be_visible()
    for key in ("j", "j", "k", "x"):
        page.keyboard.press(key)
    expect(page.get_by_role("checkbox", name="Amina")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("One comment is decided.")
    assert fresh(held[1]).state == State.PUBLISHED
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.get_by_label("A word to the writer").fill("a jar")
    # Where Enter sent the form, it would press its first button: to approve.
    page.keyboard.press("Enter")
    assert fresh(held[0]).state == State.HELD
    assert not CommentPolicy.objects.exists()
