"""Traps for robots: a field that people do not see, the time that filling in a form takes, an address nobody is led to.

Each is a reason to look twice, never a refusal: a person may fall into one. They need no script.
"""

import math
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from gazeti.guard.callers import facts_of
from gazeti.guard.limits import Limit, allow, peek
from gazeti.guard.tokens import Expired, NotGood, read, sign

FIELD = "remarks"
"""The field that people leave empty. No browser fills it in by itself: HTML's autofill knows no such name."""
STAMP = "shown"
ADDRESS = "/comments/all/"
"""Where no person is led; robots.txt asks robots to stay away from it."""
ELSEWHERE = ("cross-site", "same-site")
LEAST = 3.0
"""Seconds below which nobody reads a form and fills it in."""
LASTS = timedelta(hours=24)
FALLEN = Limit("fallen into a trap", most=1, seconds=3600, by=("address", "device"))
"""Who asked for that address is remembered for an hour."""


class Judgement(NamedTuple):
    """Why a form looks as if a robot had sent it: `filled`, `fast`, `stale`, `unstamped`, `forged`, `fallen`."""

    reasons: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether nothing speaks for a robot."""
        return not self.reasons


def fields(purpose: str, *, now: float | None = None) -> str:
    """The HTML to put into a form that nobody keeps: the field, and the time at which it was shown, signed.

    On a page that is the same for everyone no time would be true: link from it to the form's own page.
    """
    moment = time.time() if now is None else now
    stamp = sign(f"form:{purpose}", math.floor(moment), lasts=LASTS, now=moment)
    return render_to_string("guard/trap.html", {"field": FIELD, "stamp_field": STAMP, "stamp": stamp, "trap": ADDRESS})


def judge(
    sent: Mapping[str, Any], *, purpose: str, facts: Mapping[str, Any] | None = None, now: float | None = None
) -> Judgement:
    """What speaks for a robot in a form that was sent; with the `facts` of who sent it, also where they have been."""
    moment = time.time() if now is None else now
    reasons = ["filled"] if str(sent.get(FIELD, "")).strip() else []
    reasons += _of_time(str(sent.get(STAMP, "")), purpose, moment)
    if facts is not None and not peek(FALLEN, now=now, **facts).allowed:
        reasons.append("fallen")
    return Judgement(tuple(reasons))


@require_safe
def pit(request: HttpRequest) -> HttpResponse:
    """Remember who asks for the address that nobody is led to; there is nothing at it.

    Not whom a page of another site makes ask for it, as by a picture (Fetch Metadata, W3C): a robot follows our link.
    """
    if request.headers.get("Sec-Fetch-Site", "").strip().lower() not in ELSEWHERE:
        allow(FALLEN, **facts_of(request))
    response = HttpResponse("There is nothing here for people.\n", status=404, content_type="text/plain")
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


def _of_time(stamp: str, purpose: str, now: float) -> list[str]:
    if not stamp:
        return ["unstamped"]
    try:
        shown = read(f"form:{purpose}", stamp, now=now)
    except Expired:
        return ["stale"]
    except NotGood:
        return ["forged"]
    return ["fast"] if now - shown < LEAST else []
