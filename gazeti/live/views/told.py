"""One event as JSON tells it: by `after/`, by the stream and at the desk, always in the same words."""

from datetime import UTC, datetime
from typing import Any

from gazeti.live.queries.articles import article_of, flag_of, key_item, time_of
from gazeti.live.queries.updates import Event, Shown
from gazeti.live.rules import BECOMES, Kind


def told(event: Event) -> dict[str, Any]:
    """An event as plain values.

    `html` is the update's whole article, the summary, or the coverage's state in a word. Of an update that was taken
    back nothing is told but that it is `gone`. `items` are the rows of key events where one of them went.
    """
    facts: dict[str, Any] = {"seq": event.number, "kind": str(event.kind), "update": event.update}
    facts["at"] = _utc(_moment(event))
    if event.keys:
        facts["items"] = "".join(key_item(one) for one in event.keys)
    if event.is_gone:
        return {**facts, "gone": True, "html": ""}
    if event.shown:
        return {**facts, **_update(event.shown)}
    if event.kind in BECOMES:
        state = BECOMES[event.kind]
        return {**facts, "html": flag_of(state), "state": str(state)}
    return {**facts, "html": event.summary}


def _update(shown: Shown) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "html": article_of(shown),
        "key": shown.is_key,
        "heading": shown.heading,
        "time": time_of(shown),
    }
    return {**facts, "item": key_item(shown)} if shown.is_key else facts


def _moment(event: Event) -> datetime:
    """When it happened, as the page says it: words have the time that whoever gave them was told."""
    if event.shown and event.kind is Kind.POST:
        return event.shown.posted_at
    return (event.kind is Kind.EDIT and event.shown and event.shown.edited_at) or event.at


def _utc(moment: datetime) -> str:
    """A moment as RFC 3339 writes it, in UTC to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
