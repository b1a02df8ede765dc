"""Cache tags: what an answer depends on, declared by the view that made it.

A view is `tagged` (its answers name their tags) or `uncached`; a test fails a public view that is neither.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]
ATTRIBUTE = "cache_tags"
POLICY = "edge_policy"
READ = "edge_parameters"
ALL = "*"


def tag(response: Response, *names: str) -> Response:
    """Declare that the answer depends on these tags; a second call adds to the first."""
    setattr(response, ATTRIBUTE, tags_of(response) | set(names))
    return response


def tags_of(response: HttpResponseBase) -> frozenset[str]:
    """The tags an answer has declared; none if it has not."""
    return frozenset(getattr(response, ATTRIBUTE, ()))


def tagged(*names: str) -> Callable[[View], View]:
    """Decorate a public view whose answers may be kept: these tags, and those it adds itself by `tag`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return tag(view(*args, **kwargs), *names)

        setattr(answer, POLICY, "tagged")
        return answer

    return decorate


def uncached(view: View) -> View:
    """Decorate a public view whose answers are never kept by anybody: it says `no-store`."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    setattr(answer, POLICY, "uncached")
    return answer


def parameter(request: HttpRequest, name: str) -> str | None:
    """The value of a query parameter, None if it is not there; the answer is then kept by its value.

    A parameter that no view reads this way makes no other page: whatever is appended to an address, it is one answer.
    """
    setattr(request, READ, read_by(request) | {name})
    return request.GET.get(name)


def whole_query(request: HttpRequest) -> str:
    """The path with its whole query, for an answer that depends on every parameter there may be."""
    setattr(request, READ, read_by(request) | {ALL})
    return request.get_full_path()


def read_by(request: HttpRequest) -> frozenset[str]:
    """The query parameters on which the answer to this request depends; `ALL` for every one."""
    return frozenset(getattr(request, READ, ()))


def named(prefix: str, ids: Iterable[int]) -> set[str]:
    """Tags of several things of a kind: `named("story", [1, 2])` is {"story:1", "story:2"}."""
    return {f"{prefix}:{one}" for one in ids}
