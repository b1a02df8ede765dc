"""What a reporter's phone waits for: a server that is down holds all in its order, a conflict its own words alone."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import User
from gazeti.live.actions import edit_update, post_update
from gazeti.live.models import Coverage, Wording
from gazeti.live.rules import Words
from gazeti.stories.formats import raw_body
from tests.live.covering import make_words
from tests.live.phones import LONG, PHONE_SCREEN, Open, coverage, minutes_pass, said, signed_in, write, zawadi
from tests.live.reporters import screen_of
from tests.newsroom import NOW

__all__ = ["coverage", "zawadi"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONLINE = "window.dispatchEvent(new Event('online'))"
RICH = Words(body=raw_body([("text", '<p>Read <a href="https://example.org/paper">the paper</a>.</p>')]))


@pytest.fixture
def context(open_context: Open, live_server: LiveServer, zawadi: User) -> BrowserContext:
    return signed_in(open_context(**PHONE_SCREEN), zawadi, live_server)


@pytest.fixture
def screen(context: BrowserContext, live_server: LiveServer, coverage: Coverage) -> Page:
    """The screen, whose clock a test may turn."""
    page = context.new_page()
    page.clock.install()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    return page


def queue_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Not sent yet")


@pytest.mark.parametrize("status", [502, 503, 504, 429, 408])
def test_while_the_server_is_down_nothing_overtakes_another_however_long_it_takes(
    screen: Page, coverage: Coverage, status: int
) -> None:
    tries: list[int] = []

    def down(route: Route) -> None:
        tries.append(status)
        route.fulfill(status=status, body="<h1>Down</h1>", content_type="text/html", headers={"Retry-After": "5"})

    screen.route("**/updates/", down)
    texts = [f"{which} at the gate." for which in ("First", "Second", "Third")]
    for text in texts:
        write(screen, text)
    minutes_pass(screen, lambda: len(tries) >= 9)
    expect(queue_of(screen).get_by_role("listitem")).to_have_count(3)
    expect(queue_of(screen)).to_contain_text("waits for the server")
    screen.unroute_all()
    screen.evaluate(ONLINE)
    expect(queue_of(screen)).to_be_hidden(timeout=LONG)
    assert said(coverage) == texts


def test_tries_that_somebody_asks_for_use_nothing_up(screen: Page, coverage: Coverage) -> None:
    tries: list[int] = []

    def fails(route: Route) -> None:
        tries.append(500)
        route.fulfill(status=500, body="Broken.")

    screen.route("**/updates/", fails)
    write(screen, "Once more.")
    for _time in range(8):
        expect(queue_of(screen)).to_contain_text("waits for")
        with screen.expect_request("**/updates/"):
            screen.evaluate(ONLINE)
    assert len(tries) >= 8
    expect(queue_of(screen)).not_to_contain_text("could not take it")
    screen.unroute_all()
    screen.evaluate(ONLINE)
    expect(queue_of(screen)).to_be_hidden(timeout=LONG)
    assert said(coverage) == ["Once more."]


@pytest.mark.parametrize(("status", "least"), [(500, 5), (413, 1)])
def test_what_the_server_does_not_take_of_one_holds_up_no_other(
    screen: Page, coverage: Coverage, status: int, least: int
) -> None:
    tries: list[int] = []

    def fails(route: Route) -> None:
        if b"Broken" not in (route.request.post_data_buffer or b""):
            return route.continue_()
        tries.append(status)
        return route.fulfill(status=status, body="<h1>No</h1>", content_type="text/html")

    screen.route("**/updates/", fails)
    write(screen, "Broken.")
    write(screen, "Whole.")
    minutes_pass(screen, lambda: "the server could not take it" in queue_of(screen).inner_text())
    expect(queue_of(screen).get_by_role("listitem")).to_have_count(1, timeout=LONG)
    assert said(coverage) == ["Whole."]
    assert len(tries) >= least


def test_a_redirect_to_somewhere_else_than_the_door_holds_up_nothing(screen: Page, coverage: Coverage) -> None:
    def leads_away(route: Route) -> None:
        is_led = b"Away" in (route.request.post_data_buffer or b"")
        route.fulfill(status=302, headers={"Location": "/desk/live/"}) if is_led else route.continue_()

    screen.route("**/updates/", leads_away)
    write(screen, "Away.")
    write(screen, "Here.")
    expect(queue_of(screen)).to_contain_text("the server could not take it", timeout=LONG)
    assert "sign in" not in queue_of(screen).inner_text()
    expect(queue_of(screen).get_by_role("listitem")).to_have_count(1, timeout=LONG)
    assert said(coverage) == ["Here."]


def test_an_edit_that_meets_richer_text_is_kept_with_its_words_and_the_next_goes_out(
    context: BrowserContext, live_server: LiveServer, coverage: Coverage, zawadi: User
) -> None:
    update = post_update(coverage.pk, words=make_words("Mine."), by=zawadi, now=NOW)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}updates/{update.number}/")
    edit_update(coverage.pk, number=update.number, words=RICH, now=NOW)
    page.get_by_label("Text", exact=True).fill("Corrected in the tunnel.")
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(queue_of(page)).to_contain_text("more than this form can show", timeout=LONG)
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    write(page, "Behind it.")
    expect(page.locator("[data-live-below]")).to_contain_text("Behind it.", timeout=LONG)
    expect(queue_of(page).get_by_label("Your words")).to_have_value("Corrected in the tunnel.")
    look = queue_of(page).get_by_role("link", name="Look at it")
    assert str(look.get_attribute("href")).endswith(f"updates/{update.number}/")


def test_what_was_added_after_an_answer_was_lost_becomes_an_edit(screen: Page, coverage: Coverage) -> None:
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    screen.route("**/updates/", lose)
    write(screen, "It opened.")
    expect(queue_of(screen)).to_contain_text("waits for the network")
    queue_of(screen).get_by_role("button", name="Change").tap()
    expect(screen.get_by_label("Text", exact=True)).to_have_value("It opened.")
    expect(queue_of(screen)).to_be_hidden()
    screen.unroute_all()
    screen.get_by_label("Key event").check()
    write(screen, "It opened.")
    expect(queue_of(screen)).to_contain_text("went out as you first sent it", timeout=LONG)
    assert not coverage.updates.get().is_key
    queue_of(screen).get_by_role("button", name="Change it there").tap()
    expect(queue_of(screen)).to_be_hidden(timeout=LONG)
    assert coverage.updates.get().is_key
    assert lost[0] == 201


def test_a_browser_that_cannot_time_a_request_sends_and_brings_news(
    context: BrowserContext, live_server: LiveServer, coverage: Coverage
) -> None:
    context.add_init_script("delete AbortSignal.timeout")
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    assert page.evaluate("AbortSignal.timeout") is None
    write(page, "From an old phone.")
    expect(page.locator("[data-live-below]")).to_contain_text("From an old phone.", timeout=LONG)
    assert said(coverage) == ["From an old phone."]


@pytest.mark.parametrize("is_overtaken", [False, True])
def test_two_edits_of_one_form_follow_each_other_and_overtake_no_colleague(
    context: BrowserContext, live_server: LiveServer, coverage: Coverage, zawadi: User, *, is_overtaken: bool
) -> None:
    update = post_update(coverage.pk, words=make_words("Mine."), by=zawadi, now=NOW)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}updates/{update.number}/")
    context.set_offline(offline=True)
    for at, text in enumerate(("Once.", "Twice."), start=1):
        page.get_by_label("Text", exact=True).fill(text)
        page.get_by_role("button", name="Save", exact=True).tap()
        expect(queue_of(page).get_by_role("listitem")).to_have_count(at)

    def overtake(route: Route) -> None:
        answer = route.fetch()
        if is_overtaken and coverage.wordings.count() == 2:
            edit_update(coverage.pk, number=update.number, words=make_words("Theirs."), now=NOW)
        route.fulfill(response=answer)

    page.route(re.compile(rf"/updates/{update.number}/$"), overtake)
    context.set_offline(offline=False)
    if is_overtaken:
        expect(queue_of(page)).to_contain_text("Somebody has changed this update", timeout=LONG)
        expect(queue_of(page)).to_contain_text("Twice.")
    else:
        page.wait_for_url(f"**{screen_of(coverage)}", timeout=LONG)
        expect(queue_of(page)).to_be_hidden()
    last = Wording.objects.latest("number").body.get_prep_value()[0]["value"]
    assert last == ("<p>Theirs.</p>" if is_overtaken else "<p>Twice.</p>")


def test_an_edit_that_is_written_while_the_one_before_it_is_sent_goes_on_from_it(
    context: BrowserContext, live_server: LiveServer, coverage: Coverage, zawadi: User
) -> None:
    update = post_update(coverage.pk, words=make_words("Mine."), by=zawadi, now=NOW)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}updates/{update.number}/")
    context.set_offline(offline=True)
    text, save = page.get_by_label("Text", exact=True), page.get_by_role("button", name="Save", exact=True)
    text.fill("Once.")
    save.tap()
    expect(queue_of(page).get_by_role("listitem")).to_have_count(1)
    text.fill("Twice.")
    context.set_offline(offline=False)
    expect(queue_of(page)).to_be_hidden(timeout=LONG)
    save.tap()
    page.wait_for_url(f"**{screen_of(coverage)}", timeout=LONG)
    assert Wording.objects.latest("number").body.get_prep_value()[0]["value"] == "<p>Twice.</p>"
