"""When an update was posted: the time first, since most of a coverage is of one day. Never relative (decision 6)."""

from datetime import datetime

from django import template
from django.conf import settings
from django.utils.translation import get_language

from gazeti.plain import dates

register = template.Library()


@register.filter
def written_time(moment: datetime) -> str:
    """The time of day: "2:31 pm"."""
    return dates.written_time(moment, **_here())


@register.filter
def written_day(moment: datetime) -> str:
    """The day without its year: "4 July"."""
    return dates.written_day(moment, **_here())


def _here() -> dict[str, str]:
    return {"language": get_language() or settings.GAZETI_LANGUAGE, "time_zone": settings.TIME_ZONE}
