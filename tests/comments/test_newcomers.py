"""What somebody who comes for the first time is told, before and after, without knowing how the paper works."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gazeti.comments.rules import State
from tests.accounts.readers import let_in
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, moderator, soup
from tests.comments.writing import path_of, send, settle, whole
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db
FIRST = "Your first comment here waits"


def text_of(html: bytes, selector: str) -> str:
    found = BeautifulSoup(html, "html.parser").select_one(selector)
    return " ".join(found.get_text(" ").split()) if found else ""


@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_the_form_says_how_long_a_comment_may_be_and_whether_a_first_one_waits(
    client: Client, *, waits: bool, is_signed_in: bool
) -> None:
    settle(first_time_waits=waits)
    if is_signed_in:
        let_in(client)
    html = client.get(f"{make_story().address}comments/").content
    before = text_of(html, "#say-before")
    assert ("5,000 characters at most" in before, FIRST in before) == (True, waits)
    assert 'aria-describedby="say-before"' in html.decode()


def test_the_private_page_says_to_keep_its_address_and_to_come_back(client: Client) -> None:
    settle(first_time_waits=True)
    page = client.get(path_of(send(client, make_story()))).content
    told = text_of(page, "main")
    assert "Come back here to see what became of it. Keep this address" in told
    assert "sign in" not in told


def test_nobody_is_promised_that_signing_in_ends_the_wait(client: Client) -> None:
    settle(first_time_waits=True)
    story = make_story()
    page = client.get(path_of(send(client, story, fields={**whole(story), "altcha": ""}))).content
    assert "could not show us that it is no robot" in text_of(page, "main")
    assert "need not wait" not in text_of(page, "main")


def test_a_report_asks_who_somebody_is_only_where_the_law_does(client: Client) -> None:
    story = make_story()
    make_comment(story)
    address = f"{story.address}comments/1/report/"
    asked = BeautifulSoup(client.get(address).content, "html.parser").select_one("details")
    names = {one["name"] for one in asked.select("input")}
    assert (asked.has_attr("open"), names) == (
        False,
        {"name", "email", "in_good_faith", "shows_abuse_of_a_child"},
    )
    assert "a report needs no name" in asked.get_text()
    wrong = client.post(address, {"reason": "illegal"}, headers={"sec-fetch-site": "same-origin"})
    assert BeautifulSoup(wrong.content, "html.parser").select_one("details").has_attr("open")


def test_approving_stands_out_and_the_queue_tells_where_one_rejects() -> None:
    story, client = make_story(), moderator()
    first = make_comment(story, state=State.HELD, rule="mode")
    make_comment(story, state=State.HELD, rule="mode")
    queue = soup(client.get(DESK))
    told = queue.find_all(string=lambda words: "there you also reject it" in words)
    assert (len(told), told[0].find_parent("article")["id"]) == (1, f"c{first.pk}")
    case = soup(client.get(f"{DESK}{first.pk}/"))
    looks = {one["value"]: one.get("class", []) for one in case.select("form.decide button")}
    assert (looks["approved"], looks["rejected"], looks["spam"]) == ([], ["quiet"], ["quiet"])
