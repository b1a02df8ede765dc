"""An update's blocks as the quick form shows them, and what it sends put back among those that it cannot show."""

from dataclasses import dataclass
from typing import Any

from gazeti.live.views.desk.typed import html_of, text_of
from gazeti.stories.formats import raw_body

Raw = list[dict[str, Any]]
TEXT, PICTURE = "text", "picture"


@dataclass(frozen=True, slots=True)
class Quick:
    """What the quick form shows of a body: its first text, its first picture, and how many blocks stand besides."""

    text: str = ""
    picture: dict[str, Any] | None = None
    others: int = 0

    @property
    def as_typed(self) -> dict[str, Any]:
        """What the form's fields hold of it."""
        picture = self.picture or {}
        words = {"alt": picture.get("alt", ""), "decorative": picture.get("decorative", False)}
        return {"text": self.text, "kept": picture.get("picture"), **words}


def quick_of(raw: Raw) -> Quick | None:
    """A body as the quick form shows it; None where its text is more than typing can say."""
    first, last = _first_text(raw)
    texts = [text_of(block["value"]) for block in raw[first:last]]
    if any(text is None for text in texts):
        return None
    picture = _first_picture(raw)
    others = len(raw) - (last - first) - (picture is not None)
    return Quick("\n\n".join(str(text) for text in texts), picture["value"] if picture else None, others)


def typed_body(text: str, *, picture: dict[str, Any] | None, raw: Raw | None = None) -> Raw:
    """The blocks of what was typed; of a body that is edited, whatever else stands in it stays in its place."""
    raw = raw or []
    first, last = _first_text(raw)
    html = html_of(text)
    new = raw_body([(TEXT, html)]) if html else []
    if new and last > first:
        new[0]["id"] = raw[first].get("id", new[0]["id"])
    return _with_picture([*raw[:first], *new, *raw[last:]], at=first + len(new), picture=picture)


def _with_picture(raw: Raw, *, at: int, picture: dict[str, Any] | None) -> Raw:
    there = _first_picture(raw)
    if there is not None:
        place = raw.index(there)
        kept = [{**there, "value": _value(there["value"], picture)}] if picture else []
        return [*raw[:place], *kept, *raw[place + 1 :]]
    if picture is None:
        return raw
    return [*raw[:at], *raw_body([(PICTURE, {"caption": "", **picture})]), *raw[at:]]


def _value(old: dict[str, Any], picture: dict[str, Any]) -> dict[str, Any]:
    """What stands there of a picture now: of the same one what the form does not ask for, of another nothing."""
    return {**(old if old.get("picture") == picture["picture"] else {"caption": ""}), **picture}


def _first_text(raw: Raw) -> tuple[int, int]:
    """Where the first texts in a row stand; at the beginning where there are none."""
    first = next((at for at, block in enumerate(raw) if block["type"] == TEXT), None)
    if first is None:
        return 0, 0
    last = next((at for at in range(first, len(raw)) if raw[at]["type"] != TEXT), len(raw))
    return first, last


def _first_picture(raw: Raw) -> dict[str, Any] | None:
    return next((block for block in raw if block["type"] == PICTURE), None)
