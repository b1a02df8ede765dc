"""Bodies of updates as plain data: made of what somebody typed, compared, and taken apart for a story."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from gazeti.stories.formats import Block, item, raw_body

Raw = list[dict[str, Any]]
PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def body_of(text: str, *, pictures: Iterable[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """A raw body of plain text, whose paragraphs stand an empty line apart, and pictures below it.

    A picture is {"picture": id} with "alt", "caption" and "decorative" where this place has words of its own.
    """
    html = as_html(text)
    text_block = [("text", html)] if html else []
    return raw_body([*text_block, *(("picture", _picture(one)) for one in pictures)])


def with_text(raw: Raw, text: str) -> Raw:
    """A raw body whose text is another: it stands where the first stood, and blocks of other kinds stay."""
    first = next((at for at, block in enumerate(raw) if block.get("type") == "text"), 0)
    return [*raw[:first], *body_of(text), *(block for block in raw[first:] if block.get("type") != "text")]


def with_picture(raw: Raw, number: int | None) -> Raw:
    """A raw body that shows a picture, in the place of its first one, or at its end; or none for None.

    The same picture keeps its words; those of another go with it.
    """
    at = _first_picture(raw)
    if at is None:
        return [*raw, *body_of("", pictures=[{"picture": number}] if number is not None else [])]
    if raw[at]["value"].get("picture") == number:
        return raw
    new = [] if number is None else [{**raw[at], "value": _picture({"picture": number})}]
    return [*raw[:at], *new, *raw[at + 1 :]]


def with_words(raw: Raw, words: Mapping[str, Any]) -> Raw:
    """A raw body whose first picture has these words. Raises LookupError where there is none that they could be of."""
    at = _first_picture(raw)
    if at is not None:
        return [*raw[:at], {**raw[at], "value": {**raw[at]["value"], **words}}, *raw[at + 1 :]]
    if any(words.values()):
        raise LookupError
    return raw


def _first_picture(raw: Raw) -> int | None:
    """Where the first picture stands; a block of an odd form is none."""
    found = (at for at, one in enumerate(raw) if one.get("type") == "picture" and isinstance(one.get("value"), dict))
    return next(found, None)


def as_html(text: str) -> str:
    """Plain text as paragraphs of rich text."""
    parts = (part.strip() for part in PARAGRAPHS.split(text.replace("\r\n", "\n").strip()))
    return "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in parts if part)


def without_ids(raw: Any) -> Any:
    """A raw body without the ids of its blocks, to compare what it says."""
    if isinstance(raw, Mapping):
        is_block = "type" in raw and "value" in raw
        return {name: without_ids(part) for name, part in raw.items() if not (is_block and name == "id")}
    return [without_ids(one) for one in raw] if isinstance(raw, list | tuple) else raw


def blocks_of(raw: Iterable[Mapping[str, Any]]) -> list[Block]:
    """The blocks of a raw body as the simple pairs that a story is filed with."""
    return [(block["type"], _simple(block["type"], block["value"])) for block in raw]


def _simple(kind: str, value: Any) -> Any:
    if kind == "gallery":
        return [item(one) for one in value]
    if kind == "list":
        return {**value, "items": [item(one) for one in value["items"]]}
    if kind == "table":
        header = [column.get("heading", "") for column in value["columns"]]
        return {"caption": value.get("caption", ""), "header": header, "rows": [row["values"] for row in value["rows"]]}
    return value


def _picture(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"alt": "", "decorative": False, "caption": "", **given}
