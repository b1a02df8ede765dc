"""Signed tokens that end: bound to a purpose, safe in an address, optionally good for one use.

HMAC-SHA-256 (RFC 2104), cut to 128 bits, over end, payload and purpose. Whoever has one can read what it says.
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

from django.conf import settings

from gazeti.guard.done import is_done, is_first
from gazeti.guard.marks import mark

TAG = 16
HEAD = 6
"""One byte for the kind, five for the end in seconds since 1970."""
NONCE = 8
PLAIN, ONCE = 0, 1
LONGEST = 2_000


class NotGood(Exception):
    """A token that opens nothing."""


class Forged(NotGood):
    """Nothing that this newsroom signed for this purpose, or not whole."""


class Expired(NotGood):
    """Signed, and over."""


class Spent(NotGood):
    """Signed for one use, and used."""


class Opened(NamedTuple):
    """What stands in a token."""

    payload: Any
    ends: int
    is_once: bool
    mark: str


def sign(purpose: str, payload: Any, *, lasts: timedelta, once: bool = False, now: float | None = None) -> str:
    """A token for that purpose and time that says `payload` (JSON, short); with `once`, for one `spend`."""
    ends = math.ceil((time.time() if now is None else now) + lasts.total_seconds())
    nonce = secrets.token_bytes(NONCE) if once else b""
    text = json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()
    said = bytes([ONCE if once else PLAIN]) + ends.to_bytes(HEAD - 1, "big") + nonce + text
    token = base64.urlsafe_b64encode(_tag(settings.SECRET_KEY, purpose, said) + said).rstrip(b"=").decode()
    if len(token) > LONGEST:
        raise ValueError(f"a token holds at most {LONGEST} signs: keep the text elsewhere and sign its number")
    return token


def read(purpose: str, token: str, *, now: float | None = None) -> Any:
    """What a token says. Raises Forged, Expired, or Spent for one that was spent; spends nothing."""
    moment = time.time() if now is None else now
    opened = _opened(purpose, token, moment)
    if opened.is_once and is_done(opened.mark, now=moment):
        raise Spent
    return opened.payload


def spend(purpose: str, token: str, *, now: float | None = None) -> Any:
    """What a token says, for the one time. Raises as `read` does, Forged too for one that was not signed for one use.

    In the caller's transaction: it is spent if and only if that commits.
    """
    moment = time.time() if now is None else now
    opened = _opened(purpose, token, moment)
    if not opened.is_once:
        raise Forged
    if not is_first(opened.mark, until=opened.ends + 1, now=moment):
        raise Spent
    return opened.payload


def _opened(purpose: str, token: str, now: float) -> Opened:
    said = _checked(purpose, token)
    is_once, ends = said[0] == ONCE, int.from_bytes(said[1:HEAD], "big")
    if now >= ends:
        raise Expired
    payload = json.loads(said[HEAD + (NONCE if is_once else 0) :])
    return Opened(payload, ends, is_once, mark("token", purpose, said.hex()))


def _checked(purpose: str, token: str) -> bytes:
    """What was signed; a secret that was replaced still reads what it signed, while Django's fallbacks name it."""
    try:
        whole = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Forged from None
    tag, said = whole[:TAG], whole[TAG:]
    secret_keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    is_ours = any(hmac.compare_digest(tag, _tag(key, purpose, said)) for key in secret_keys)
    if len(token) > LONGEST or not is_ours or len(said) <= HEAD:
        raise Forged
    return said


def _tag(secret: str, purpose: str, said: bytes) -> bytes:
    key = hashlib.sha256(f"gazeti.guard.tokens:{purpose}:{secret}".encode()).digest()
    return hmac.digest(key, said, "sha256")[:TAG]
