"""What readers get from memory, what is rendered once, what a purge ends, and what stands in where Django fails."""

import asyncio
import gzip
import threading
from dataclasses import replace

import brotli
import pytest
import zstandard

from tests.edge.stage import Page, Stage, played

STORY = "/city-affairs/water/"


def stage(**pages: Page) -> Stage:
    made = Stage()
    made.django.pages = {"/": Page("front " * 99), STORY: Page("story " * 99, tags=frozenset({"story:1", "recent"}))}
    return made


def test_a_page_is_rendered_once_and_then_answered_from_memory() -> None:
    scene = stage()

    async def play() -> None:
        first = await scene.get(STORY)
        again = await scene.get(STORY)
        assert (first.body, again.body) == (b"story " * 99,) * 2
        assert scene.django.asked == [STORY]

    played(play)


def test_however_many_ask_at_once_one_render_answers_all() -> None:
    scene = stage()
    scene.django.gate.clear()

    async def play() -> None:
        readers = [asyncio.create_task(scene.get(STORY)) for _ in range(200)]
        while not scene.django.asked:
            await asyncio.sleep(0)
        scene.django.gate.set()
        told = await asyncio.gather(*readers)
        assert {one.body for one in told} == {b"story " * 99}
        assert scene.django.asked == [STORY]

    played(play)


@pytest.mark.parametrize(
    ("accepted", "coding", "opened"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("zstd", "zstd", lambda body: zstandard.ZstdDecompressor().decompress(body)),
        ("", None, bytes),
        ("gzip;q=0, br;q=0", None, bytes),
    ],
)
def test_each_reader_gets_the_smallest_coding_that_it_takes(accepted: str, coding: str | None, opened: object) -> None:
    scene = stage()

    async def play() -> None:
        for _ in range(2):
            told = await scene.get(STORY, accept_encoding=accepted)
            assert told.headers.get("content-encoding") == coding
            assert opened(told.body) == b"story " * 99  # type: ignore[operator]
            assert told.headers["content-length"] == str(len(told.body))
            assert told.headers["vary"] == "Accept-Encoding"
        assert scene.django.asked == [STORY]

    played(play)


def test_every_coding_has_a_strong_tag_of_its_own_that_answers_304() -> None:
    scene = stage()

    async def play() -> None:
        tags = {}
        for coding in ("br", "gzip", "zstd", "identity"):
            told = await scene.get(STORY, accept_encoding=coding)
            tags[coding] = told.headers["etag"]
            same = await scene.get(STORY, accept_encoding=coding, if_none_match=f'"x", {told.headers["etag"]}')
            assert (same.status, same.body) == (304, b"")
            assert same.headers["etag"] == told.headers["etag"]
            assert same.headers["cache-control"] == "public, no-cache"
            assert same.headers["vary"] == "Accept-Encoding"
            assert "content-type" not in same.headers
            assert (await scene.get(STORY, accept_encoding=coding, if_none_match='"other"')).status == 200
        assert len(set(tags.values())) == 4
        assert not any(tag.startswith("W/") for tag in tags.values())
        other = await scene.get(STORY, accept_encoding="gzip", if_none_match=tags["br"])
        assert other.status == 200

    played(play)


def test_the_date_of_the_bytes_answers_304_and_a_tag_outweighs_it() -> None:
    scene = stage()

    async def play() -> None:
        date = (await scene.get(STORY)).headers["last-modified"]
        assert (await scene.get(STORY, if_modified_since=date)).status == 304
        assert (await scene.get(STORY, if_modified_since=date, if_none_match='"x"')).status == 200
        assert (await scene.get(STORY, if_modified_since="Thu, 01 Jan 2026 00:00:00 GMT")).status == 200
        assert (await scene.get(STORY, if_modified_since="yesterday")).status == 200

    played(play)


def test_bytes_that_a_new_render_makes_again_keep_their_date() -> None:
    scene = stage()

    async def play() -> None:
        first = await scene.get(STORY)
        kept = scene.edge.memory.find(STORY)
        kept.answer = kept.answer.since(kept.answer.modified - 100)
        scene.truth.purge("recent")
        scene.hear()
        again = await scene.get(STORY)
        assert len(scene.django.asked) == 2
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["last-modified"] != first.headers["last-modified"]

    played(play)


def test_head_has_the_headers_of_get_and_no_body() -> None:
    scene = stage()

    async def play() -> None:
        for _ in range(2):
            head = await scene.get(STORY, method="HEAD", accept_encoding="br")
            full = await scene.get(STORY, accept_encoding="br")
            assert head.body == b""
            assert head.headers == full.headers

    played(play)


def test_age_counts_the_seconds_since_the_render() -> None:
    scene = stage()

    async def play() -> None:
        assert (await scene.get(STORY)).headers["age"] == "0"
        kept = scene.edge.memory.find(STORY)
        kept.answer = replace(kept.answer, at=kept.answer.at - 100)
        kept.ready = {}
        assert int((await scene.get(STORY)).headers["age"]) in (100, 101)

    played(play)


def test_cookies_change_nothing_for_a_readers_page() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        told = await scene.get(STORY, cookie="sessionid=abc", authorization="Bearer x")
        assert told.body == b"story " * 99
        assert (len(scene.django.asked), scene.passed) == (1, [])

    played(play)


@pytest.mark.parametrize("query", ["fbclid=1", "utm_source=x&utm_medium=y", "page", "x=%zz", "a=1&" * 500])
def test_a_parameter_that_no_view_reads_is_the_same_page(query: str) -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        assert (await scene.get(f"{STORY}?{query}")).body == b"story " * 99
        assert scene.django.asked == [STORY]

    played(play)


def test_a_page_first_asked_for_with_a_strange_query_is_kept_for_all() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(f"{STORY}?fbclid=1")
        await scene.get(STORY)
        await scene.get(f"{STORY}?fbclid=2")
        assert len(scene.django.asked) == 1

    played(play)


def test_a_parameter_that_the_view_reads_makes_another_page() -> None:
    scene = stage()
    scene.django.pages["/recent/"] = Page("recent " * 99, reads=frozenset({"page"}))

    async def play() -> None:
        for address in (
            "/recent/",
            "/recent/?page=2",
            "/recent/?utm_x=1&page=2",
            "/recent/?page=2&page=3",
            "/recent/?x=1",
        ):
            await scene.get(address)
        assert scene.django.asked == ["/recent/", "/recent/?page=2", "/recent/?page=2&page=3"]

    played(play)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", STORY),
        ("PUT", "/"),
        ("OPTIONS", "/"),
        ("GET", "/desk/"),
        ("GET", "/desk/pages/"),
        ("GET", "/api/pages/"),
        ("GET", "/drafts/token/"),
        ("GET", "/documents/1/a.pdf"),
        ("GET", "/account/"),
        ("GET", "/healthz"),
        ("GET", "/metrics"),
        ("GET", "/static/a.css"),
        ("GET", "/search/"),
        ("GET", "/media/desk/a.png"),
    ],
)
def test_what_is_no_readers_page_passes_by_and_is_never_kept(method: str, path: str) -> None:
    scene = stage()

    async def play() -> None:
        for _ in range(2):
            assert (await scene.get(path, method=method, cookie="a=b")).headers == {"x-passed": "1"}
        assert scene.passed == [f"{method} {path}"] * 2
        assert scene.django.asked == []
        assert not scene.edge.memory.kept

    played(play)


def test_a_host_that_is_not_ours_is_left_to_django() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        await scene.get(STORY, host="evil.example")
        assert scene.passed == [f"GET {STORY}"]

    played(play)


def test_the_order_of_parameters_makes_no_other_page() -> None:
    scene = stage()
    scene.django.pages["/recent/"] = Page("recent " * 99, reads=frozenset({"page", "from"}))

    async def play() -> None:
        await scene.get("/recent/?page=2&from=1")
        await scene.get("/recent/?from=1&page=2")
        assert len(scene.django.asked) == 1

    played(play)


def test_a_private_answer_is_not_kept_and_people_ask_for_themselves() -> None:
    scene = stage()
    scene.django.pages["/media/pictures/a/b-160c.webp"] = Page("closed " * 50, status=404, is_private=True)

    async def play() -> None:
        path = "/media/pictures/a/b-160c.webp"
        assert (await scene.get(path)).status == 404
        assert (await scene.get(path, cookie="sessionid=editor")).body == b"passed"
        assert not scene.edge.memory.kept

    played(play)


def test_after_its_purge_was_heard_a_page_is_never_given_again() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        await scene.get("/")
        scene.django.pages[STORY] = Page("newer " * 99, tags=frozenset({"story:1", "recent"}))
        scene.truth.purge("story:1")
        scene.hear()
        assert (await scene.get(STORY)).body == b"newer " * 99
        await scene.get("/")
        assert scene.django.asked == [STORY, "/", STORY]

    played(play)


def test_a_render_that_a_purge_overtook_is_not_kept() -> None:
    scene = stage()

    def overtake() -> None:
        if len(scene.django.asked) == 1:
            scene.truth.purge("recent")
            scene.hear()

    scene.django.meanwhile = overtake

    async def play() -> None:
        # It was asked for before the purge, so what was rendered then may be told; but to nobody after.
        await scene.get(STORY)
        assert scene.edge.memory.find(STORY) is None
        await scene.get(STORY)
        await scene.get(STORY)
        assert scene.django.asked == [STORY, STORY]

    played(play)


def test_who_asks_after_a_purge_does_not_get_a_render_that_began_before() -> None:
    scene = stage()
    scene.django.gate.clear()

    async def play() -> None:
        early = asyncio.create_task(scene.get(STORY))
        while not scene.django.asked:
            await asyncio.sleep(0)
        scene.django.pages[STORY] = Page("newer " * 99, tags=frozenset({"story:1", "recent"}))
        scene.truth.purge("story:1")
        scene.hear()
        late = asyncio.create_task(scene.get(STORY))
        await asyncio.sleep(0)
        scene.django.gate.set()
        assert (await early).body == b"story " * 99
        assert (await late).body == b"newer " * 99
        assert (await scene.get(STORY)).body == b"newer " * 99

    played(play)


def test_a_purge_of_everything_ends_every_page() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("*")
        scene.hear()
        await scene.get(STORY)
        assert scene.django.asked == [STORY, STORY]

    played(play)


def test_a_404_is_kept_for_ten_seconds_and_ends_when_something_comes_there() -> None:
    scene = stage()

    async def play() -> None:
        for _ in range(3):
            assert (await scene.get("/city-affairs/new/")).status == 404
        assert len(scene.django.asked) == 1
        kept = scene.edge.memory.find("/city-affairs/new/")
        assert round(kept.ends - kept.answer.at) == 10
        scene.django.pages["/city-affairs/new/"] = Page()
        scene.truth.purge("path:/city-affairs/new/")
        scene.hear()
        assert (await scene.get("/city-affairs/new/")).status == 200

    played(play)


def test_what_time_alone_made_old_is_given_once_more_while_it_is_rendered_anew() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get("/nothing/")
        scene.edge.memory.find("/nothing/").ends = 0
        scene.truth.stir()
        assert (await scene.get("/nothing/")).status == 404
        await asyncio.gather(*scene.edge.background)
        assert scene.django.asked == ["/nothing/"] * 2
        assert scene.edge.memory.find("/nothing/").ends > 0

    played(play)


def fails() -> Page:
    return Page("sorry", status=503, tags=frozenset(), headers=((b"retry-after", b"30"),))


def test_where_django_fails_the_last_good_page_stands_in_even_if_it_was_purged() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.pages[STORY] = fails
        told = await scene.get(STORY)
        assert (told.status, told.body) == (200, b"story " * 99)
        # For a moment it is not even asked again; then it is, and is believed once it answers.
        await scene.get(STORY)
        assert len(scene.django.asked) == 2
        scene.django.pages[STORY] = Page("newer " * 99)
        scene.edge.failing_until = 0
        assert (await scene.get(STORY)).body == b"newer " * 99

    played(play)


def test_what_a_purge_said_to_forget_stands_in_for_nothing() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent", forget=("story:1",))
        scene.hear()
        scene.django.pages[STORY] = fails
        told = await scene.get(STORY)
        assert (told.status, told.headers["retry-after"]) == (503, "30")

    played(play)


def test_nothing_older_than_a_day_stands_in() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        kept = scene.edge.memory.find(STORY)
        kept.answer = replace(kept.answer, at=kept.answer.at - 86_401)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.pages[STORY] = fails
        assert (await scene.get(STORY)).status == 503

    played(play)


def test_a_database_that_hangs_keeps_nobody_waiting_who_can_be_given_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.application.PATIENCE", 0.05)
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.gate.clear()
        monkeypatch.setattr("gazeti.edge.application.LONGEST", 1_000)
        scene.edge.is_well = lambda: False
        assert (await scene.get(STORY)).body == b"story " * 99
        # The next is not even kept waiting so long.
        monkeypatch.setattr("gazeti.edge.application.PATIENCE", 1_000)
        assert (await scene.get(STORY)).body == b"story " * 99
        monkeypatch.setattr("gazeti.edge.application.LONGEST", 0.05)
        sorry = await scene.get("/")
        assert sorry.status == 503
        assert int(sorry.headers["retry-after"]) > 0
        assert b"try again" in sorry.body
        scene.django.gate.set()

    played(play)


def test_memory_is_bounded_by_bytes_and_drops_what_was_asked_for_longest_ago() -> None:
    scene = Stage(limit=60_000)
    scene.django.pages = {f"/{number}/": Page(f"{number} " * 3_000) for number in range(9)}

    async def play() -> None:
        for number in range(9):
            await scene.get(f"/{number}/")
            # Once to be looked at again, once more to be a plain hit.
            await scene.get("/0/")
            await scene.get("/0/")
            assert scene.edge.memory.bytes <= 60_000
        kept = list(scene.edge.memory.kept)
        assert "/0/" in kept
        assert "/1/" not in kept
        assert scene.edge.memory.bytes == sum(one.answer.size for one in scene.edge.memory.kept.values())

    played(play)


def test_an_answer_larger_than_memory_is_answered_all_the_same() -> None:
    scene = Stage(limit=1_000)
    scene.django.pages = {"/": Page("x" * 5_000)}

    async def play() -> None:
        assert (await scene.get("/")).body == b"x" * 5_000
        assert scene.edge.memory.bytes == 0

    played(play)


def test_what_was_done_is_counted_for_the_operator() -> None:
    from prometheus_client import REGISTRY

    def counted(how: str) -> float:
        return REGISTRY.get_sample_value("gazeti_edge_answers_total", {"how": how}) or 0

    scene = stage()
    before = {how: counted(how) for how in ("hit", "made", "unmodified", "passed", "stood_in")}

    async def play() -> None:
        tag = (await scene.get(STORY)).headers["etag"]
        await scene.get(STORY)
        await scene.get(STORY)
        await scene.get(STORY, if_none_match=tag)
        await scene.get("/desk/")
        scene.edge._count_seconds()

    played(play)
    done = {how: counted(how) - number for how, number in before.items()}
    assert done == {"hit": 3, "made": 1, "unmodified": 1, "passed": 1, "stood_in": 0}


def test_a_machine_that_is_only_slow_tells_nothing_that_was_purged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.application.PATIENCE", 0.02)
    monkeypatch.setattr("gazeti.edge.application.STEPS", 1_000)
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.django.pages[STORY] = Page("newer " * 99)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.gate.clear()
        reader = asyncio.create_task(scene.get(STORY))
        done, _pending = await asyncio.wait([reader], timeout=0.1)
        assert not done
        scene.django.gate.set()
        assert (await reader).body == b"newer " * 99

    played(play)


def test_a_render_that_is_over_and_untrue_is_not_waited_for() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent")
        scene.hear()
        # A task that is done stays listed until the loop comes round: whoever looks then must not take it for a flight.
        over = asyncio.get_running_loop().create_future()
        over.set_result(scene.edge.memory.find(STORY).answer)
        scene.edge.flights.under_way[STORY] = over
        told.append((await scene.get(STORY)).status)

    told: list[int] = []
    # In a thread that may be left behind: a loop that spins would never end the test.
    thread = threading.Thread(target=played, args=[play], daemon=True)
    thread.start()
    thread.join(20)
    assert (told, scene.django.asked) == ([200], [STORY, STORY])
