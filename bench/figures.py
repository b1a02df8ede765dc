"""Figures and tables: medians, ratios, and Markdown that a terminal and a document both show well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, TypeVar

Row = Sequence[Any]
Side = TypeVar("Side")


@dataclass(frozen=True)
class Table:
    """A titled table, and what stands under it."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    note: str = ""


@dataclass(frozen=True)
class Part:
    """What one part of the bench found: tables to read, and the same as data for `latest.json`."""

    tables: Sequence[Table]
    data: dict[str, Any]


def spread(samples: Sequence[float]) -> tuple[float, float]:
    """The lower and the upper quartile; of fewer than two samples, the sample twice."""
    if len(samples) < 2:
        return samples[0], samples[0]
    lower, _, upper = quantiles(samples, n=4, method="inclusive")
    return lower, upper


def ratio(samples: Sequence[float], base: Sequence[float]) -> float:
    """How many times the base's median these samples' median is."""
    return median(samples) / median(base)


def turns(sides: Sequence[Side], *, rounds: int) -> Iterator[tuple[int, Side]]:
    """Every side once a round, in an order that shifts by one each round: no side always follows the same other."""
    for number in range(rounds):
        first = number % len(sides)
        for side in (*sides[first:], *sides[:first]):
            yield number, side


def written(value: Any) -> str:
    """A cell: whole numbers with thousands apart, fractions with two digits, and text as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def markdown(table: Table) -> str:
    """The table in Markdown: the first column to the left, the others to the right."""
    cells = [list(table.columns), *([written(value) for value in row] for row in table.rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(table.columns))]
    lines = [_line(row, widths) for row in cells]
    rule = "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])])
    parts = [f"### {table.title}", "", lines[0], f"|{rule}|", *lines[1:]]
    return "\n".join([*parts, "", table.note] if table.note else parts)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = row
    cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
    return f"| {' | '.join(cells)} |"
