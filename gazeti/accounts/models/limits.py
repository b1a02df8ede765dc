"""How often somebody tried to sign in: one table in which every worker counts, behind Django's cache interface."""

from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import models

OURS = ("allauth:", "allauth.")
"""How allauth's keys begin: its limits, and the codes of authenticator apps that were used already."""


class Count(models.Model):
    """A row of Django's database cache; its columns are those that `createcachetable` would lay."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class Limits(DatabaseCache):
    """Keeps allauth's counts; whoever else asks Django's cache (Wagtail does) is told that nothing was kept.

    So nothing can be stale that another worker changed, and no reader's GET writes.
    """

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Read those of the keys that are kept; `get` asks here too."""
        kept = [key for key in keys if key.startswith(OURS)]
        return super().get_many(kept, version) if kept else {}

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a count."""
        if key.startswith(OURS):
            super().set(key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a count unless there is one; what is not kept is always new."""
        return super().add(key, value, timeout, version) if key.startswith(OURS) else True

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a count for longer."""
        return key.startswith(OURS) and super().touch(key, timeout, version)

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        """Forget counts."""
        kept = [key for key in keys if key.startswith(OURS)]
        if kept:
            super().delete_many(kept, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a count."""
        return key.startswith(OURS) and bool(super().delete(key, version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Whether a count is kept."""
        return key.startswith(OURS) and bool(super().has_key(key, version))
