"""Sending a comment by its address: the form as a browser fills it in, and what came of it."""

import json
import re
import time
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

from gazeti.comments.models import CommentPolicy
from gazeti.guard import traps, work
from gazeti.stories.models import Story

FIELD = re.compile(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"')
WORDS = "Traders crossed this bridge before anybody else did."
OURS = {"sec-fetch-site": "same-origin"}


def settle(**rules: Any) -> CommentPolicy:
    """Set the newsroom's policy; by default what is sent is published unless its words speak against it."""
    policy = CommentPolicy.load()
    for name, value in {"first_time_waits": False, "closes_after": 0, **rules}.items():
        setattr(policy, name, value)
    policy.save()
    return policy


def whole(story: Story, **typed: str) -> dict[str, str]:
    """The fields of a form that somebody filled in with care, whose browser did the work."""
    purpose = f"comments:{story.pk}"
    shown = dict(re.findall(r'name="(\w+)" value="([^"]*)"', traps.fields(purpose, now=time.time() - 60)))
    solution = work.solved(work.challenge(purpose, most=3))
    said = {"body": WORDS, "name": "Halima", "email": "halima@example.org", "key": "key-1"}
    return {**shown, work.FIELD: solution, **said, **typed}


def send(client: Client, story: Story, *, fields: dict[str, str] | None = None, **about: Any) -> HttpResponse:
    """Post them as a browser does, from our own page."""
    headers = {**OURS, **about.pop("headers", {})}
    sent = whole(story) if fields is None else fields
    response: Any = client.post(f"{story.address}comments/", sent, headers=headers, **about)
    return response


def send_as_program(client: Client, story: Story, *, fields: dict[str, str] | None = None, **about: Any) -> Any:
    """Post them and take JSON back."""
    return send(client, story, fields=fields, headers={"accept": "application/json"}, **about)


def fields_in(response: HttpResponse) -> dict[str, str]:
    """The inputs that the answer's form holds, and what stands in its text area."""
    html = response.content.decode()
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    return {**dict(FIELD.findall(html)), **({"body": area.group(1)} if area else {})}


def path_of(response: HttpResponse) -> str:
    """Where an answer leads."""
    return urlsplit(response["Location"]).path


def said(response: Any) -> dict[str, Any]:
    """The JSON of an answer."""
    found: dict[str, Any] = json.loads(response.content)
    return found
