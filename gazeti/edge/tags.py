"""Cache tags: what an answer depends on, declared by the view that made it.

A view is `tagged` (its answers name their tags), `uncached`, or `kept_with` certain parameters and else uncached; a
test fails a public view that is none of these.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]
ATTRIBUTE = "cache_tags"
POLICY = "edge_policy"
READ = "edge_parameters"
ALL = "*"


class Absent(Http404):
    """Nothing is there, until one of these tags is purged."""

    def __init__(self, *names: str) -> None:
        """Name the tags of what may come."""
        super().__init__("nothing is there")
        self.tags = frozenset(names)


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


def kept_with(*names: str) -> Callable[[View], View]:
    """Decorate a public view whose answers may be kept if the query has one of these parameters, and then by their
    values; without them it is asked by each reader alone, and says `no-store`.
    """
    wanted = frozenset(names)

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_uncached(wanted, request):
                return uncached(view)(request, *args, **kwargs)
            for name in wanted:
                parameter(request, name)
            return view(request, *args, **kwargs)

        setattr(answer, POLICY, wanted)
        return answer

    return decorate


def is_uncached(policy: Any, request: HttpRequest) -> bool:
    """Whether a view of this policy says `no-store` to this request."""
    if not isinstance(policy, frozenset):
        return bool(policy == "uncached")
    return request.method not in ("GET", "HEAD") or policy.isdisjoint(request.GET)


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
