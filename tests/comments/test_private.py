"""Every address of the paper, tried as everybody else: no reader's email, held words, notes or follows are told."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from gazeti import guard
from gazeti.accounts.actions import claimed_reader
from gazeti.accounts.models import Reader
from gazeti.comments.actions import decide
from gazeti.comments.actions.following import follow_discussion, mute_writer
from gazeti.comments.models import Comment, Follow, Report
from gazeti.comments.queries.following import ENDS
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from tests.accounts.readers import EMAIL, let_in, make_reader, post
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_story
from tests.stories.roles import person

pytestmark = pytest.mark.django_db
HELD, REFUSED, NOTE, REPORT = "zanzibarian", "mombasian", "kisumunian", "nakurunian"
PRIVATE = (EMAIL, HELD, REFUSED, NOTE, REPORT)
CLAIMED = "claimed@reader.example"
GAP = re.compile(r"<[^>]+>")
# What begins so is tried by the tests of the desk and of the API, role by role.
ELSEWHERE = ("desk/", "api/", "documents/", "media/", "drafts/")


def routes(resolver: Any, prefix: str = "") -> Iterator[str]:
    """The routes of all patterns below a resolver."""
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern).lstrip("^")
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        elif isinstance(one, URLPattern):
            yield route


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def hodan(story: Story) -> Reader:
    """Somebody of whom much is private."""
    reader = make_reader()
    public = make_comment(story, reader=reader, name="Hodan")
    make_comment(story, reader=reader, name="Hodan", body=f"They are {HELD}.", state=State.HELD, words=[HELD])
    refused = make_comment(story, reader=reader, name="Hodan", body=f"They are {REFUSED}.", state=State.HELD)
    decide(refused, to=State.REJECTED, kind=Kind.REJECTED, now=timezone.now(), note=NOTE)
    other = make_comment(story, email=CLAIMED)
    follow_discussion(reader, story=story.pk, now=NOW)
    follow_discussion(claimed_reader(CLAIMED, now=NOW), story=story.pk, now=NOW)
    mute_writer(reader, comment=other, now=NOW)
    typed = {"reason": "illegal", "text": REPORT, "name": "Hodan", "email": EMAIL, "in_good_faith": "on"}
    assert post(Client(), f"{story.address}comments/{public.number}/report/", typed).status_code == 303
    return reader


def filled(route: str, guessed: dict[str, list[Any]]) -> Iterator[str]:
    """A route with each of the values in its gaps; "x" where nothing better is known."""
    names = [gap.partition(">")[0].partition(":")[2] for gap in route.split("<")[1:]]
    for values in product(*(guessed.get(name, ["x"]) for name in names)):
        rest = iter(values)
        yield "/" + GAP.sub(lambda _gap, rest=rest: str(next(rest)), route)


def tried(story: Story) -> list[str]:
    """Each route with whatever could be guessed in the place of what varies."""
    section, slug = story.address.strip("/").split("/")
    numbers = sorted({*range(1, 6), *Comment.objects.values_list("pk", flat=True), Report.objects.get().pk})
    # Whoever follows is given tokens too: none opens what another kind opens.
    comments = Comment.objects.values_list("pk", flat=True)
    others = [guard.sign(ENDS, number, lasts=timedelta(days=1)) for number in comments]
    tokens = ["1", "x" * 38, *others]
    guessed = {"section": [section], "slug": [slug], "number": numbers, "token": tokens, "path": ["x"]}
    open_ones = [route for route in routes(get_resolver()) if not route.startswith(ELSEWHERE) and "(?" not in route]
    found = [address for route in open_ones for address in filled(route, guessed)]
    return [*found, story.address, "/", f"{story.address}comments/?to=2", f"{story.address}comments/?order=oldest"]


@pytest.mark.parametrize("role", [None, "reader", "Reporters", "Editors", "Moderators", "Administrators"])
def test_no_address_tells_anybody_what_is_a_readers_own(story: Story, hodan: Reader, role: str | None) -> None:
    client = Client()
    if role == "reader":
        let_in(client, "other@reader.example")
    elif role:
        client.force_login(person(role))
    addresses = tried(story)
    assert len(addresses) > 60
    seen = 0
    for address in addresses:
        answer = client.get(address, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen += answer.status_code == 200
        told = [word for word in (*PRIVATE, CLAIMED) if word in body.decode(errors="replace")]
        assert told == [], address
    assert seen > 15


def test_the_same_words_are_found_where_they_are_told_to_who_may_know(
    client: Client, story: Story, hodan: Reader
) -> None:
    let_in(client)
    words = client.get("/account/").content.decode() + client.get("/account/download/").content.decode()
    assert [word for word in PRIVATE if word not in words] == []


def test_nobody_changes_what_is_a_readers_own(story: Story, hodan: Reader) -> None:
    other = Client()
    let_in(other, "other@reader.example")
    before = list(Follow.objects.values()), list(Comment.objects.values()), list(hodan.mutes.values())
    for number in range(1, 60):
        for address, field in (("unfollow", "follow"), ("unmute", "mute"), ("sessions", "session")):
            post(other, f"/account/{address}/", {field: str(number)})
    assert before == (list(Follow.objects.values()), list(Comment.objects.values()), list(hodan.mutes.values()))
