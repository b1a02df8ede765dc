"""The journey of readers and a moderator through comments, in w3m: no script, no colours, keys alone."""

import time
from pathlib import Path

import pytest

from gazeti.guard.traps import LEAST
from tests.cli.processes import until
from tests.journeys.commenting import MODERATOR
from tests.journeys.newsrooms import served
from tests.journeys.people import PASSWORD
from tests.journeys.test_comments import (
    CHANGED,
    FIRST,
    FOLLOWER,
    THIRD,
    laid,
    link_in,
    mail_of,
    mailing,
)
from tests.journeys.textual import TextBrowser
from tests.mail_server import Box

__all__ = ["mailing"]


@pytest.mark.w3m
def test_readers_and_a_moderator_talk_under_a_story_in_a_text_browser(mailing: Path, tmp_path: Path, box: Box) -> None:
    story = laid(mailing)
    with served(mailing) as server:
        address = f"{server}{story}"
        with TextBrowser(tmp_path / "first", address) as first, TextBrowser(tmp_path / "desk", server) as desk:
            written_in_text(first, FIRST, name="Halima", email=FOLLOWER)
            own = first.address()
            approved_in_text(desk, server)
            changed_in_text(first, address, own)
            followed_in_text(first, address, box)
            with TextBrowser(tmp_path / "second", f"{address}comments/1/") as second:
                replied_in_text(second)
                desk.go(f"{server}/desk/comments/")
                desk.follow("Approve Decide")
                desk.reads("Nothing is held.")
                reported_in_text(second, address)
            stopped_in_text(first, address, box)


def filled_in(browser: TextBrowser, words: str, *, name: str, email: str) -> None:
    """The form, not sent sooner than a person could."""
    begun = time.monotonic()
    browser.wrote("Your comment", words)
    browser.typed("Your name, as", name)
    browser.typed("Your email", email)
    until(lambda: time.monotonic() > begun + LEAST, "a person has filled it in")
    browser.follow("Post comment")


def written_in_text(browser: TextBrowser, words: str, *, name: str, email: str) -> None:
    """From the story, by its link to the form."""
    browser.follow("Be the first to comment")
    filled_in(browser, words, name=name, email=email)
    browser.reads("waits for a moderator", "Your browser could not show us that it is no robot")


def approved_in_text(browser: TextBrowser, server: str) -> None:
    """The moderator signs in and lets it through."""
    browser.go(f"{server}/desk/comments/")
    browser.typed("Email", MODERATOR)
    browser.typed("Forgot your password", PASSWORD, prompt="Password:")
    browser.keys("\t\t\r")
    browser.follow("Decide")
    browser.reads("Its browser did no proof of work")
    browser.follow("Approve")
    browser.reads("Nothing is held.")


def changed_in_text(browser: TextBrowser, address: str, own: str) -> None:
    """At the private address, within five minutes."""
    browser.go(own)
    browser.wrote("which you can change", CHANGED)
    browser.follow("Save the change")
    browser.reads("Your comment is published")
    browser.go(f"{address}comments/1/")
    browser.reads(CHANGED, "edited")


def followed_in_text(browser: TextBrowser, address: str, box: Box) -> None:
    """Asked for, then begun by the link in the mail."""
    browser.go(f"{address}comments/follow/")
    browser.typed("Email address", FOLLOWER)
    browser.follow("Follow$")
    browser.reads("Look into your mail")
    browser.go(link_in(mail_of(box, number=1), "follow", address))
    browser.follow("Follow$")
    browser.reads("You follow the discussion")


def replied_in_text(browser: TextBrowser) -> None:
    """Another reader, whose reply waits too."""
    browser.follow("Reply")
    filled_in(browser, THIRD, name="Wanjiku", email="wanjiku@example.org")
    browser.reads("waits for a moderator")


def reported_in_text(browser: TextBrowser, address: str) -> None:
    """The reply stands under what it answers; they report the other, and keep the receipt."""
    browser.go(f"{address}comments/1/")
    browser.reads(THIRD, "in reply to Halima")
    browser.follow("Report")
    browser.at("It is false and does harm")
    browser.keys("\x1b\t\r")
    browser.wrote("What should we know", "Nobody carries a torch.")
    browser.follow("Send the report")
    browser.reads("Your report has come")


def stopped_in_text(browser: TextBrowser, address: str, box: Box) -> None:
    """The mail tells of the reply; one click in it and there are no more."""
    mail = mail_of(box, number=2)
    assert "/comments/2/" in mail.get_content()
    browser.go(link_in(mail, "stop", address))
    browser.follow("Stop these mails")
    browser.reads("You are written to no more")
