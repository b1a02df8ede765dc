"""What is one page and what is another, and what is no reader's page at all."""

import pytest

from tests.edge.stage import STORY, Page, Shelf, Stage, played, stage


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


def test_a_worker_learns_from_the_disk_which_parameters_matter() -> None:
    shelf = Shelf()
    scene = Stage(store=shelf)
    scene.django.pages[STORY] = Page("story " * 99)

    async def play() -> None:
        await scene.get(STORY)
        shelf.record = scene.edge.memory.find(STORY).answer
        fresh = Stage(store=shelf)
        fresh.truth.position = shelf.record.position
        fresh.django.pages[STORY] = Page("sorry", status=503, tags=frozenset())
        for query in ("fbclid=1", "fbclid=2"):
            assert (await fresh.get(f"{STORY}?{query}")).body == b"story " * 99
        assert fresh.django.asked == []

    played(play)
