"""Rows written by a statement made once: while one comment is written all other writers wait, and Django's own way of
saving takes several times as long. No signal is sent.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import AutoField, Field, Model

AS_THEY_ARE = (str, int, bool, type(None))
"""Types whose values every database takes."""


class Statement(NamedTuple):
    """The SQL, the fields whose values it takes with what stands there by default, and what the database gives."""

    sql: str
    fields: tuple[tuple[Field[Any, Any], Any], ...]
    gives_number: bool


def insert(model: type[Model], **facts: Any) -> Any:
    """Add a row of these facts, inside the caller's transaction; its number, where the database gives one.

    What is not said is as the model has it by default.
    """
    made = _statement(model)
    values = [_value(field, facts.get(field.attname, default)) for field, default in made.fields]
    with connection.cursor() as cursor:
        cursor.execute(made.sql, values)
        return cursor.fetchone()[0] if made.gives_number else None


def _value(field: Field[Any, Any], value: Any) -> Any:
    # Exactly those: a state is a text too, which no database knows.
    return value if type(value) in AS_THEY_ARE else field.get_db_prep_save(value, connection)


@lru_cache(maxsize=32)
def _statement(model: type[Model]) -> Statement:
    gives_number = isinstance(model._meta.pk, AutoField)
    fields = tuple(field for field in model._meta.concrete_fields if not (field.primary_key and gives_number))
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    # The names are our models', never a reader's.
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    defaults = tuple((field, field.get_default()) for field in fields)
    return Statement(sql + " RETURNING id" if gives_number else sql, defaults, gives_number)
