"""Cache tags: what an answer depends on, declared by the view that made it.

A view is `tagged` (its answers name their tags) or `uncached`; a test fails a public view that is neither.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]
ATTRIBUTE = "cache_tags"
POLICY = "edge_policy"


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


def named(prefix: str, ids: Iterable[int]) -> set[str]:
    """Tags of several things of a kind: `named("story", [1, 2])` is {"story:1", "story:2"}."""
    return {f"{prefix}:{one}" for one in ids}
