"""What tests of moderation share: moderators who are signed in, and forms as the desk's pages send them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from gazeti.comments.actions.report import Notice, report_comment
from gazeti.comments.models import Comment, Report
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_story
from tests.stories.roles import person, signed_in

DESK = "/desk/comments/"


def moderator(name: str = "grace") -> Client:
    """A moderator of that name, signed in."""
    return signed_in(person("Moderators", name=name, first_name=name.title(), last_name="Otieno"))


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def client() -> Client:
    """Instead of a stranger, a moderator."""
    return moderator()


def held(story: Story, **facts: object) -> Comment:
    """A comment that waits, being its writer's first."""
    return make_comment(story, state=State.HELD, rule="first-time", **facts)


def seen(comment: Comment) -> str:
    """How many decisions there are about a comment, as a form carries it."""
    return str(Comment.objects.get(pk=comment.pk).decisions_made)


def decide(client: Client, comment: Comment, kind: str, **fields: str) -> HttpResponse:
    """Press a button on the comment's page."""
    fields.setdefault("seen", seen(comment))
    return client.post(f"{DESK}{comment.pk}/", {"kind": kind, **fields})


def choice(comment: Comment) -> str:
    """A comment as a tick in a queue names it."""
    return f"{comment.pk}:{seen(comment)}"


def report(comment: Comment, *, mark: str = "a", reason: str = "abuse", **facts: Any) -> Report:
    """A reader reports it."""
    now = facts.pop("now", NOW)
    return report_comment(comment, notice=Notice(reason=reason, **facts), mark=mark, now=now)


def fresh(comment: Comment) -> Comment:
    """The comment as the database has it."""
    return Comment.objects.get(pk=comment.pk)


def soup(response: HttpResponse) -> BeautifulSoup:
    """The answer's page."""
    assert response.status_code in (200, 409, 422), response.status_code
    return BeautifulSoup(response.content, "html.parser")


def listed(response: HttpResponse) -> list[int]:
    """The ids of the comments that a queue's page shows, in order."""
    return [int(one["id"][1:]) for one in soup(response).select("article.waiting")]
