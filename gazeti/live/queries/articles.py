"""An update as the HTML that readers get of it, the same bytes wherever it is told: on the page, in `after/`, streamed.

Nothing in it depends on where it stands: pinned or not, on which page, under which address of the story.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from gazeti.live.queries.updates import Shown
from gazeti.live.rules import State
from gazeti.plain import dates


def article_of(one: Shown) -> SafeString:
    """The whole `<article>` of an update."""
    return _rendered("live/update.html", *_tongue(), one, when=when_of(one))


def when_of(one: Shown) -> SafeString:
    """When it was posted, as its article says it, and whoever tells of the newest."""
    return _rendered("live/when.html", *_tongue(), one.posted_at)


def gone_article(number: int) -> SafeString:
    """What stands in the place of an update that was taken back."""
    return _rendered("live/gone_update.html", *_tongue(), number)


def key_item(one: Shown, *, is_here: bool = True) -> SafeString:
    """The row of an update in the list of key events; it leads to where the update is on the page, if it is there."""
    return _rendered("live/key_event.html", *_tongue(), one, is_here=is_here)


def time_of(one: Shown) -> str:
    """When it was posted, as it stands in the list of key events."""
    language, time_zone = _tongue()
    return dates.written_time(one.posted_at, language=language, time_zone=time_zone)


def flag_of(state: State) -> SafeString:
    """Where a coverage stands, in a word."""
    return _rendered("live/flag.html", *_tongue(), state)


NAMES = {"live/gone_update.html": "number", "live/flag.html": "state", "live/when.html": "moment"}
"""What a template calls that which it shows, where it is no update."""


@lru_cache(maxsize=500)
def _rendered(template: str, language: str, _time_zone: str, shown: Any, **more: Any) -> SafeString:
    # Rendered once, since the same values give the same bytes.
    with override(language):
        html = render_to_string(template, {NAMES.get(template, "one"): shown, **more})
    return mark_safe(html.strip())  # noqa: S308 (a template's)


def _tongue() -> tuple[str, str]:
    return settings.GAZETI_LANGUAGE, settings.TIME_ZONE
