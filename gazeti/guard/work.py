"""Proof of work without a puzzle: a form's browser counts for about a second, which costs a flood of robots dearly.

The challenge and its solution are written as ALTCHA writes them (https://altcha.org/docs/v2/server-integration/,
SHA-256), so that its libraries make and verify them too. Nothing is kept until a solution is used.
"""

import base64
import binascii
import hashlib
import hmac
import json
import math
import secrets
import time
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

from django.conf import settings

from gazeti.guard.done import is_done, is_first
from gazeti.guard.marks import mark

FIELD = "altcha"
"""What ALTCHA's own element calls the field."""
ALGORITHM = "SHA-256"
MOST = 50_000
"""Numbers among which the right one is: half of them tried are about a second of a cheap phone."""
LASTS = timedelta(hours=24)
LONGEST = 2_000
"""Characters of a solution."""


class Solution(NamedTuple):
    """A right solution: what it is spent by, and until when it could be."""

    mark: str
    ends: int


def challenge(purpose: str, *, now: float | None = None, most: int = MOST) -> dict[str, Any]:
    """What a browser is asked for that purpose: which number up to `maxnumber` gives this hash after the salt."""
    ends = math.ceil((time.time() if now is None else now) + LASTS.total_seconds())
    # The last sign parts salt and number: else figures could wander from one to the other.
    salt = f"{secrets.token_hex(12)}?{urlencode({'expires': ends})}&"
    asked = _hashed(salt, secrets.randbelow(most + 1))
    signature = _signed(str(settings.SECRET_KEY), purpose, asked)
    return {"algorithm": ALGORITHM, "challenge": asked, "maxnumber": most, "salt": salt, "signature": signature}


def judged(purpose: str, payload: str, *, now: float | None = None) -> Solution | None:
    """The solution that a form brought, as base64 of JSON; None for a wrong, foreign, late or spent one."""
    moment = time.time() if now is None else now
    said = _said(payload)
    if said is None:
        return None
    salt, number, asked, signature = said
    is_right = hmac.compare_digest(_hashed(salt, number), asked)
    ends = _end_of(salt)
    if not is_right or ends <= moment or not _is_ours(purpose, asked, signature):
        return None
    found = Solution(mark("work", purpose, asked), ends)
    return None if is_done(found.mark, now=moment) else found


def spent(solution: Solution, *, now: float | None = None) -> bool:
    """Use a solution up, in the caller's transaction; False where another request was first."""
    return is_first(solution.mark, until=solution.ends + 1, now=now)


def solved(asked: dict[str, Any]) -> str:
    """What a browser would send for a challenge: for tests and programs."""
    numbers = range(asked["maxnumber"] + 1)
    number = next(one for one in numbers if _hashed(asked["salt"], one) == asked["challenge"])
    kept = {name: asked[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**kept, "number": number}).encode()).decode()


def _said(payload: str) -> tuple[str, int, str, str] | None:
    """Salt, number, hash and signature; None where something else was sent."""
    if not payload or len(payload) > LONGEST:
        return None
    try:
        found = json.loads(base64.b64decode(payload, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("algorithm") != ALGORITHM:
        return None
    texts = [found.get(name) for name in ("salt", "challenge", "signature")]
    number = found.get("number")
    if type(number) is not int or not all(isinstance(text, str) and text.isascii() for text in texts):
        return None
    salt, asked, signature = map(str, texts)
    return salt, number, asked, signature


def _end_of(salt: str) -> int:
    """Until when it holds, seconds since 1970; 0 where the salt says nothing of it."""
    told = parse_qs(salt.partition("?")[2]).get("expires", ["0"])[-1]
    return int(told) if told.isdigit() and len(told) < 15 else 0


def _is_ours(purpose: str, asked: str, signature: str) -> bool:
    """Also what a secret signed that was replaced since, while Django's fallbacks name it."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return any(hmac.compare_digest(_signed(key, purpose, asked), signature) for key in keys)


def _hashed(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _signed(secret: str, purpose: str, asked: str) -> str:
    key = hashlib.sha256(f"gazeti.guard.work:{purpose}:{secret}".encode()).digest()
    return hmac.digest(key, asked.encode(), "sha256").hex()
