"""Sign-in's limits: allauth says where somebody is counted and how many are let through, the guard counts.

allauth counts by lists in Django's cache, under locks that it waits for; so its two functions are replaced.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from gazeti import guard
from gazeti.guard import pruning
from gazeti.log.clock import Item

FACTS = {"ip": "address", "user": "user", "key": "key"}
"""What allauth counts by, and what it is called here."""
MANY = 10
"""How many times what one device may try is let through from one network, where a carrier puts thousands of phones."""


@dataclass(frozen=True)
class Use:
    """What was counted, for whoever takes it back after a try that was right."""

    limits: tuple[guard.Limit, ...]
    facts: dict[str, Any]

    def rollback(self) -> None:
        """Count it not."""
        guard.give_back(*self.limits, **self.facts)


def count_try(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    dry_run: bool = False,
    limit_get: bool = False,
    raise_exception: bool = False,
    **about: Any,
) -> Use | None:
    """Count one try, or with `dry_run` only look; None where it is one too many. In place of allauth's `consume`."""
    if request.method == "GET" and not limit_get:
        return Use((), {})
    use = _use(request, app=app, action=action, **about)
    verdict = (guard.peek if dry_run else guard.allow)(*use.limits, **use.facts)
    if not verdict.allowed and raise_exception:
        raise RateLimited
    return use if verdict.allowed else None


def begin_anew(request: HttpRequest, *, app: str, action: str, **about: Any) -> None:
    """Forget the tries, after a way in that was proven otherwise. In place of allauth's `clear`."""
    use = _use(request, app=app, action=action, **about)
    guard.forget(*use.limits, **use.facts)


def count_by_guard() -> None:
    """Have allauth ask the guard."""
    ratelimit.consume, ratelimit.clear = count_try, begin_anew


def drop_counts(_item: Item, *, now: datetime) -> None:
    """Delete some of what is over, of everybody who has the guard count."""
    pruning.drop_over(now=now)


def _use(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    config: dict[str, str] | None = None,
    key: str | None = None,
    user: Any = None,
) -> Use:
    """The limits of allauth's settings on this action, and the facts of who tries."""
    rates = ratelimit.get_rates(app=app, action=action, config=config)
    limits = tuple(limit for rate in rates for limit in _limits(f"{app} {action}", rate))
    facts = {**guard.facts_of(request), "key": key, "user": getattr(user or _user_of(request), "pk", None)}
    return Use(limits, facts)


def _limits(name: str, rate: Any) -> Iterator[guard.Limit]:
    """One limit; where allauth counts by address, one for each device there, and a wider one for all of them."""
    fact, pace = FACTS[rate.per], {"seconds": int(rate.duration)}
    if fact == "address":
        yield guard.Limit(name, most=rate.amount, by=("address", "device"), **pace)
        yield guard.Limit(f"{name} from one network", most=MANY * rate.amount, by=("address",), **pace)
    else:
        yield guard.Limit(name, most=rate.amount, by=(fact,), **pace)


def _user_of(request: HttpRequest) -> Any:
    return getattr(request, "user", None)
