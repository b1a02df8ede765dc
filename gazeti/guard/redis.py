"""Counts in Redis or Valkey, where the newsroom has one (REDIS_URL): one script reads, judges and raises them.

Where it does not answer it is left alone for some seconds, and the database counts instead.
"""

import threading
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings

from gazeti.guard.arrivals import SKEW, Charge

PATIENCE = 0.25
"""Seconds in which it must answer: a request waits for it."""
LEFT_ALONE = 5.0
"""Seconds before it is asked again."""
PREFIX = "{gazeti-guard}:"
"""The braces keep all counts of one request on one node of a cluster, since a script may ask one alone."""
TAKE = """
local now, take = tonumber(ARGV[1]), ARGV[2] == 'take'
local waits, arrivals, longest = {}, {}, 0
for i = 1, #KEYS / 2 do
  local interval, tolerance = tonumber(ARGV[2 * i + 2]), tonumber(ARGV[2 * i + 3])
  local stood = tonumber(redis.call('GET', KEYS[2 * i - 1]) or redis.call('GET', KEYS[2 * i]) or now)
  if stood > now + tolerance + tonumber(ARGV[3]) then stood = now end
  arrivals[i] = math.max(stood, now) + interval
  waits[i] = arrivals[i] - tolerance - now
  longest = math.max(longest, waits[i])
end
if take and longest <= 0 then
  for i, arrival in ipairs(arrivals) do
    redis.call('SET', KEYS[2 * i - 1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000))
  end
end
return waits
"""
GIVE_BACK = """
local stood = redis.call('GET', KEYS[1])
if stood then
  redis.call('SET', KEYS[1], string.format('%.0f', tonumber(stood) - tonumber(ARGV[1])), 'KEEPTTL')
end
"""


class Away(Exception):
    """It did not answer, or there is none; nothing was counted that the caller knows of."""


class Pause:
    """How long it is left alone after it failed; one for the process."""

    def __init__(self) -> None:
        """Begin by asking."""
        self._until = 0.0
        self._lock = threading.Lock()

    @property
    def lasts(self) -> bool:
        """Whether it is left alone now."""
        return time.monotonic() < self._until

    def begin(self) -> None:
        """Leave it alone from now on."""
        with self._lock:
            self._until = time.monotonic() + LEFT_ALONE

    def end(self) -> None:
        """Ask it again."""
        with self._lock:
            self._until = 0.0


pause = Pause()


def is_there() -> bool:
    """Whether the newsroom has one and it is not being left alone."""
    return bool(_address()) and not pause.lasts


def take(charges: Sequence[Charge], *, now: int) -> list[int]:
    """Count one under each, if all let it through; the wait of each in microseconds, none above 0 if it was."""
    return _asked(TAKE, _keys(charges), [now, "take", SKEW, *_paces(charges)])


def waits(charges: Sequence[Charge], *, now: int) -> list[int]:
    """The wait of each, counting nothing."""
    return _asked(TAKE, _keys(charges), [now, "look", SKEW, *_paces(charges)])


def give_back(charges: Sequence[Charge]) -> None:
    """Count one less under each."""
    for charge in charges:
        _asked(GIVE_BACK, [PREFIX + charge.mark], [charge.interval])


def forget(charges: Sequence[Charge]) -> None:
    """Begin anew under each."""
    _asked("return redis.call('DEL', unpack(KEYS))", _keys(charges), [])


def _asked(script: str, keys: list[str], words: list[Any]) -> Any:
    if not is_there():
        raise Away
    # Imported where it is used: it takes longer than all of the guard, and most newsrooms have none.
    import redis

    try:
        return _script(_address(), script)(keys=keys, args=words)
    except (redis.RedisError, OSError) as error:
        pause.begin()
        raise Away from error


def _keys(charges: Sequence[Charge]) -> list[str]:
    return [PREFIX + mark for charge in charges for mark in (charge.mark, charge.before)]


def _paces(charges: Sequence[Charge]) -> list[int]:
    return [number for charge in charges for number in (charge.interval, charge.tolerance)]


def _address() -> str:
    return str(getattr(settings, "REDIS_URL", "") or "")


@lru_cache(maxsize=8)
def _script(address: str, script: str) -> Any:
    return _client(address).register_script(script)


@lru_cache(maxsize=2)
def _client(address: str) -> Any:
    import redis

    return redis.Redis.from_url(address, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
