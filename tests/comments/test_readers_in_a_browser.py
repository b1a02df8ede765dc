"""A reader with a phone signs in, follows, mutes and is forgotten, with and without JavaScript; axe finds nothing."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import Reader
from gazeti.comments.models import Follow, Mute
from gazeti.comments.queries.following import Asked, begin_link, end_link
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.accounts.readers import EMAIL, code_of, send_waiting
from tests.accounts.test_in_a_browser import all_faults, at
from tests.accounts.test_passkeys_in_a_browser import KEY
from tests.comments.discussion import make_comment
from tests.comments.writing import settle
from tests.newsroom import make_section, make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]


@pytest.fixture
def story() -> Story:
    settle()
    return make_story(make_section())


def come_in(page: Page, server: LiveServer, address: str = "/account/") -> None:
    """Sign in from the door, by the code in the mail."""
    page.goto(f"{server.url}{address}")
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").wait_for()
    send_waiting()
    page.get_by_label("Code").fill(code_of(mail.outbox[-1]))
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_reader_signs_in_follows_mutes_and_is_forgotten_on_a_phone(
    live_server: LiveServer, open_context: Open, story: Story, has_script: bool
) -> None:
    other = make_comment(story, name="Rashid", body="The ferry was never late.", now=timezone.now())
    page = open_context(java_script_enabled=has_script).new_page()
    come_in(page, live_server, f"/account/?next={story.address}comments/")
    page.wait_for_url(f"{live_server.url}{story.address}comments/")
    page.get_by_role("link", name="Follow the discussion by email").click()
    page.get_by_role("button", name="Follow", exact=True).click()
    page.get_by_text("You follow this discussion").wait_for()
    assert Follow.objects.get().reader.email == EMAIL
    page.goto(f"{live_server.url}{story.address}comments/?to={other.number}")
    page.get_by_role("button", name="Show me no more of Rashid").click()
    page.wait_for_url(f"{live_server.url}{story.address}comments/")
    expect(page.locator("main")).not_to_contain_text("The ferry")
    page.goto(f"{live_server.url}/account/")
    page.get_by_label("Your name").fill("Hodan")
    page.get_by_role("button", name="Keep the name").click()
    expect(page.get_by_label("Your name")).to_have_value("Hodan")
    page.get_by_role("button", name="Show me the comments of Rashid again").click()
    expect(page.locator("#mutes")).to_have_count(0)
    assert not Mute.objects.exists()
    page.get_by_role("link", name="Erase everything about you").click()
    page.get_by_role("button", name="Erase it all").click()
    page.get_by_role("heading", name="You are forgotten").wait_for()
    assert not Reader.objects.filter(email=EMAIL).exists()


@pytest.mark.parametrize("has_script", [True, False])
def test_somebody_follows_by_the_link_in_a_mail_and_stops_by_that_in_another(
    live_server: LiveServer, open_context: Open, story: Story, has_script: bool
) -> None:
    page = open_context(java_script_enabled=has_script).new_page()
    page.goto(f"{live_server.url}{story.address}comments/")
    page.get_by_role("link", name="Follow the discussion by email").click()
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Look into your mail")
    assert not Follow.objects.exists()
    send_waiting()
    [link] = re.findall(r"^http\S+/comments/follow/\S+$", str(mail.outbox[-1].body), re.MULTILINE)
    page.goto(at(live_server, link))
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You follow the discussion")
    page.goto(at(live_server, end_link(Follow.objects.get())))
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are written to no more")
    assert not Follow.objects.exists()


def test_axe_finds_nothing_on_any_of_their_pages(live_server: LiveServer, open_context: Open, story: Story) -> None:
    page = open_context().new_page()
    found: list[str] = []
    for address in ("/account/", "/account/passkey/", "/account/code/over/", f"{story.address}comments/follow/"):
        page.goto(f"{live_server.url}{address}")
        found += all_faults(page)
    page.goto(f"{live_server.url}/account/")
    page.get_by_label("Email address").fill("nobody")
    page.get_by_role("button", name="Send me a code").click()
    found += all_faults(page)
    come_in(page, live_server)
    page.get_by_role("heading", name="Your account").wait_for()
    reader, now = Reader.objects.get(), timezone.now()
    make_comment(story, reader=reader, name="Hodan", body="w" * 300, now=now)
    make_comment(story, reader=reader, name="Hodan", state=State.HELD, rule="links", now=now)
    follow = Follow.objects.create(reader=reader, story=story, since=now)
    muted = make_comment(story, name="Rashid", now=now).reader
    Mute.objects.create(reader=reader, muted=muted, since=now)
    begins = at(live_server, begin_link(Asked(story.pk, 0, EMAIL))).removeprefix(live_server.url)
    ends = at(live_server, end_link(follow)).removeprefix(live_server.url)
    for address in (
        "/account/", "/account/comments/", "/account/erase/", f"{story.address}comments/follow/", begins, ends,
        "/desk/second-factor/",
    ):  # fmt: skip
        page.goto(f"{live_server.url}{address}")
        found += all_faults(page)
    assert found == []


def test_a_reader_adds_a_passkey_and_needs_no_code_any_more(live_server: LiveServer, open_context: Open) -> None:
    make_section()
    context = open_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    come_in(page, live_server)
    page.get_by_role("link", name="Passkeys").click()
    page.get_by_role("link", name="Add one").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text(f"You are signed in as {EMAIL}").wait_for()
