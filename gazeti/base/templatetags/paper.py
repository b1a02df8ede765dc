"""How templates write dates and sizes, and where named slots open. The language is the one turned on for the page."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from gazeti.base.models import filled
from gazeti.plain import dates, numbers

register = template.Library()


@lru_cache(maxsize=4096)
def _written_date(day: date, language: str) -> str:
    return dates.written_date(day, language=language, time_zone=settings.TIME_ZONE)


@register.filter
def written_date(moment: datetime) -> str:
    """The day: "4 July 2024"."""
    return _written_date(dates.in_zone(moment, time_zone=settings.TIME_ZONE).date(), _language())


@register.filter
def written_moment(moment: datetime) -> str:
    """Day and time: "4 July 2024, 9:12 am"."""
    return dates.written_moment(moment, language=_language(), time_zone=settings.TIME_ZONE)


@register.filter
def machine_moment(moment: datetime) -> str:
    """For `<time datetime>`, to the minute."""
    return dates.machine_moment(moment, time_zone=settings.TIME_ZONE)


@register.filter
def machine_date(moment: datetime) -> str:
    """For `<time datetime>`, the day."""
    return dates.machine_date(moment, time_zone=settings.TIME_ZONE)


@register.filter
def written_size(size: int) -> str:
    """Bytes as "24 kB"."""
    return numbers.file_size(size, language=_language())


@register.simple_tag
def slot(name: str, **facts: Any) -> SafeString:
    """What the apps that filled the slot show here; nothing where none did."""
    return format_html_join("", "{}", ((part(**facts),) for part in filled(name)))


def _language() -> str:
    return get_language() or settings.GAZETI_LANGUAGE
