"""Bodies as the data writes them, set as blocks: paragraphs between empty lines, and names in the place of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gazeti.stories.formats import Block


@dataclass
class Named:
    """What a body may name: pictures, documents and stories, by their names in the data."""

    pictures: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    stories: dict[str, Any] = field(default_factory=dict)


def typeset(blocks: Sequence[Mapping[str, Any]], *, named: Named) -> list[Block]:
    """The blocks as (type, value) pairs. Raises KeyError for a name that nothing has."""
    return [(block["type"], _value(block, named=named)) for block in blocks]


def paragraphs(text: str) -> str:
    """Text with empty lines between its paragraphs, as HTML."""
    parts = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    return "".join(f"<p>{part}</p>" for part in parts)


def _value(block: Mapping[str, Any], *, named: Named) -> Any:
    kind = block["type"]
    fields = {name: value for name, value in block.items() if name != "type"}
    if kind == "text":
        return paragraphs(block["text"])
    if kind == "heading":
        return block["text"]
    if kind == "related":
        return named.stories[block["story"]]
    if kind == "gallery":
        return [_picture(one, named=named) for one in block["pictures"]]
    if kind == "picture":
        return _picture(fields, named=named)
    if kind == "document":
        return {**fields, "document": named.documents[block["document"]]}
    if kind == "facts":
        return {**fields, "body": paragraphs(block["body"])}
    return fields


def _picture(fields: Mapping[str, Any], *, named: Named) -> dict[str, Any]:
    return {**fields, "picture": named.pictures[fields["picture"]], "decorative": False}
