"""A picture that the server cuts off unread: the reporter is told why, and what was written after it goes out."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import User
from gazeti.live.models import Coverage
from tests.live.phones import LONG, PHONE_SCREEN, Open, coverage, minutes_pass, pictures, said, signed_in, write, zawadi
from tests.live.reporters import screen_of

__all__ = ["coverage", "pictures", "zawadi"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_context: Open, live_server: LiveServer, coverage: Coverage, zawadi: User) -> Page:
    """The screen, whose server cuts off what brings a picture, as ours does where it is too large (`edge.bodies`)."""
    context: BrowserContext = signed_in(open_context(**PHONE_SCREEN), zawadi, live_server)
    opened = context.new_page()
    opened.route("**/updates/", cut_off)
    opened.clock.install()
    opened.goto(f"{live_server.url}{screen_of(coverage)}")
    return opened


def cut_off(route: Route) -> None:
    has_picture = b"filename=" in (route.request.post_data_buffer or b"")
    route.abort("connectionreset") if has_picture else route.continue_()


def queue_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Not sent yet")


def test_what_the_server_never_takes_keeps_nothing_back(page: Page, coverage: Coverage, pictures: list[Path]) -> None:
    write(page, "With a picture.", pictures[0])
    expect(queue_of(page)).to_contain_text("waits for the network", timeout=LONG)
    write(page, "What came next.")
    minutes_pass(page, lambda: "the server could not take it" in queue_of(page).inner_text())
    expect(page.locator("[data-live-below]")).to_contain_text("What came next.", timeout=LONG)
    assert said(coverage) == ["What came next."]
    expect(queue_of(page)).to_contain_text("With a picture.")


def test_who_is_signed_out_is_told_so_also_where_the_picture_was_cut_off(page: Page, pictures: list[Path]) -> None:
    Session.objects.all().delete()
    write(page, "With a picture.", pictures[0])
    expect(queue_of(page)).to_contain_text("sign in, then it is sent", timeout=LONG)


@pytest.mark.soak
def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    file, most = page.get_by_label("File", exact=True), settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    with pytest.raises(AssertionError, match="With a picture"):
        write(page, "With a picture.", of_size(tmp_path / "large.jpg", most + 1))
    told = file.evaluate("one => one.validationMessage")
    assert told == "This file is too large: at most 20 MB are taken. Make it smaller."
    expect(queue_of(page)).to_be_hidden()
    file.set_input_files(of_size(tmp_path / "fits.jpg", most))
    assert file.evaluate("one => one.validationMessage") == ""


def of_size(path: Path, size: int) -> Path:
    """A file of so many bytes."""
    with path.open("wb") as file:
        file.truncate(size)
    return path
