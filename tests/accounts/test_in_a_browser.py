"""The first administrator's page in a real browser: on a phone, without JavaScript, and nothing for axe to find."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import User
from gazeti.accounts.queries import first_administrator_link
from tests.journeys.kinds import DESK, PHONE
from tests.journeys.test_accessibility import faults_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def link_at(server: LiveServer) -> str:
    return first_administrator_link().replace("http://localhost:8000", server.url)


def test_a_person_becomes_administrator_without_javascript(
    live_server: LiveServer, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(link_at(live_server))
    page.get_by_label("Email address").fill("amina@paper.example")
    page.get_by_label("Your name").fill("Amina Farah")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Open the newsroom").click()
    page.get_by_text("This password is too short").wait_for()
    page.get_by_label("Password").fill("tall-jacaranda-9")
    page.get_by_role("button", name="Open the newsroom").click()
    page.wait_for_url(f"{live_server.url}/desk/")
    assert User.objects.get().is_superuser


@pytest.mark.parametrize("state", ["asked", "refused", "spent"])
def test_axe_finds_nothing(live_server: LiveServer, page: Page, state: str) -> None:
    link = link_at(live_server)
    if state == "spent":
        User.objects.create_superuser("ali@paper.example")
    page.goto(link)
    if state == "refused":
        page.get_by_role("button").click()
        page.get_by_role("alert").wait_for()
    assert [
        fault for width in (PHONE, DESK) for look in ("light", "dark") for fault in faults_in(page, width, look)
    ] == []
