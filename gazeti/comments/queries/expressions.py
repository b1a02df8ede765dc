"""What Django does not say in SQL: rows compared with rows, and how many rows a subquery has."""

from typing import Any

from django.db.models import BooleanField, F, Func, IntegerField, Subquery, Value


class Beyond(Func):
    """`(a, b) > (1, 2)` finds its place by an index on a and b (row values; SQL:1999), which OR does not.

    Django 5.2 writes it with OR for SQLite.
    """

    output_field = BooleanField()

    def __init__(self, sign: str, **values: int) -> None:
        """Compare these columns, in this order, with these numbers."""
        super().__init__(*map(F, values), *(Value(one, output_field=IntegerField()) for one in values.values()))
        self.extra["sign"] = sign

    def as_sql(self, compiler: Any, connection: Any, *_facts: Any, **_more: Any) -> Any:
        """Both rows in brackets."""
        made = [compiler.compile(one) for one in self.source_expressions]
        sql = [one for one, _given in made]
        half = len(sql) // 2
        columns, values = ", ".join(sql[:half]), ", ".join(sql[half:])
        return f"({columns}) {self.extra['sign']} ({values})", [one for _sql, given in made for one in given]


class Size(Subquery):
    """How many rows a subquery has; with a slice, counted no further."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
