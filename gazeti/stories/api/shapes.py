"""Whether what a program sends has the shape that a page's fields take, asked before Wagtail's form takes it apart."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import ValidationError
from pydantic import BaseModel
from wagtail.api.v3.form_data import flatten_block_value
from wagtail.coreutils import resolve_model_string
from wagtail.fields import StreamField

UNKNOWN = "There is no such field, or it is not written here. Leave it out."
ODD = "A block here is not of the form that its kind takes: compare it with a page that was read."
ODD_SHAPES = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


def refuse_odd(request: HttpRequest, data: BaseModel) -> None:
    """Raise ninja's ValidationError, with a reason a field, for fields that nobody knows and for odd blocks.

    Pydantic would pass the first over in silence, and Wagtail breaks on the second.
    """
    errors = [*_unknown(json.loads(request.body), type(data)), *_odd_blocks(data)]
    if errors:
        raise ValidationError(errors)


def _unknown(sent: dict[str, Any], schema: type[BaseModel]) -> Iterator[dict[str, Any]]:
    taken = {field.alias or name for name, field in schema.model_fields.items()}
    for name in sent.keys() - taken:
        yield {"type": "extra_forbidden", "loc": ["body", "data", name], "msg": UNKNOWN}


def _odd_blocks(data: BaseModel) -> Iterator[dict[str, Any]]:
    model = resolve_model_string(data.meta.type)  # type: ignore[attr-defined]  # Wagtail's schemas all have it
    for field in (one for one in model._meta.get_fields() if isinstance(one, StreamField)):
        blocks = getattr(data, field.name, None)
        try:
            flatten_block_value(field.stream_block, blocks, field.name, MultiValueDict())
        except ODD_SHAPES:
            yield {"type": "odd_block", "loc": ["body", "data", field.name], "msg": ODD}
