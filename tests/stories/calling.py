"""Calls of the API as programs make them: with a token of somebody who has a role, and nothing else."""

from typing import Any

from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from wagtail.models import APIToken

from gazeti.accounts.models import User
from gazeti.stories.actions import author_named
from gazeti.stories.models import Section

STORY = "gazeti_stories.Story"


def somebody(role: str) -> User:
    """Somebody with a role in the newsroom."""
    number = User.objects.count() + 1
    person = User.objects.create_user(email=f"{role.lower()}-{number}@example.org", password=None)
    person.groups.add(Group.objects.get(name=role))
    return person


class Program:
    """A program that calls in somebody's name."""

    def __init__(self, person: User | None = None, *, token: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.token = token or (APIToken.create_token(user=person, name="test")[1] if person else "")

    def __call__(self, method: str, path: str, data: Any = None) -> HttpResponse:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        sent = {"data": data, "content_type": "application/json"} if method in ("post", "patch", "put") else {}
        if method == "get" and data:
            sent = {"data": data}
        return getattr(self.client, method)(f"/api/{path}", headers=headers, **sent)


def filed(section: Section, **facts: Any) -> dict[str, Any]:
    """Give the body of a call that files a story which could go out."""
    action = {"action": facts.pop("action")} if "action" in facts else {}
    return {
        "meta": {"type": STORY, "parent_id": section.pk, **action},
        "title": "The ferry is back",
        "standfirst": "It was away for a year.",
        "bylines": [{"author_id": author_named("Amina Farah").pk}],
        "body": [{"type": "text", "value": "<p>The ferry left the jetty at six.</p>"}],
        **facts,
    }
