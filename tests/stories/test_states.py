"""What the public is told in each state: every address, list, search, file and call of the API (house decision 5)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from gazeti.live.actions import cover, move_to, summarise
from gazeti.live.rules import Kind
from gazeti.media.models import Picture
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.conventions.test_cache_tags import patterns
from tests.live.covering import make_update, make_words
from tests.newsroom import NOW
from tests.stories.calling import Program, somebody
from tests.stories.roles import person, signed_in
from tests.stories.states import (
    HEADLINE,
    HIDDEN,
    NEW_HEADLINE,
    NEW_SECRET,
    OPEN,
    SECRET,
    SHORT,
    SLUG,
    STANDFIRST,
    STATES,
    World,
    world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]
Paths = Callable[[World], list[str]]
ON_BOTH = {"embargoed over a date", "in a private section", "in a closed section", "withdrawn", "live", "moved"}
"""One of each condition of the gate, which databases word differently."""
REMARK = "Our cinnabar ledger said so before"
UPDATE = "The ultramarine ledger is being read"
WORDS = (HEADLINE, SHORT, STANDFIRST, SECRET, NEW_HEADLINE, NEW_SECRET, SLUG, REMARK, UPDATE)
"""What no answer to a reader says of a story that is hidden; its address neither."""
LISTING = ("/", "/recent/", "/authors/amina-farah/", "/topics/water/", "/search/?q=quorvex", "/search/?q=zinnober")
"""Lists that show a story that is open; so do its section, and whatever points to it."""


def with_databases(names: list[str]) -> list[Any]:
    """States for tests that run on SQLite with each, on PostgreSQL with some, in the soak with each on both."""
    return [pytest.param(name, marks=pytest.mark.database) if name in ON_BOTH else name for name in names]


def nothing(_here: World) -> list[str]:
    """For addresses that know no story."""
    return []


def files_of(here: World) -> list[str]:
    return [f"/media/{one['path']}" for one in here.picture.served]


def pages_of(here: World) -> list[str]:
    section = here.story.get_parent().specific.address
    return [
        "/",
        section,
        f"{section}?page=1",
        here.story.address,
        *(f"{here.story.address}?{query}" for query in ("before=3", "refresh=60", "since=1")),
        here.other.address,
        here.about.address,
        "/sw/",
        "/so/",
    ]


def below(*addresses: str) -> Paths:
    """Addresses of the discussion under the story."""
    return lambda here: [f"{here.story.address}comments/{address}" for address in addresses]


def for_whoever_knows(address: str) -> Paths:
    """An address with a token in it, which nobody guesses."""
    return lambda _here: [address.replace("TOKEN", "x" * 38)]


DISCUSSION = "<slug:section>/<slug:slug>/comments/"
ADDRESSES: dict[str, Paths] = {
    "healthz": lambda _here: ["/healthz"],
    "metrics": lambda _here: ["/metrics"],
    "recent/": lambda _here: ["/recent/", "/recent/?page=1"],
    "search/": lambda _here: ["/search/", "/search/?q=quorvex", "/search/?q=zinnober", "/search/?q=vermilion"],
    "authors/<slug:slug>/": lambda _here: ["/authors/amina-farah/"],
    "topics/<slug:slug>/": lambda _here: ["/topics/water/"],
    "robots.txt": lambda _here: ["/robots.txt"],
    "favicon.svg": lambda _here: ["/favicon.svg"],
    "favicon.ico": lambda _here: ["/favicon.ico"],
    "comments/all/": lambda _here: ["/comments/all/"],
    DISCUSSION: below("", "?to=1", "?order=oldest", "?after=1-0-1-0-000000000000"),
    f"{DISCUSSION}<int:number>/": below("1/"),
    f"{DISCUSSION}<int:number>/mute/": below("1/mute/"),
    f"{DISCUSSION}<int:number>/report/": below("1/report/"),
    f"{DISCUSSION}<int:number>/respect/": below("1/respect/"),
    f"{DISCUSSION}follow/": below("follow/"),
    f"{DISCUSSION}mine/": below("mine/"),
    f"{DISCUSSION}mine/<str:token>/": below(f"mine/{'x' * 38}/"),
    "<slug:section>/<slug:slug>/stream/": lambda here: [f"{here.story.address}stream/"],
    "<slug:section>/<slug:slug>/after/<seq:seq>/": lambda here: [f"{here.story.address}after/{seq}/" for seq in (0, 9)],
    "<slug:section>/<slug:slug>/updates/<seq:number>/": lambda here: [f"{here.story.address}updates/2/"],
    "live/": lambda _here: ["/live/", "/live/?page=1"],
    "comments/follow/<str:token>/": for_whoever_knows("/comments/follow/TOKEN/"),
    "comments/policy/": lambda _here: ["/comments/policy/"],
    "comments/privacy/": lambda _here: ["/comments/privacy/"],
    "comments/reports/<str:token>/": for_whoever_knows("/comments/reports/TOKEN/"),
    "comments/stop/<str:token>/": for_whoever_knows("/comments/stop/TOKEN/"),
    "account/code/<str:token>/": for_whoever_knows("/account/code/TOKEN/"),
    **{
        route: (lambda _here, path=f"/{route}": [path])
        for route in (
            "account/",
            "account/comments/",
            "account/download/",
            "account/erase/",
            "account/leave/",
            "account/name/",
            "account/passkey/",
            "account/sessions/",
            "account/unfollow/",
            "account/unmute/",
        )
    },
    r"documents/(\d+)/(.*)$": lambda here: [here.document.url],
    r"media/(?P<path>pictures/[0-9a-z]+/[0-9A-Za-z_-]+\.(?:avif|webp))$": files_of,
    r"media/(?P<path>desk/[\w-][\w.-]*\.(?:jpg|png|gif|webp|avif))$": nothing,
    r"drafts/(?P<token>[\w-]{20,64})/$": lambda here: [f"/drafts/{'x' * 30}{here.story.pk}/"],
    r"drafts/(?P<token>[\w-]{20,64})/media/(?P<path>pictures/[0-9a-z]+/[0-9A-Za-z_-]+\.(?:avif|webp))$": lambda here: [
        f"/drafts/{'x' * 30}{here.story.pk}{path}" for path in files_of(here)
    ],
    r"((?:[\w\-]+/)*)$": pages_of,
}
"""Every public pattern with the addresses to ask of it. Whoever adds a pattern adds its line, and a test says so."""
CLOSED = ("desk/", "api/")
"""Not for the public; the API's calls are walked with a token, the desk's by the tests of roles."""


def everything(here: World) -> list[str]:
    return [path for paths in ADDRESSES.values() for path in paths(here)]


def told(answer: Any) -> str:
    """All that an answer says: its words, and where it leads to."""
    words = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers} {words.decode('utf-8', 'replace')}"


def calls(here: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every read of the API that could tell of the story, as a program asks it that may edit nothing."""
    number = here.story.pk
    yield "pages/", {}
    yield "pages/", {"type": "gazeti_stories.Story"}
    yield "pages/", {"search": "quorvex"}
    yield "pages/", {"search": "zinnober"}
    yield "pages/", {"slug": SLUG, "type": "gazeti_stories.Story"}
    yield "pages/", {"child_of": here.story.get_parent().pk}
    yield "pages/", {"ancestor_of": number}
    yield "pages/", {"descendant_of": here.story.get_parent().pk}
    yield "pages/", {"version": "draft"}
    yield "pages/find/", {"html_path": here.story.address}
    yield f"pages/{number}/", {}
    yield f"pages/{number}/", {"version": "draft"}
    yield f"pages/{number}/revisions/", {}
    yield f"pages/{number}/revisions/{here.story.latest_revision_id}/", {}
    yield f"pages/{here.other.pk}/", {}
    yield f"pages/{here.about.pk}/", {}


def test_every_public_pattern_has_its_line_here() -> None:
    routes = {route for route, _view in patterns(get_resolver()) if not route.startswith(CLOSED)}
    assert routes == set(ADDRESSES)


def clients() -> Iterator[Client]:
    """A reader; on SQLite also an editor who is signed in, since what makes them differ hangs on no database."""
    yield Client()
    if connection.vendor == "sqlite":
        yield signed_in(person("Editors", name="somebody"))


@pytest.mark.parametrize("state", with_databases(HIDDEN))
def test_what_is_hidden_is_told_by_nothing_to_nobody(state: str, picture: Picture, run_tasks) -> None:
    here = world(state, picture)
    make_comment(here.story, body=REMARK)
    cover_live(here.story)
    run_tasks()
    for client in clients():
        see_no_word(client, here)
        assert client.get(here.story.address).status_code == STATES[state].status
        if here.old_address:
            assert client.get(here.old_address).status_code == STATES[state].old
    see_no_file(here)
    see_no_difference_by_any_method(here, status=STATES[state].status)
    call_for_no_word(here, status=STATES[state].status)


def cover_live(story: Story) -> None:
    """Have it covered at this moment, in an update that says what nobody may know."""
    coverage = cover(story)
    move_to(story.pk, kind=Kind.RESUME, now=NOW)
    make_update(coverage, UPDATE, heading=UPDATE, is_key=True)
    summarise(story.pk, words=make_words(UPDATE), now=NOW)


def see_no_word(client: Client, here: World) -> None:
    for path in everything(here):
        answer = client.get(path)
        said = told(answer)
        assert [word for word in WORDS if word in said] == [], (path, answer.status_code)
        assert 'type="password"' not in said, path


def see_no_file(here: World) -> None:
    for path in (*files_of(here), here.document.url):
        answer = Client().get(path)
        assert answer.status_code == 404, path
        assert "no-store" in answer["Cache-Control"] or path == here.document.url, path


def see_no_difference_by_any_method(here: World, *, status: int) -> None:
    """Hold what is hidden against an address where never anything was; what is gone says 410, but no headline."""
    for method in ("get", "head", "post", "put", "patch", "delete", "options"):
        ask = getattr(Client(), method)
        answer, never = ask(here.story.address), ask(f"{here.story.address}x/")
        same = (answer.status_code, answer.get("Allow")) == (never.status_code, never.get("Allow"))
        assert same or status == 410, method
        assert HEADLINE not in told(answer)


def call_for_no_word(here: World, *, status: int) -> None:
    program = Program(somebody("Moderators"))
    for path, asked in calls(here):
        answer = program("get", path, asked)
        said = told(answer)
        assert [word for word in WORDS if word in said] == [], (path, asked)
        assert answer.status_code in (200, 403, 404, 410), (path, asked)
    assert program("get", f"pages/{here.story.pk}/").status_code == status
    other = program("get", f"pages/{here.other.pk}/")
    assert other.status_code == 404 or other.json()["translation_of"] is None


@pytest.mark.parametrize("state", with_databases(OPEN))
def test_what_is_open_and_covered_is_told_wherever_coverage_is(state: str, picture: Picture) -> None:
    here = world(state, picture)
    cover_live(here.story)
    address, section = here.story.address, here.story.get_parent().specific.address
    below = ("", "?before=3", "?refresh=60", "?since=1", "after/0/")
    for path in (f"{address}{part}" for part in below):
        answer = Client().get(path)
        assert (answer.status_code, UPDATE in told(answer)) == (200, True), path
    assert Client().get(f"{address}updates/2/")["Location"] == f"{address}#u2"
    for path in ("/", section, "/live/"):
        assert address in told(Client().get(path)), path
    if here.old_address:
        assert Client().get(f"{here.old_address}after/0/")["Location"] == f"{address}after/0/"


@pytest.mark.parametrize("state", with_databases(OPEN))
def test_what_is_open_is_everywhere_in_the_words_that_were_published(state: str, picture: Picture, run_tasks) -> None:
    here = world(state, picture)
    run_tasks()
    for client in clients():
        see_published_words(client, here)
    if here.old_address:
        answer = Client().get(here.old_address)
        assert (answer.status_code, answer["Location"]) == (301, here.story.address)
    call_for_published_words(here)


def see_published_words(client: Client, here: World) -> None:
    for path in everything(here):
        said = told(client.get(path))
        assert [word for word in (NEW_HEADLINE, NEW_SECRET, here.old_address or NEW_SECRET) if word in said] == [], path
    page = told(client.get(here.story.address))
    assert HEADLINE in page
    assert SECRET in page
    section = here.story.get_parent().specific.address
    for path in (*LISTING, section, here.other.address, here.about.address):
        assert here.story.address in told(client.get(path)), path
    for path in (*files_of(here), here.document.url):
        assert client.get(path).status_code == 200, path


def call_for_published_words(here: World) -> None:
    program = Program(somebody("Moderators"))
    for path, asked in calls(here):
        said = told(program("get", path, asked))
        assert [word for word in (NEW_HEADLINE, NEW_SECRET) if word in said] == [], (path, asked)
    assert program("get", f"pages/{here.story.pk}/").json()["title"] == HEADLINE
    for asked in ({}, {"search": "quorvex"}, {"child_of": here.story.get_parent().pk}):
        assert HEADLINE in told(program("get", "pages/", asked)), asked
    assert program("get", f"pages/{here.other.pk}/").json()["translation_of"]
