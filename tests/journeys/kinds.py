"""Every kind of page that readers meet, and how a browser gets to each."""

from dataclasses import dataclass

from django.test import RequestFactory
from playwright.sync_api import Page, Route

from gazeti.front.views import failed

FAILED = "failed"
"""The page of an error on our side: no address shows it, so the browser is given the view's whole answer."""
KINDS = (
    "front",
    "section",
    "section, empty",
    "story",
    "story, in Swahili",
    "recent",
    "recent, second page",
    "author",
    "topic",
    "search",
    "search with results",
    "search without results",
    "information",
    "not found",
    "gone",
    FAILED,
)
STATUSES = {"not found": 404, "gone": 410, FAILED: 500}
PHONE, DESK = 360, 1280
"""Widths in CSS pixels."""


@dataclass(frozen=True)
class Paper:
    """A newsroom that is served: its address, and the path of each kind of page by name."""

    address: str
    paths: dict[str, str]

    def __getitem__(self, kind: str) -> str:
        """The whole address of a kind of page."""
        return f"{self.address}{self.paths[kind]}"


def show(page: Page, paper: Paper, kind: str) -> Page:
    """Open a kind of page; its status must be the one that belongs to it."""
    address = f"{paper.address}/failed/" if kind == FAILED else paper[kind]
    if kind == FAILED:
        page.route(address, answer_with_failure)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == STATUSES.get(kind, 200), address
    return page


def answer_with_failure(route: Route) -> None:
    """Answer a request by the view for errors on our side, with its own headers."""
    answer = failed(RequestFactory().get("/failed/"))
    route.fulfill(status=answer.status_code, headers=dict(answer.items()), body=answer.content)
