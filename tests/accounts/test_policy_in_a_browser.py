"""The desk in a real browser under its content security policy: it works, and the browser refuses nothing."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import User
from gazeti.stories.actions import author_named
from gazeti.stories.models import Story
from tests.accounts.people import PASSWORD
from tests.journeys.kinds import DESK
from tests.journeys.test_desk import the_body_is_written, the_picture_is_uploaded, the_story_is_begun
from tests.newsroom import make_section, make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/desk/",
    "/desk/pages/",
    "/desk/pages/{section}/",
    "/desk/images/",
    "/desk/images/multiple/add/",
    "/desk/documents/",
    "/desk/users/",
    "/desk/users/edit/{user}/",
    "/desk/groups/new/",
    "/desk/workflows/list/",
    "/desk/workflows/add/",
    "/desk/snippets/gazeti_stories/author/add/",
    "/desk/reports/site-history/",
    "/desk/redirects/add/",
    "/desk/settings/gazeti_base/newspaper/",
    "/desk/account/",
    "/desk/pages/{story}/history/",
    "/desk/pages/{story}/copy/",
    "/desk/pages/{story}/move/",
    "/desk/invitations/",
    "/desk/invitations/new/",
    "/desk/reports/accounts/",
    "/desk/second-factor/",
    "/desk/sessions/",
    "/desk/password/change/",
)


@pytest.fixture
def refused() -> list[str]:
    """What the browser's console told of the policy, or of a script that failed."""
    return []


@pytest.fixture
def page(
    live_server: LiveServer, open_context: Callable[..., BrowserContext], client: Client, refused: list[str]
) -> Iterator[Page]:
    """A desk's screen, with an administrator signed in."""
    user = User.objects.create_superuser("amina@paper.example", PASSWORD, first_name="Amina", last_name="Farah")
    client.force_login(user)
    context = open_context(viewport={"width": DESK, "height": 900})
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([session])  # type: ignore[list-item]
    page = context.new_page()
    page.on("console", lambda said: refused.append(f"{page.url}: {said.text}") if "Security" in said.text else None)
    page.on("pageerror", lambda error: refused.append(f"{page.url}: {error}"))
    yield page
    page.goto("about:blank")


def test_no_page_of_the_desk_asks_for_what_the_policy_refuses(
    live_server: LiveServer, page: Page, refused: list[str]
) -> None:
    story = make_story()
    numbers = {"story": story.pk, "section": story.get_parent().pk, "user": User.objects.get().pk}
    for address in PAGES:
        answer = page.goto(live_server.url + address.format(**numbers), wait_until="load")
        assert answer
        assert answer.status == 200, address
    assert refused == []


def test_a_browser_tells_what_the_policy_refuses(live_server: LiveServer, page: Page, refused: list[str]) -> None:
    page.goto(f"{live_server.url}/desk/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">A</p>')")
    page.wait_for_timeout(0)
    assert page.evaluate("window.ran") is None
    assert len(refused) == 2


def test_a_story_is_written_with_everything_the_editor_offers(
    live_server: LiveServer, page: Page, refused: list[str]
) -> None:
    """Rich text, blocks, the choosers of authors and pictures, an upload, the picker of dates, a preview."""
    make_section(title="News")
    author_named("Amina Farah")
    the_story_is_begun(page, live_server.url)
    the_picture_is_uploaded(page)
    the_body_is_written(page)
    page.wait_for_url("**/edit/")
    expect(page.get_by_text("Autosave is paused")).to_be_hidden()
    a_date_is_picked(page)
    a_preview_is_shown(page)
    assert refused == []
    assert Story.objects.filter(live=False).exists()


def a_date_is_picked(page: Page) -> None:
    """The picker opens beside its field and writes into it."""
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label("Go live date/time")
    field.click()
    page.locator(".xdsoft_datetimepicker:visible td.xdsoft_date").last.click()
    expect(field).not_to_have_value("")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def a_preview_is_shown(page: Page) -> None:
    """The preview stands in a frame of the desk."""
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.frame_locator("iframe[title=Preview]").last.get_by_role("heading", level=1)).to_be_visible()
