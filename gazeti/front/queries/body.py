"""A body as templates show it: raw blocks with their pictures, documents, stories and links looked up together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.documents import get_document_model

from gazeti.edge.tags import named
from gazeti.front.formats import expanded
from gazeti.media.models import Picture, shown
from gazeti.plain.links import host_of, linked_ids
from gazeti.stories import queries as stories
from gazeti.stories.formats import document_ids, item, picture_ids, rich_texts
from gazeti.stories.queries import Listed

TEMPLATES = {
    **{kind: f"base/blocks/{kind}.html" for kind in ("text", "heading", "list", "table", "facts", "card")},
    **{kind: f"stories/blocks/{kind}.html" for kind in ("quotation", "picture", "gallery", "related", "document")},
}
"""Each kind of block's template; a test walks the kinds of the model."""


def related_ids(raw: list[dict[str, Any]]) -> list[int]:
    """The stories that a raw body shows as related."""
    return [block["value"] for block in raw if block["type"] == "related" and block["value"]]


def body_tags(raw: list[dict[str, Any]]) -> set[str]:
    """The cache tags of what a raw body points to: its pictures, related stories and linked pages."""
    linked = {pk for text in rich_texts(raw) for pk in linked_ids(text, "page")}
    stories_shown = named("story", {*related_ids(raw), *linked})
    return named("picture", picture_ids(raw)) | stories_shown | named("page", linked)


def picture_part(picture: Picture | None, *, alt: str, is_decorative: bool, caption: str) -> dict[str, Any] | None:
    """A picture with the words it has in this place, else its own; None where there is none or it is not ready.

    Once its rights have ended `shown` is None: the caption, or else the alt text, stands in its place.
    """
    part = shown(picture)
    if picture is None or (part is None and not picture.rights_over):
        return None
    says_nothing = is_decorative or (picture.is_decorative and not alt)
    described = "" if says_nothing else alt or picture.description
    told = caption or picture.caption or (described if part is None else "")
    if part is None and not told:
        return None
    return {"shown": part, "alt": described, "caption": told, "credit": picture.credit}


@dataclass(frozen=True)
class Found:
    """What a body's blocks point to, looked up together."""

    pictures: Mapping[int, Picture]
    related: Mapping[int, Listed]
    documents: Mapping[int, Any]
    links: Mapping[int, str]

    def rich(self, html: str) -> str:
        """Rich text with its inner links as addresses."""
        files = {pk: document.url for pk, document in self.documents.items()}
        return expanded(html, pages=self.links, documents=files)


def body_parts(raw: list[dict[str, Any]], *, related: Mapping[int, Listed] | None = None) -> list[dict[str, Any]]:
    """A raw body with what its blocks point to: at most one query each for pictures, documents and links.

    A block whose picture, document or story is not there, or not for the public, is left out.
    """
    return parts_of_bodies([raw], related=related)[0]


def parts_of_bodies(
    raws: Sequence[list[dict[str, Any]]], *, related: Mapping[int, Listed] | None = None
) -> list[list[dict[str, Any]]]:
    """The same of several bodies, whose pictures, documents and links are looked up together."""
    bodies = [[{"type": block["type"], "value": block["value"]} for block in raw] for raw in raws]
    blocks = [block for body in bodies for block in body]
    wanted = picture_ids(blocks)
    found = Found(
        pictures=Picture.objects.in_bulk(wanted) if wanted else {},
        related=related or {},
        documents=_documents(blocks),
        links=_linked_pages(blocks),
    )
    return [_ready(body, found) for body in bodies]


def _ready(blocks: list[dict[str, Any]], found: Found) -> list[dict[str, Any]]:
    ready = [{**block, "value": _shown(block, found), "template": TEMPLATES[block["type"]]} for block in blocks]
    return [block for block in ready if block["value"]]


def _shown(block: dict[str, Any], found: Found) -> Any:
    show = SHOWN.get(block["type"])
    return show(block["value"], found) if show else block["value"]


def _facts(value: dict[str, Any], found: Found) -> dict[str, Any]:
    return {**value, "body": found.rich(value["body"])}


def _list(value: dict[str, Any], found: Found) -> dict[str, Any]:
    return {**value, "items_html": [found.rich(item(one)) for one in value["items"]]}


def _gallery(value: list[Any], found: Found) -> list[dict[str, Any]]:
    return [part for one in value if (part := _picture(item(one), found))]


def _document(value: dict[str, Any], found: Found) -> dict[str, Any] | None:
    document = found.documents.get(value["document"])
    if document is None:
        return None
    return {**value, "document": document, "size": document.file_size or document.file.size}


def _picture(value: dict[str, Any], found: Found) -> dict[str, Any] | None:
    return picture_part(
        found.pictures.get(value["picture"]),
        alt=value.get("alt", ""),
        is_decorative=bool(value.get("decorative")),
        caption=value.get("caption", ""),
    )


def _table(value: dict[str, Any], _found: Found) -> dict[str, Any]:
    figures = [column["type"] == "figures" for column in value["columns"]]
    rows = [row["values"] for row in value["rows"]]
    lines = [[{"text": cell, "figures": at} for cell, at in zip(row, figures, strict=False)] for row in rows]
    return {**value, "lines": lines}


def _documents(blocks: list[dict[str, Any]]) -> dict[int, Any]:
    wanted = document_ids(blocks)
    return get_document_model().objects.in_bulk(wanted) if wanted else {}


def _linked_pages(blocks: list[dict[str, Any]]) -> dict[int, str]:
    wanted = {pk for text in rich_texts(blocks) for pk in linked_ids(text, "page")}
    return stories.addresses_of(wanted) if wanted else {}


SHOWN: dict[str, Callable[[Any, Found], Any]] = {
    "text": lambda value, found: found.rich(value),
    "facts": _facts,
    "list": _list,
    "table": _table,
    "picture": _picture,
    "gallery": _gallery,
    "related": lambda value, found: found.related.get(value),
    "document": _document,
    "card": lambda value, _found: {**value, "site": host_of(value["url"])},
}
"""How each kind of block is made ready for its template; other kinds are shown as they are."""
