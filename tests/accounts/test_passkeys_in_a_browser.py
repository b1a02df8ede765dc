"""Passkeys and security keys in a real browser, with a key that Chromium plays (WebDriver's virtual authenticator)."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.accounts.people import PASSWORD, make_person
from tests.accounts.test_in_a_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext], settings: Settings) -> Page:
    """A browser whose machine holds a key, in a newsroom that asks editors for a second factor."""
    settings.GAZETI_SECOND_FACTOR = True
    context = open_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def add_key(page: Page, server: LiveServer, *, alone: bool) -> None:
    """Add the machine's key, from the page that the desk leads to."""
    page.goto(f"{server.url}/desk/second-factor/webauthn/add/")
    page.get_by_label("Name").fill("My phone")
    if alone:
        page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()


def sign_out(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/desk/logout/")
    page.get_by_role("button", name="Sign Out").click()
    page.wait_for_url(f"{server.url}/desk/login/")


def test_a_passkey_signs_in_without_address_or_password(live_server: LiveServer, phone: Page) -> None:
    make_person()
    sign_in(phone, live_server)
    add_key(phone, live_server, alone=True)
    sign_out(phone, live_server)
    phone.goto(f"{live_server.url}/desk/login/?next=/desk/account/")
    phone.get_by_role("button", name="Use a passkey").click()
    phone.wait_for_url(f"{live_server.url}/desk/account/")


def test_a_security_key_is_the_second_factor_after_a_password(live_server: LiveServer, phone: Page) -> None:
    make_person()
    sign_in(phone, live_server)
    add_key(phone, live_server, alone=False)
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    sign_out(phone, live_server)
    sign_in(phone, live_server)
    phone.get_by_role("button", name="Use a passkey or security key").click()
    phone.wait_for_url(f"{live_server.url}/desk/")


def test_a_key_is_renamed_asked_for_again_and_removed(live_server: LiveServer, phone: Page) -> None:
    make_person()
    sign_in(phone, live_server)
    add_key(phone, live_server, alone=True)
    phone.goto(f"{live_server.url}/desk/second-factor/webauthn/")
    phone.get_by_role("link", name="Rename My phone").click()
    phone.get_by_label("Name").fill("The old phone")
    phone.get_by_role("button", name="Save").click()
    phone.goto(f"{live_server.url}/desk/second-factor/webauthn/reauthenticate/?next=/desk/second-factor/webauthn/")
    phone.get_by_role("button", name="Use a passkey or security key").click()
    phone.get_by_role("link", name="Remove The old phone").click()
    phone.get_by_role("button", name="Remove").click()
    expect(phone.get_by_role("alert")).to_contain_text("Your role asks for a second factor")
    assert not Authenticator.objects.exists()


def test_a_key_that_is_not_there_is_told_in_a_sentence(
    live_server: LiveServer, open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": {**KEY, "isUserVerified": False}})
    make_person(roles=["reporter"])
    page.goto(f"{live_server.url}/desk/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey could not be used")
    assert PASSWORD not in page.content()
