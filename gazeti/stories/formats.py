"""A body as the database keeps it, made from simple values: plain data in, plain data out."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

Block = tuple[str, Any]


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
