"""Marks: keyed hashes that stand for facts about people, so that no address or email is kept in clear.

The key of a count changes each day. Whoever has both the secret and the rows can still test a guess, while they last.
"""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

DAY = 86_400
LENGTH = 32
"""Signs of a mark: 128 bits in hexadecimal."""


def mark(*facts: object) -> str:
    """The mark of facts in this order; another one for whatever differs in any of them."""
    return _marked(_key(settings.SECRET_KEY, ""), facts)


def marks_of_days(*facts: object, now: float) -> tuple[str, str]:
    """The marks of these facts by the keys of today and of yesterday (UTC): what began then is looked for by both."""
    day = int(now // DAY)
    today, yesterday = (_key(settings.SECRET_KEY, str(one)) for one in (day, day - 1))
    return _marked(today, facts), _marked(yesterday, facts)


def _marked(key: bytes, facts: tuple[object, ...]) -> str:
    return _digest(key, tuple(map(str, facts)))


@lru_cache(maxsize=128)
def _digest(key: bytes, facts: tuple[str, ...]) -> str:
    # Remembered for the same request, which is looked at by its facts and then counted by them.
    text = repr(facts).encode("utf-8", "surrogatepass")
    return hmac.digest(key, text, "sha256").hex()[:LENGTH]


@lru_cache(maxsize=4)
def _key(secret: str, day: str) -> bytes:
    return hashlib.sha256(f"gazeti.guard.marks:{day}:{secret}".encode()).digest()
