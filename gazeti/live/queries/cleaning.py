"""Words as a coverage keeps them: rich text of allowed tags alone, nothing unseen in it, every block of its kind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as _
from wagtail import blocks
from wagtail.api.rich_text import APIRichText
from wagtail.blocks.list_block import ListBlock, ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from gazeti.live.rules import Words
from gazeti.stories.blocks import Body
from gazeti.stories.formats import item, links_in
from gazeti.stories.rules import Finding, Severity

UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, of which PostgreSQL keeps no null
    "\u202a-\u202e\u2066-\u2069"  # turning the line (Unicode Standard Annex 9)
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # half characters, and no characters
)
ODD_SHAPES = (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError)
ODD = _("A block of the text is not of the form that its kind takes. Write it anew.")
WRONG = _("%(label)s: %(sentence)s.")
ID = re.compile("[0-9A-Za-z-]{1,64}")
NUMBER = re.compile("[0-9]{1,9}")
BLOCK = re.compile(r"<(?:p|div|ul|ol|li)\b", re.IGNORECASE)


def cleaned(words: Words) -> tuple[Words, list[Finding]]:
    """The words as they would be kept, and what keeps them from it; then the body is empty.

    A picture, document or story that is not there is such a thing. A query for each kind of those that is named.
    """
    told = replace(words, body=[], heading=_line(words.heading), correction=_line(words.correction))
    body = Body(required=False)
    try:
        value = body.to_python([one for one in _allowed(body, words.body) if one["value"] != ""])
        kept = body.get_prep_value(body.clean(value))
    except StreamBlockValidationError as error:
        return told, list(_found(error, value))
    except ODD_SHAPES:
        return told, [_finding(ODD)]
    return replace(told, body=kept), []


def plain(text: str) -> str:
    """A text without characters that no reader is to get; it may have several lines."""
    return UNWANTED.sub("", text)


def _line(text: str) -> str:
    return " ".join(plain(text.replace("\n", " ")).split())


def _allowed(block: blocks.Block, value: Any) -> Any:
    """A raw value whose rich text has the tags of its block alone. Raises one of ODD_SHAPES for another thing."""
    if isinstance(block, blocks.StreamBlock):
        return [_of_stream(block, one) for one in value]
    if isinstance(block, blocks.StructBlock):
        return {name: _allowed(part, value[name]) for name, part in block.child_blocks.items() if name in value}
    if isinstance(block, ListBlock):
        return [_allowed(block.child_block, item(one)) for one in value]
    if isinstance(block, blocks.RichTextBlock):
        return _rich(value, features=block.features)
    return _number(value) if isinstance(block, blocks.ChooserBlock) else _plain_parts(value)


def _of_stream(block: blocks.StreamBlock, one: dict[str, Any]) -> dict[str, Any]:
    made = {"type": one["type"], "value": _allowed(block.child_blocks[one["type"]], one["value"])}
    return {**made, "id": str(one["id"])} if ID.fullmatch(str(one.get("id") or "")) else made


def _number(value: Any) -> int | None:
    """The id of a picture, document or story that a database can count to."""
    if value is not None and not NUMBER.fullmatch(str(value)):
        raise ValueError("that is no id")
    return None if value is None else int(value)


def _rich(value: Any, *, features: list[str]) -> str:
    """Rich text from HTML, or from an object that says in which format it is. Raises ValueError for an odd link."""
    given = {**value, "content": plain(value["content"])} if isinstance(value, dict) else _in_paragraph(plain(value))
    html: str = APIRichText.convert_input(given, features=features)[0].strip()
    if any(link.kind != "address" and not NUMBER.fullmatch(link.to) for link in links_in(html)):
        raise ValueError("a link names no page or document")
    return html


def _in_paragraph(html: str) -> str:
    return html if not html.strip() or BLOCK.search(html) else f"<p>{html}</p>"


def _plain_parts(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain_parts(one) for one in value]
    return {name: _plain_parts(one) for name, one in value.items()} if isinstance(value, dict) else value


def _found(error: StreamBlockValidationError, value: blocks.StreamValue) -> Iterator[Finding]:
    for sentence in error.non_block_errors:
        yield _finding("%(sentence)s", sentence=str(sentence))
    for place, wrong in error.block_errors.items():
        child = value[place]
        for sentence in _sentences(wrong):
            yield _finding(WRONG, block=child.id or "", label=str(child.block.label), sentence=sentence.rstrip("."))


def _sentences(error: Any) -> Iterable[str]:
    """The sentences of a block's error, however deep they stand."""
    if isinstance(error, StructBlockValidationError | ListBlockValidationError | StreamBlockValidationError):
        inner = list(error.block_errors.values() if isinstance(error.block_errors, dict) else error.block_errors)
        return [
            *map(str, error.non_block_errors),
            *(sentence for one in inner if one for sentence in _sentences(one)),
        ]
    return [str(one) for one in (error.messages if isinstance(error, ValidationError) else error)]


def _finding(words: str, *, block: str = "", **values: Any) -> Finding:
    return Finding(words=words, values=values, field="body", block=block, rule="shape", severity=Severity.ALWAYS)
