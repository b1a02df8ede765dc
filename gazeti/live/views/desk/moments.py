"""A time as the desk's forms show it: where the newsroom is, without naming its zone."""

from datetime import datetime

from django.utils import timezone

from gazeti.plain.dates import in_zone


def typed_time(moment: datetime | None) -> datetime | None:
    """The moment as somebody would type it; one that the newsroom's zone has no date for stands as it came."""
    if moment is None:
        return None
    return in_zone(moment, time_zone=timezone.get_current_timezone_name()).replace(tzinfo=None)
