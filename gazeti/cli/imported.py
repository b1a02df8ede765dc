"""What came of an import, told to a person as tables or to a program as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from gazeti.archive.formats.decoding import UnreadableError
from gazeti.archive.formats.found import Found
from gazeti.archive.queries import Outcome, RecentPlan
from gazeti.archive.rules import RECOVERED, Verdict
from gazeti.cli.sources import printable
from gazeti.plain.dates import written_date
from gazeti.plain.words import joined

PLAIN_WIDTH = 120
"""Columns where the output is no terminal."""

FACTS = ("section", "headline", "standfirst", "byline", "date", "language", "text")
WOULD = {Verdict.MADE: "would be made", Verdict.COMPLETED: "would be completed", Verdict.REFUSED: "would be refused"}


@dataclass(frozen=True, slots=True)
class Imported:
    """One file and what came of it."""

    file: Path
    result: Outcome | UnreadableError

    @property
    def name(self) -> str:
        return printable(self.file)

    @property
    def verdict(self) -> Verdict:
        return self.result.verdict if isinstance(self.result, Outcome) else Verdict.REFUSED

    @property
    def reasons(self) -> list[str]:
        return list(self.result.reasons) if isinstance(self.result, Outcome) else [str(self.result)]

    @property
    def failure(self) -> str:
        """The sentence for what was not done; empty if all was."""
        if isinstance(self.result, UnreadableError):
            return f"{self.name} {self.result}."
        return f"{self.name} is not imported: {joined(self.reasons, last='and')}." if self.reasons else ""


def told(pages: Sequence[Imported], *, dry_run: bool, as_json: bool) -> None:
    """Write what was done, or in a dry run would be, to standard output."""
    if as_json:
        click.echo(json.dumps(as_data(pages, dry_run=dry_run), ensure_ascii=False, indent=2))
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=PLAIN_WIDTH)
    console.print(pages_table(pages, dry_run=dry_run))
    recent = [each for page in outcomes(pages) for each in page.recent]
    if recent:
        console.print(headlines_table(recent, dry_run=dry_run))
    console.print(Text(summary(pages, dry_run=dry_run)))


def outcomes(pages: Iterable[Imported]) -> list[Outcome]:
    """What came of the pages that could be read."""
    return [page.result for page in pages if isinstance(page.result, Outcome)]


def _table(*headings: str) -> Table:
    """A table in which nothing is cut off: what is too wide goes on below."""
    return Table(*(Column(heading, overflow="fold") for heading in headings))


def day_written(day: str) -> str:
    """A day (ISO 8601) as newspapers write it."""
    return written_date(date.fromisoformat(day), language="en", time_zone="UTC")


def pages_table(pages: Iterable[Imported], *, dry_run: bool) -> Table:
    """A block of rows for each page: what was done, then each fact, how sure it is and why."""
    table = _table("Page", "What", "Found", "Sure", "Why")
    for page in pages:
        table.add_row(
            Text(page.name, overflow="fold"), Text(_done(page.verdict, dry_run=dry_run), "bold"), *_result(page)
        )
        if isinstance(page.result, Outcome):
            _add_facts(table, page.result)
        table.add_section()
    return table


def _result(page: Imported) -> tuple[Text, str, Text]:
    state = ""
    if isinstance(page.result, Outcome) and page.verdict is not Verdict.REFUSED:
        state = "published" if page.result.is_live else "a draft"
    where = page.result.address if isinstance(page.result, Outcome) else ""
    return Text(" ".join(filter(None, [state, where]))), "", Text("; ".join(page.reasons))


def _add_facts(table: Table, outcome: Outcome) -> None:
    for name in FACTS:
        found = outcome.fields.get(name)
        if found is None:
            table.add_row("", name, "—", "", "not on the page")
        else:
            value = day_written(found.value) if name == "date" else found.value
            table.add_row("", name, Text(value), found.confidence, Text(found.because))
    furniture = Counter(line.because for line in outcome.left_out)
    for because, count in furniture.items():
        lines = ", ".join(f"“{line.line}”" for line in outcome.left_out if line.because == because)
        table.add_row("", "left out", Text(lines if count < 4 else f"{count} lines"), "", Text(because))


def headlines_table(recent: Iterable[RecentPlan], *, dry_run: bool) -> Table:
    """A row for each headline that stood beside a story."""
    table = _table("Headline recovered, text missing", "Day", "What", "Why")
    for each in recent:
        found = each.recent.date
        table.add_row(
            Text(each.recent.headline),
            day_written(str(found.value.day)) if found else "—",
            _done(each.verdict, dry_run=dry_run),
            Text(each.because or f"a draft in “{RECOVERED}”"),
        )
    return table


def _done(verdict: Verdict, *, dry_run: bool) -> str:
    return WOULD.get(verdict, verdict.value) if dry_run else verdict.value


def summary(pages: Sequence[Imported], *, dry_run: bool) -> str:
    """One line that counts: pages by verdict, headlines by verdict."""
    counted = Counter(page.verdict for page in pages)
    kept = Counter(each.verdict for page in outcomes(pages) for each in page.recent)
    line = f"Pages: {_counts(counted) or 'none'}."
    if kept:
        line += f" Headlines without a text: {_counts(kept)}."
    return f"{line} Nothing was written: this was a dry run." if dry_run else line


def _counts(counted: Counter[Verdict]) -> str:
    return ", ".join(f"{counted[verdict]} {verdict}" for verdict in Verdict if counted[verdict])


def as_data(pages: Sequence[Imported], *, dry_run: bool) -> dict[str, Any]:
    """The same for programs (docs/contracts/import-pages.md)."""
    return {
        "done": not any(page.failure for page in pages),
        "dry_run": dry_run,
        "pages": [_page_data(page) for page in pages],
    }


def _page_data(page: Imported) -> dict[str, Any]:
    outcome = page.result if isinstance(page.result, Outcome) else Outcome(Verdict.REFUSED)
    return {
        "source": page.name,
        "verdict": page.verdict.value,
        "reasons": page.reasons,
        "story": outcome.story,
        "address": outcome.address,
        "live": outcome.is_live,
        "fields": {name: _found_data(found) for name, found in outcome.fields.items()},
        "filled": sorted(outcome.filled),
        "recovered": [_headline_data(each) for each in outcome.recent],
        "left_out": [{"line": line.line, "because": line.because} for line in outcome.left_out],
    }


def _found_data(found: Found[str]) -> dict[str, str]:
    return {"value": found.value, "confidence": found.confidence.value, "because": found.because}


def _headline_data(each: RecentPlan) -> dict[str, Any]:
    found = each.recent.date
    return {
        "headline": each.recent.headline,
        "date": str(found.value.day) if found else None,
        "confidence": found.confidence.value if found else None,
        "verdict": each.verdict.value,
        "because": each.because,
    }
