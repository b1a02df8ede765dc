"""A body as templates show it: raw blocks with their pictures, documents, stories and links looked up together."""

from typing import Any

from wagtail.documents import get_document_model

from gazeti.front.formats import expanded, linked_ids
from gazeti.media.models import Picture, shown
from gazeti.plain.links import host_of
from gazeti.stories import queries as stories


TEMPLATES = {
    **{kind: f"base/blocks/{kind}.html" for kind in ("text", "heading", "list", "table", "facts", "card")},
    **{
        kind: f"stories/blocks/{kind}.html"
        for kind in ("quotation", "picture", "gallery", "related", "document")
    },
}
"""Each kind of block's template; a test walks the kinds of the model."""


def body_parts(raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A raw body with what its blocks point to: at most one query each for pictures, stories, documents and links."""
    blocks = [{"type": block["type"], "value": block["value"]} for block in raw]
    pictures = Picture.objects.in_bulk(_picture_ids(blocks)) if _picture_ids(blocks) else {}
    related = stories.stories_by_pk(block["value"] for block in blocks if block["type"] == "related")
    documents = _documents(blocks)
    links = _linked_pages(blocks)
    for block in blocks:
        block["value"] = _resolved(block, pictures=pictures, related=related, documents=documents, links=links)
        block["template"] = TEMPLATES[block["type"]]
    return [block for block in blocks if block["value"]]


def _resolved(block: dict[str, Any], *, pictures: Any, related: Any, documents: Any, links: Any) -> Any:
    kind, value = block["type"], block["value"]
    files = {pk: document.url for pk, document in documents.items()}
    if kind == "text":
        return expanded(value, pages=links, documents=files)
    if kind == "facts":
        return {**value, "body": expanded(value["body"], pages=links, documents=files)}
    if kind == "list":
        return {**value, "items_html": [expanded(_item(one), pages=links, documents=files) for one in value["items"]]}
    if kind == "table":
        return _table(value)
    if kind == "picture":
        return _picture(value, pictures)
    if kind == "gallery":
        return [part for one in value if (part := _picture(_item(one), pictures))]
    if kind == "related":
        return related.get(value)
    if kind == "document":
        document = documents.get(value["document"])
        return {**value, "document": document} if document else None
    if kind == "card":
        return {**value, "site": host_of(value["url"])}
    return value


def _picture(value: dict[str, Any], pictures: dict[int, Picture]) -> dict[str, Any] | None:
    picture = pictures.get(value["picture"])
    part = shown(picture)
    if picture is None or part is None:
        return None
    decorative = value.get("decorative") or (picture.is_decorative and not value.get("alt"))
    return {
        "shown": part,
        "alt": "" if decorative else value.get("alt") or picture.description,
        "caption": value.get("caption") or picture.caption,
        "credit": picture.credit,
    }


def _table(value: dict[str, Any]) -> dict[str, Any]:
    figures = [column["type"] == "figures" for column in value["columns"]]
    rows = [row["values"] for row in value["rows"]]
    lines = [[{"text": cell, "figures": at} for cell, at in zip(row, figures, strict=False)] for row in rows]
    return {**value, "lines": lines}


def _picture_ids(blocks: list[dict[str, Any]]) -> set[int]:
    single = [block["value"] for block in blocks if block["type"] == "picture"]
    many = [_item(one) for block in blocks if block["type"] == "gallery" for one in block["value"]]
    return {value["picture"] for value in (*single, *many) if value.get("picture")}


def _documents(blocks: list[dict[str, Any]]) -> dict[int, Any]:
    wanted = {block["value"]["document"] for block in blocks if block["type"] == "document"}
    wanted |= {pk for text in rich_texts(blocks) for pk in linked_ids(text, "document")}
    return get_document_model().objects.in_bulk(wanted) if wanted else {}


def _linked_pages(blocks: list[dict[str, Any]]) -> dict[int, str]:
    wanted = {pk for text in rich_texts(blocks) for pk in linked_ids(text, "page")}
    return stories.addresses_of(wanted) if wanted else {}


def rich_texts(blocks: list[dict[str, Any]]) -> list[str]:
    """All rich text of a body."""
    texts = [block["value"] for block in blocks if block["type"] == "text"]
    texts += [block["value"]["body"] for block in blocks if block["type"] == "facts"]
    texts += [_item(one) for block in blocks if block["type"] == "list" for one in block["value"]["items"]]
    texts += [block["value"]["text"] for block in blocks if block["type"] == "quotation"]
    return [str(text) for text in texts]


def _item(raw: Any) -> Any:
    """A list block's item, in either of the two forms Wagtail keeps."""
    return raw["value"] if isinstance(raw, dict) and raw.get("type") == "item" else raw
