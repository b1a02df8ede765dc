"""Comments as browsers and programs send them, made beforehand: each by another reader from another network.

The proof of work is solved here, by us instead of by their phones; everything else is asked of them as of anybody.
"""

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from bench.text import PageText

TRUSTED = {"GAZETI_TRUSTED_PROXIES": "127.0.0.1"}
"""The environment in which the server believes what we say of a reader's address."""
INPUT = re.compile(r'name="(\w+)" value="([^"]*)"')
WORDS = 35
"""Of each comment: some 200 characters."""
HELD_EACH = 5
"""One of so many has two links, and waits for a moderator."""
LINKS = "https://one.example/ and https://two.example/"


@dataclass(frozen=True)
class Place:
    """Where comments are sent: a story's id and address."""

    story: int
    address: str


def settle() -> None:
    """Set a policy under which first comments are published too: it makes more work than holding them all."""
    from gazeti.comments.models import CommentPolicy

    policy = CommentPolicy.load()
    policy.first_time_waits, policy.closes_after = False, 0
    policy.save()


def finish() -> None:
    """Work off what waits since the newsroom was made: else it would be done while comments are sent."""
    from gazeti.cli.background import finish_tasks

    finish_tasks()


def places(most: int) -> list[Place]:
    """So many stories."""
    from gazeti.stories.models import Story

    return [Place(story.pk, story.address) for story in Story.objects.filter(live=True).order_by("-pk")[:most]]


def requests(text: PageText, where: Sequence[Place], *, first: int, number: int, has_held: bool = True) -> list[bytes]:
    """So many comments, numbered from `first`, under these stories in turns; every other one as a program sends it."""
    words = [word for paragraph in text.paragraphs for word in paragraph.split()]
    dice, stamps = Random(first), {place.story: _stamp(place.story) for place in where}  # noqa: S311 (words)
    made = []
    for one in range(first, first + number):
        place = where[one % len(where)]
        body = f"{mark(one)} {' '.join(dice.choices(words, k=WORDS))}"
        body = f"{body} {LINKS}" if has_held and one % HELD_EACH == 0 else body
        fields = {**stamps[place.story], **_by(one), "body": body, "altcha": _worked(place.story)}
        made.append(request(place.address, fields, network=_network(one), is_program=one % 2 == 0))
    return made


def mark(number: int) -> str:
    """What a comment begins with, by which every page that shows it tells it."""
    return f"Comment no. {number} says:"


def request(to: str, fields: dict[str, str], *, network: str, is_program: bool) -> bytes:
    """The bytes that send it."""
    kind = "application/json" if is_program else "application/x-www-form-urlencoded"
    body = (json.dumps(fields) if is_program else urlencode(fields)).encode()
    lines = [
        f"POST {to}comments/ HTTP/1.1",
        "Host: localhost",
        f"User-Agent: Phone of {fields['name']}",
        f"Accept: {kind if is_program else 'text/html'}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Sec-Fetch-Site: same-origin",
        f"X-Forwarded-For: {network}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _by(number: int) -> dict[str, str]:
    """Who sends it, and the key by which it is taken once."""
    return {"name": f"Reader {number}", "email": f"reader-{number}@example.org", "key": f"key-{number}"}


def _network(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _stamp(story: int) -> dict[str, str]:
    """The hidden fields of a form that was opened a minute ago."""
    from gazeti.guard import traps

    return dict(INPUT.findall(traps.fields(f"comments:{story}", now=time.time() - 60)))


def _worked(story: int) -> str:
    from gazeti.guard import work

    return work.solved(work.challenge(f"comments:{story}", most=3))
