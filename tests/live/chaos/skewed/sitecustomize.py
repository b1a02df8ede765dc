"""Loaded by every Python that is started with this folder in its path: its clock is CHAOS_SKEW seconds off.

A machine's clock cannot be put off for one process without a library that is not everywhere, so Django's is.
"""

import os
from datetime import datetime, timedelta

from django.utils import timezone

OFF = timedelta(seconds=float(os.environ.get("CHAOS_SKEW") or 0))
right = timezone.now


def now() -> datetime:
    """The moment by a clock that is off."""
    return right() + OFF


if OFF:
    timezone.now = now
