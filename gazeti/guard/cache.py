"""Django's cache, of which only "once" is kept: codes that were used. Everything else was never kept.

So nothing can be stale that another worker changed, and no reader's GET writes.
"""

import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from gazeti.guard import done
from gazeti.guard.marks import mark

LONGEST = 86_400


class OnceCache(BaseCache):
    """Keeps the keys that begin with one of OPTIONS["ours"], and only that they are there, not what they hold."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        """Take the beginnings of the keys that are kept."""
        super().__init__(params)
        self._ours = tuple(params.get("OPTIONS", {}).get("ours", ()))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it unless it is there, for all workers at once; what is not kept is always new."""
        return not self._is_ours(key) or done.is_first(self._mark(key, version), until=self._until(timeout))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """True if it is there."""
        return True if self.has_key(key, version) else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep it from now on."""
        if self._is_ours(key):
            self.delete(key, version)
            self.add(key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it for longer, if it is there."""
        is_there = self.has_key(key, version)
        if is_there:
            self.set(key, is_there, timeout, version)
        return is_there

    def delete(self, key: str, version: int | None = None) -> bool:
        """Let it be new again."""
        return self._is_ours(key) and done.undo(self._mark(key, version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Whether it is there."""
        return self._is_ours(key) and done.is_done(self._mark(key, version))

    def _is_ours(self, key: str) -> bool:
        return key.startswith(self._ours) if self._ours else False

    def _mark(self, key: str, version: int | None) -> str:
        return mark("cache", self.make_key(key, version=version))

    def _until(self, timeout: Any) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return time.time() + (LONGEST if seconds is None else seconds)
