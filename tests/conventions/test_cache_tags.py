"""Every public view says what its answers depend on: `edge.tagged`, `uncached`, `kept_with` (house decision 3)."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from gazeti import edge
from gazeti.edge.tags import POLICY
from tests.conventions.tree import refuse

# Not for readers at large, but for documents: Wagtail serves these behind the gate (tests/media/test_documents.py).
CLOSED = ("desk/", "api/", "documents/")
# Views that declare their tags elsewhere, each with its reason.
ELSEWHERE = {
    "wagtail.views.serve": "it serves pages, and the hook of `front` that renders one tags the answer",
}


def patterns(resolver: Any, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give each address pattern below a resolver with its view."""
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern).lstrip("^")
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        elif isinstance(one, URLPattern):
            yield route, one.callback


def view_name(view: Callable[..., Any]) -> str:
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__qualname__)}"


def undeclared(found: list[tuple[str, Callable[..., Any]]]) -> list[str]:
    """Return the addresses for readers whose view has no policy of the edge."""
    public = [(route, view) for route, view in found if not route.startswith(CLOSED)]
    return [
        f"{route}: {view_name(view)}"
        for route, view in public
        if not is_declared(view) and view_name(view) not in ELSEWHERE
    ]


def is_declared(view: Callable[..., Any]) -> bool:
    policy = getattr(view, POLICY, None)
    return policy in {"tagged", "uncached"} or (isinstance(policy, frozenset) and bool(policy))


def test_every_public_view_declares_its_cache_tags() -> None:
    refuse(undeclared(list(patterns(get_resolver()))))


def test_there_are_public_views_and_the_desk_is_closed_to_this_rule() -> None:
    routes = [route for route, _ in patterns(get_resolver())]
    assert any(route.startswith("recent/") for route in routes)
    assert any(route.startswith("desk/") for route in routes)


def test_a_view_that_declares_nothing_is_seen() -> None:
    def silent(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    class Urls:
        url_patterns = [
            path("silent/", silent),
            path("recent/", edge.tagged("recent")(silent)),
            path("healthz", edge.uncached(silent)),
            path("said/", edge.kept_with("after")(silent)),
            path("never/", edge.kept_with()(silent)),
            path("desk/silent/", silent),
        ]

    assert [line.partition(":")[0] for line in undeclared(list(patterns(Urls)))] == ["silent/", "never/"]
