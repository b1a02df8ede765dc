"""A body as the database keeps it: made from simple values, and asked what it points to. Plain data in and out."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, NamedTuple
from uuid import uuid4

from gazeti.plain.links import ATTRIBUTE, LINK, linked_ids

Block = tuple[str, Any]
PARAGRAPH_END = re.compile(r"</(?:p|li|h[1-6])>", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>|</(?:p|li|h[1-6])>", re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
NO_TEXT = frozenset({"id", "type", "url", "picture", "document", "decorative", "ordered"})
"""Parts of a block's value that nobody reads."""


def raw_body(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as (type, value) pairs in the raw form of a StreamField.

    Values: text and heading a string; a table {"caption", "header", "rows"} with cells as strings; pictures,
    documents and related stories by id (an object with `pk` will do); others as their block's fields.
    """
    return [{"type": kind, "value": _raw(kind, value), "id": str(uuid4())} for kind, value in blocks]


def _raw(kind: str, value: Any) -> Any:
    if kind == "table":
        return _raw_table(value)
    if kind == "gallery":
        return [{"type": "item", "value": _fields(one), "id": str(uuid4())} for one in value]
    if kind == "list":
        items = [{"type": "item", "value": one, "id": str(uuid4())} for one in value["items"]]
        return {"ordered": bool(value.get("ordered")), "items": items}
    return _fields(value) if isinstance(value, Mapping) else _id(value)


def _fields(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _id(part) for name, part in value.items()}


def _id(value: Any) -> Any:
    return getattr(value, "pk", value)


def _raw_table(value: Mapping[str, Any]) -> dict[str, Any]:
    rows = [[str(cell) for cell in row] for row in value["rows"]]
    columns = [
        {"type": "figures" if _all_figures(row[at] for row in rows) else "words", "heading": str(heading)}
        for at, heading in enumerate(value["header"])
    ]
    return {
        "columns": columns,
        "rows": [{"values": row} for row in rows],
        "caption": value.get("caption", ""),
    }


def _all_figures(cells: Iterable[str]) -> bool:
    texts = [cell.strip() for cell in cells if cell.strip()]
    return bool(texts) and all(text[:1].isdigit() or text[:1] in "+-−" for text in texts)


def picture_ids(raw: Iterable[Mapping[str, Any]]) -> set[int]:
    """The pictures that a raw body shows."""
    blocks = list(raw)
    single = [block["value"] for block in blocks if block["type"] == "picture"]
    many = [item(one) for block in blocks if block["type"] == "gallery" for one in block["value"]]
    return {value["picture"] for value in (*single, *many) if value.get("picture")}


def document_ids(raw: Iterable[Mapping[str, Any]]) -> set[int]:
    """The documents that a raw body offers, as a block or by a link."""
    blocks = list(raw)
    offered = {block["value"].get("document") for block in blocks if block["type"] == "document"}
    return {pk for pk in offered if pk} | {pk for text in rich_texts(blocks) for pk in linked_ids(text, "document")}


def page_ids(raw: Iterable[Mapping[str, Any]]) -> set[int]:
    """The pages that a raw body names: related stories, and links inside text."""
    blocks = list(raw)
    related = {block["value"] for block in blocks if block["type"] == "related" and block["value"]}
    return related | {pk for text in rich_texts(blocks) for pk in linked_ids(text, "page")}


def rich_texts(blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """All rich text of a body, and what is quoted in it."""
    blocks = list(blocks)
    texts = [block["value"] for block in blocks if block["type"] == "text"]
    texts += [block["value"]["body"] for block in blocks if block["type"] == "facts"]
    texts += [item(one) for block in blocks if block["type"] == "list" for one in block["value"]["items"]]
    texts += [block["value"]["text"] for block in blocks if block["type"] == "quotation"]
    return [str(text) for text in texts]


def item(raw: Any) -> Any:
    """A list block's item, in either of the two forms Wagtail keeps."""
    return raw["value"] if isinstance(raw, dict) and raw.get("type") == "item" else raw


class Link(NamedTuple):
    """A link in rich text: "page" or "document" with an id, or "address" with an href; and its words."""

    kind: str
    to: str
    words: str


def links_in(html: str) -> list[Link]:
    """The links of rich text, in their order."""
    found = [(dict(ATTRIBUTE.findall(one.group(1))), _plain(one.group(2))) for one in LINK.finditer(html)]
    return [
        Link(attributes["linktype"], attributes.get("id", ""), words)
        if "linktype" in attributes
        else Link("address", unescape(attributes.get("href", "")), words)
        for attributes, words in found
    ]


def paragraphs_in(html: str) -> list[str]:
    """The paragraphs and items of rich text, without markup."""
    return [text for part in PARAGRAPH_END.split(html) if (text := _plain(part))]


def text_in(value: Any) -> str:
    """Whatever a block's value says, without markup, addresses and ids."""
    if isinstance(value, Mapping):
        return " ".join(text_in(part) for name, part in value.items() if name not in NO_TEXT)
    if isinstance(value, list | tuple):
        return " ".join(text_in(part) for part in value)
    return _plain(value) if isinstance(value, str) else ""


def _plain(html: str) -> str:
    return " ".join(unescape(TAG.sub("", BREAK.sub(" ", html))).split())
