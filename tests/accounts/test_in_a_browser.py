"""The pages of signing in, in a real browser: on a phone, without JavaScript, and nothing for axe to find."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.actions import invite_person
from gazeti.accounts.models import User
from gazeti.accounts.queries import first_administrator_link, invitation_link
from tests.accounts.people import PASSWORD, give_app, make_person, shown_code
from tests.journeys.axe import faults_in
from tests.journeys.kinds import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]
OWN = (
    "/desk/second-factor/",
    "/desk/second-factor/totp/activate/",
    "/desk/second-factor/webauthn/add/",
    "/desk/password/change/",
    "/desk/sessions/",
    "/desk/logout/",
)
WITHIN = ("/desk/invitations/", "/desk/invitations/new/", "/desk/reports/accounts/")


def at(server: LiveServer, link: str) -> str:
    return link.replace("http://localhost:8000", server.url)


def sign_in(page: Page, server: LiveServer, email: str = "amina@paper.example") -> None:
    page.goto(f"{server.url}/desk/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def all_faults(page: Page) -> list[str]:
    found = [fault for width in (PHONE, DESK) for look in ("light", "dark") for fault in faults_in(page, width, look)]
    page.set_viewport_size({"width": PHONE, "height": 720})
    if page.evaluate("document.documentElement.scrollWidth") > PHONE:
        found.append(f"{page.url} is wider than a phone")
    return found


def test_a_person_becomes_administrator_without_javascript(live_server: LiveServer, open_context: Open) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(at(live_server, first_administrator_link()))
    page.get_by_label("Email address").fill("amina@paper.example")
    page.get_by_label("Your name").fill("Amina Farah")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Open the newsroom").click()
    page.get_by_text("This password is too short").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open the newsroom").click()
    page.wait_for_url(f"{live_server.url}/desk/")
    assert User.objects.get().is_superuser


def test_an_editor_is_invited_sets_up_an_app_and_signs_in_with_it_without_javascript(
    live_server: LiveServer, open_context: Open, settings: Settings, app: None
) -> None:
    settings.GAZETI_SECOND_FACTOR = True
    make_person("other@paper.example")
    one = invite_person("amina@paper.example", name="", roles=["editor"], now=timezone.now(), by=None)
    page = open_context(java_script_enabled=False).new_page()
    page.goto(at(live_server, invitation_link(one)))
    page.get_by_label("Your name").fill("Amina Farah")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open the desk").click()
    expect(page.get_by_role("alert")).to_contain_text("Your role asks for a second factor")
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Authenticator code").fill(shown_code(page.locator("code.key").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign Out").click()
    sign_in(page, live_server)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/desk/")


def test_a_code_from_the_mail_signs_in_without_javascript(
    live_server: LiveServer, open_context: Open, run_tasks: Callable[[], None]
) -> None:
    make_person(roles=["reporter"])
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/desk/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    page.get_by_role("link", name="Send me a code by mail").click()
    page.get_by_label("Email").fill("amina@paper.example")
    page.get_by_role("button", name="Send the code").click()
    run_tasks()
    (code,) = re.findall(r"(?m)^([A-Z0-9-]{6,})$", str(mail.outbox[-1].body))
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/desk/")


def test_axe_finds_nothing_on_the_way_in(live_server: LiveServer, page: Page) -> None:
    make_person()
    found = []
    for address in ("login/", "login/code/", "password/reset/", "password/reset/done/", "inactive/"):
        page.goto(f"{live_server.url}/desk/{address}")
        found += all_faults(page)
    page.goto(f"{live_server.url}/desk/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("This field is required").first.wait_for()
    found += all_faults(page)
    page.goto(at(live_server, first_administrator_link()))
    found += all_faults(page)
    page.get_by_role("button").click()
    page.get_by_role("alert").wait_for()
    found += all_faults(page)
    page.goto(f"{live_server.url}/desk/login/code/")
    page.get_by_label("Email").fill("amina@paper.example")
    page.get_by_role("button", name="Send the code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    assert found + all_faults(page) == []


def test_axe_finds_nothing_on_ones_own_pages(live_server: LiveServer, page: Page) -> None:
    make_person()
    sign_in(page, live_server)
    found = []
    for address in OWN:
        page.goto(live_server.url + address)
        found += all_faults(page)
    assert found == []


@pytest.mark.usefixtures("app")
def test_axe_finds_nothing_where_the_second_factor_is_asked_for(live_server: LiveServer, page: Page) -> None:
    give_app(make_person())
    sign_in(page, live_server)
    page.get_by_role("heading", name="Your second factor").wait_for()
    found = all_faults(page)
    page.get_by_label("Code").fill(shown_code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/desk/")
    for address in ("", "recovery-codes/", "reauthenticate/", "totp/deactivate/"):
        page.goto(f"{live_server.url}/desk/second-factor/{address}")
        found += all_faults(page)
    assert found == []


def test_axe_finds_nothing_on_links_that_were_sent(live_server: LiveServer, page: Page) -> None:
    one = invite_person("amina@paper.example", name="", roles=["editor"], now=timezone.now(), by=None)
    page.goto(at(live_server, invitation_link(one)))
    found = all_faults(page)
    User.objects.create_superuser("ali@paper.example")
    page.goto(at(live_server, first_administrator_link()))
    assert found + all_faults(page) == []


def test_axe_finds_nothing_on_our_pages_within_the_desk(live_server: LiveServer, page: Page) -> None:
    user = make_person(roles=["administrator"])
    invite_person("ali@paper.example", name="Ali", roles=["editor"], now=timezone.now(), by=user)
    sign_in(page, live_server)
    found = []
    for address in WITHIN:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        found += all_faults(page)
    assert found == []
