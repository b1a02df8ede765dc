"""A reporter's phone on a bad line: what is typed offline arrives once and in order, also after the tab was killed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.templatetags.static import static
from playwright.sync_api import BrowserContext, Route, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import User
from gazeti.live.models import Coverage
from gazeti.live.views.desk.offline import FILES
from tests.journeys.axe import faults_in
from tests.journeys.kinds import PHONE
from tests.live.phones import (
    LONG,
    PHONE_SCREEN,
    Open,
    coverage,
    is_kept,
    kill,
    phone,
    pictures,
    said,
    signed_in,
    write,
    zawadi,
)
from tests.live.reporters import screen_of
from tests.stories.roles import person

__all__ = ["coverage", "phone", "pictures", "zawadi"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ten_posts_and_two_pictures_of_a_tab_that_was_killed_offline_arrive_once_and_in_order(
    live_server: LiveServer, phone: Callable[[], BrowserContext], coverage: Coverage, zawadi: User, pictures: list[Path]
) -> None:
    address = f"{live_server.url}{screen_of(coverage)}"
    context = signed_in(phone(), zawadi, live_server)
    page = context.new_page()
    page.goto(address)
    context.set_offline(offline=True)
    texts = [f"What happened at minute {at}." for at in range(10)]
    for at, text in enumerate(texts):
        write(page, text, pictures[at // 5] if at in (2, 7) else None)
    expect(page.get_by_role("region", name="Not sent yet").get_by_role("listitem")).to_have_count(10)
    expect(page.get_by_role("region", name="Not sent yet")).to_contain_text("waits for the network")
    page.get_by_label("Text", exact=True).fill("Half a sentence that")
    is_kept(page, "Half a sentence that")
    kill(page)
    assert said(coverage) == []

    again = signed_in(phone(), zawadi, live_server).new_page()
    again.goto(address)
    expect(again.get_by_label("Text", exact=True)).to_have_value("Half a sentence that")
    expect(again.get_by_role("region", name="Not sent yet")).to_be_hidden(timeout=LONG)
    assert said(coverage) == texts
    assert [one.pictures.count() for one in coverage.updates.order_by("number")] == [0, 0, 1, 0, 0, 0, 0, 1, 0, 0]
    again.goto(f"{live_server.url}{coverage.story.address}")
    expect(again.locator("article.update")).to_have_count(10)
    shown = again.locator("article.update").all_inner_texts()
    assert [next(text for text in texts if text in one) for one in shown] == texts[::-1]
    expect(again.locator("article.update img")).to_have_count(2)


def test_what_is_refused_is_shown_and_what_stands_behind_it_goes_out(
    live_server: LiveServer, open_context: Open, coverage: Coverage, zawadi: User
) -> None:
    context = signed_in(open_context(**PHONE_SCREEN), zawadi, live_server)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    context.set_offline(offline=True)
    page.locator("summary", has_text="Author").tap()
    page.get_by_label("Author").fill("Nobody Here")
    write(page, "By nobody.")
    page.locator("summary", has_text="Author").tap()
    page.get_by_label("Author").fill("")
    write(page, "By the paper.")
    context.set_offline(offline=False)
    queue = page.get_by_role("region", name="Not sent yet")
    expect(queue.get_by_role("listitem")).to_have_count(1, timeout=LONG)
    expect(queue).to_contain_text("There is no author of that name")
    assert said(coverage) == ["By the paper."]
    queue.get_by_role("button", name="Change").tap()
    expect(page.get_by_label("Text", exact=True)).to_have_value("By nobody.")
    expect(queue).to_be_hidden()
    page.locator("summary", has_text="Author").tap()
    page.get_by_label("Author").fill("")
    write(page, "By somebody.")
    expect(page.locator("[data-live-below]")).to_contain_text("By somebody.", timeout=LONG)
    assert said(coverage) == ["By the paper.", "By somebody."]


def test_what_was_sent_though_no_answer_came_is_there_once(
    live_server: LiveServer, open_context: Open, coverage: Coverage, zawadi: User
) -> None:
    context = signed_in(open_context(**PHONE_SCREEN), zawadi, live_server)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort() if len(lost) < 3 else route.continue_()

    page.route("**/updates/", lose)
    write(page, "Once.")
    expect(page.get_by_role("region", name="Not sent yet")).to_contain_text("waits for the network")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("region", name="Not sent yet")).to_be_hidden(timeout=LONG)
    assert lost[:2] == [201, 201]
    assert said(coverage) == ["Once."]


def test_who_was_signed_out_signs_in_and_it_is_sent(
    live_server: LiveServer, open_context: Open, coverage: Coverage, zawadi: User
) -> None:
    context = signed_in(open_context(**PHONE_SCREEN), zawadi, live_server)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    Session.objects.all().delete()
    write(page, "Written too long.")
    queue = page.get_by_role("region", name="Not sent yet")
    expect(queue).to_contain_text("sign in, then it is sent")
    queue.get_by_role("link", name="Sign in").tap()
    page.get_by_label("Email").fill(zawadi.email)
    page.get_by_label("Password").fill("a long phrase to sign in")
    page.get_by_role("button", name="Sign in", exact=True).tap()
    expect(page.locator("[data-live-below]")).to_contain_text("Written too long.", timeout=LONG)
    assert said(coverage) == ["Written too long."]


def test_what_one_person_left_unsent_is_not_sent_by_the_next(
    live_server: LiveServer, open_context: Open, coverage: Coverage, zawadi: User
) -> None:
    context = signed_in(open_context(**PHONE_SCREEN), zawadi, live_server)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    other = person("Reporters", name="musa")
    signed_in(context, other, live_server)
    write(page, "By Zawadi alone.")
    queue = page.get_by_role("region", name="Not sent yet")
    expect(queue).to_contain_text("sign in, then it is sent")
    page.reload()
    expect(queue).to_be_hidden()
    assert said(coverage) == []
    signed_in(context, zawadi, live_server)
    page.reload()
    expect(page.locator("[data-live-below]")).to_contain_text("By Zawadi alone.", timeout=LONG)
    assert coverage.updates.get().by == zawadi


def test_two_tabs_send_in_the_order_of_writing_and_each_once(
    live_server: LiveServer, open_context: Open, coverage: Coverage, zawadi: User
) -> None:
    context = signed_in(open_context(**PHONE_SCREEN), zawadi, live_server)
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        page.goto(f"{live_server.url}{screen_of(coverage)}")
    context.set_offline(offline=True)
    texts = [f"Number {at}." for at in range(6)]
    for at, text in enumerate(texts):
        write((one, two)[at % 2], text)
    context.set_offline(offline=False)
    for page in (one, two):
        expect(page.get_by_role("region", name="Not sent yet")).to_be_hidden(timeout=LONG)
    assert said(coverage) == texts


def test_the_screen_opens_without_a_line_and_what_is_written_there_is_sent(
    live_server: LiveServer, open_context: Open, coverage: Coverage, zawadi: User
) -> None:
    context = signed_in(open_context(**PHONE_SCREEN), zawadi, live_server)
    page = context.new_page()
    address = f"{live_server.url}{screen_of(coverage)}"
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready")
    page.close()
    context.set_offline(offline=True)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("No line")
    assert faults_in(page, PHONE, "light") == []
    assert not any(words in page.content() for words in (coverage.story.title, "Zawadi", "csrf"))
    write(page, "From the tunnel.")
    expect(page.get_by_role("region", name="Not sent yet")).to_contain_text("From the tunnel.")
    context.set_offline(offline=False)
    expect(page.get_by_role("heading", level=1)).to_have_text(coverage.story.title, timeout=LONG)
    expect(page.locator("[data-live-below]")).to_contain_text("From the tunnel.")
    assert said(coverage) == ["From the tunnel."]
    assert coverage.updates.get().by == zawadi
    kept = page.evaluate("caches.keys().then(n => caches.open(n[0])).then(c => c.keys()).then(k => k.map(r => r.url))")
    assert {one.removeprefix(live_server.url) for one in kept} == {
        "/desk/live/offline/",
        *(static(name) for name in FILES),
    }
