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
        assert scene.django.asked == ["/recent/", "/recent/?page=2", "/recent/?page=3"]

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
        assert scene.django.asked == ["/recent/", "/recent/?from=1&page=2"]

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


def listed() -> Stage:
    """A stage with a list whose page 2 is another, and which has no page 9."""
    scene = stage()

    def shown(query: str) -> Page:
        asked = dict(pair.partition("=")[::2] for pair in query.split("&") if pair)
        number = asked.get("page", "1")
        if number == "9":
            return Page(
                "not found " * 40, status=404, tags=frozenset({"path:/recent/"}), reads=frozenset({"page", "*"})
            )
        return Page(f"page {number} " * 99, reads=frozenset({"page"}))

    scene.django.lists["/recent/"] = shown
    return scene


@pytest.mark.parametrize(
    "query", ["&".join(f"a{number}" for number in range(150)) + "&page=2", f"page=2&x={'y' * 5_000}", "page=2&" * 200]
)
def test_a_query_that_is_too_much_is_none_for_django_too(query: str) -> None:
    scene = listed()

    async def play() -> None:
        assert (await scene.get(f"/recent/?{query}")).body == b"page 1 " * 99
        assert (await scene.get("/recent/")).body == b"page 1 " * 99
        assert (await scene.get("/recent/?page=2")).body == b"page 2 " * 99

    played(play)


@pytest.mark.parametrize(
    "first", ["/recent/?page=2", "/recent/?page=2&fbclid=1", "/recent/?page=9", "/recent/?x=1&page=9"]
)
def test_one_page_of_a_list_is_never_another_whatever_was_asked_first(first: str) -> None:
    scene = listed()

    async def play() -> None:
        for address in (first, "/recent/", "/recent/?page=2", "/recent/?page=3&utm_source=x", "/recent/"):
            number = "23"["page=3" in address] if "page=" in address else "1"
            told = await scene.get(address)
            expected = b"not found " * 40 if "page=9" in address else f"page {number} ".encode() * 99
            assert told.body == expected

    played(play)


def test_a_page_that_a_list_lacks_does_not_make_every_query_another_page() -> None:
    scene = listed()

    async def play() -> None:
        await scene.get("/recent/")
        await scene.get("/recent/?page=9")
        scene.django.asked.clear()
        for number in range(5):
            await scene.get(f"/recent/?fbclid={number}")
        assert scene.django.asked == []

    played(play)


def test_a_question_mark_within_a_path_is_no_query() -> None:
    scene = listed()

    async def play() -> None:
        await scene.get("/recent/?page=2")
        # What a server makes of /recent/%3Fpage=2.
        assert (await scene.ask("/recent/?page=2", query="")).status == 404
        assert (await scene.ask("/recent/?page=3", query="")).status == 404
        assert (await scene.get("/recent/?page=3")).body == b"page 3 " * 99

    played(play)


def test_an_address_longer_than_any_page_has_is_refused_and_remembered_nowhere() -> None:
    scene = stage()

    async def play() -> None:
        assert (await scene.get(f"/{'x' * 2_000}/")).status == 414
        assert (scene.django.asked, len(scene.edge.memory.kept)) == ([], 0)
        await scene.get(f"/nothing/{'y' * 500}/")
        assert not scene.edge.parameters.knows(f"/nothing/{'y' * 500}/")

    played(play)


def test_many_ports_in_the_host_do_not_slow_others_down() -> None:
    scene = stage()

    async def play() -> None:
        for port in range(300):
            await scene.get(STORY, host=f"localhost:{port + 1}")
        assert len(scene.edge.hosts) <= 100
        await scene.get(STORY)
        assert b"localhost" in scene.edge.hosts

    played(play)
