"""A phone that sends what was refused meanwhile is told so, goes on with the rest, and may send other words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.live.actions import refuse
from gazeti.live.models import Coverage, Waiting
from tests.live.phones import LONG, PHONE_SCREEN, coverage, signed_in
from tests.live.reporters import screen_of
from tests.stories.roles import person

__all__ = ["coverage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]


@pytest.fixture
def screen(open_context: Open, live_server: LiveServer, coverage: Coverage) -> Page:
    context = signed_in(open_context(**PHONE_SCREEN), person("Moderators", name="musa"), live_server)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    return page


def send(page: Page, text: str) -> None:
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Send in", exact=True).tap()
    expect(page.get_by_label("Text", exact=True)).to_have_value("")


def waiting() -> list[str]:
    return [one.body.get_prep_value()[0]["value"] for one in Waiting.objects.order_by("pk")]


def test_what_was_refused_is_told_and_the_next_one_goes_on(screen: Page) -> None:
    tries: list[int] = []

    def loses_the_answer(route: Route) -> None:
        tries.append(1)
        if len(tries) == 1:
            route.fetch()
        route.abort()

    queue = screen.get_by_role("region", name="Not sent yet")
    screen.route("**/updates/", loses_the_answer)
    with screen.expect_event("requestfailed", timeout=LONG):
        send(screen, "It is on fire.")
    refuse(Waiting.objects.get().pk)
    send(screen, "The ferry is back.")
    screen.unroute_all()
    screen.evaluate("window.dispatchEvent(new Event('online'))")
    expect(queue).to_contain_text("not posted", timeout=LONG)
    expect(queue.get_by_role("listitem")).to_have_count(1, timeout=LONG)
    assert waiting() == ["<p>The ferry is back.</p>"]
    queue.get_by_role("button", name="Try again").tap()
    expect(queue.get_by_role("listitem")).to_have_count(1)
    queue.get_by_role("button", name="Change").tap()
    expect(screen.get_by_label("Text", exact=True)).to_have_value("It is on fire.", timeout=LONG)
    send(screen, "There is smoke.")
    expect(queue).to_be_hidden(timeout=LONG)
    assert waiting() == ["<p>The ferry is back.</p>", "<p>There is smoke.</p>"]
