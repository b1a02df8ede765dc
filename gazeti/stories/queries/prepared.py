"""Queries whose SQL Django works out once a process: readers' pages differ by their parameters alone.

To build and compile the gate's condition takes Django about three milliseconds, to run it a tenth of one
(docs/decisions/0019). The SQL and the conversion of what comes back are Django's own, of the query set given.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from django.db import connections
from django.db.models import QuerySet

Row = tuple[Any, ...]
Given = int | str | Sequence[int] | Sequence[str]
FIRST_PLACE = 2_000_000_000
"""Numbers from here on stand for parameters while Django compiles; a column of integers has room for them."""
PARAMETER = re.compile(r"(?<!%)%s")
NOBODY = -1
"""An id that no row has."""


@dataclass(frozen=True)
class Place:
    """Where a parameter goes: its name, and which of several it is."""

    name: str
    at: int | None = None

    def of(self, given: dict[str, Any]) -> Any:
        """What stands there this time."""
        return given[self.name] if self.at is None else given[self.name][self.at]


@dataclass(frozen=True)
class Statement:
    """Compiled SQL with its parameters, some of which are places, and how to read columns, by their number."""

    database: str
    sql: str
    parameters: tuple[Any, ...]
    columns: tuple[tuple[int, Any, Sequence[Callable[..., Any]]], ...]

    def rows(self, given: dict[str, Any], window: tuple[int, ...]) -> list[Row]:
        """Run it."""
        connection = connections[self.database]
        filled = (one.of(given) if isinstance(one, Place) else one for one in self.parameters)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, {f"p{at}": one for at, one in enumerate((*filled, *window))})
            return [self._read(row, connection) for row in cursor.fetchall()]

    def _read(self, row: Row, connection: Any) -> Row:
        if not self.columns:
            return row
        values = list(row)
        for at, expression, converters in self.columns:
            for convert in converters:
                values[at] = convert(values[at], expression, connection)
        return tuple(values)


class Prepared:
    """A query set of `values_list`, made by a function of its parameters: each a number, a text, or many of a kind.

    A parameter is compared as it is: no `startswith`, no arithmetic. Of many, some may stand twice.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        """Keep the function; it is first called when rows are asked for."""
        self.build = build
        self._compiled = lru_cache(maxsize=64)(self._compile)

    def rows(self, *, limit: int | None = None, offset: int = 0, **given: Given) -> list[Row]:
        """The rows of the query set with these parameters, from `offset` on and at most `limit` of them."""
        filled = {name: _padded(one) for name, one in given.items()}
        shape = tuple((name, _shape(one)) for name, one in filled.items())
        window = () if limit is None else (limit, offset)
        return self._compiled(shape, is_part=limit is not None).rows(filled, window)

    def _compile(self, shape: tuple[tuple[str, tuple[type, int | None]], ...], *, is_part: bool) -> Statement:
        places: dict[Any, Place] = {}
        found = self.build(**{name: _stand_in(name, kind, places) for name, kind in shape})
        compiler = found.query.get_compiler(found.db)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return Statement(
            database=found.db,
            sql=_named(f"{sql} LIMIT %s OFFSET %s" if is_part else sql),
            parameters=tuple(places.get(one, one) for one in parameters),
            columns=tuple((at, expression, tuple(ways)) for at, (ways, expression) in converters.items()),
        )


def _named(sql: str) -> str:
    """SQL whose parameters have names: of those without, Django's SQLite backend looks through all of it each time."""
    number = count()
    return PARAMETER.sub(lambda _found: f"%(p{next(number)})s", sql)


def _padded(value: Given) -> Given:
    """Many as two, four, eight or more, so that few lengths are compiled; the last stands again at the end."""
    if isinstance(value, int | str):
        return value
    many: tuple[Any, ...] = tuple(value) or (NOBODY,)
    room = 1 << (len(many) - 1).bit_length()
    return many + many[-1:] * (room - len(many))


def _shape(value: Given) -> tuple[type, int | None]:
    """The type of a parameter, and how many there are; None for one."""
    return (type(value), None) if isinstance(value, int | str) else (type(value[0]), len(value))


def _stand_in(name: str, shape: tuple[type, int | None], places: dict[Any, Place]) -> Any:
    """What stands for a parameter while Django compiles: of its type, and found again among the parameters."""
    kind, number = shape
    first = len(places)
    made = [_token(kind, name, first + at) for at in range(number or 1)]
    places.update({token: Place(name, None if number is None else at) for at, token in enumerate(made)})
    return made[0] if number is None else made


def _token(kind: type, name: str, number: int) -> Any:
    return f"\x02{name}{number}" if kind is str else FIRST_PLACE + number
