"""`gazeti import …`: what an archive holds comes in, each source whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazeti.cli.home import open_newsroom

if TYPE_CHECKING:
    from gazeti.archive.formats.decoding import UnreadableError
    from gazeti.archive.formats.found import Byline, Dated
    from gazeti.archive.queries import Given, Outcome
    from gazeti.cli.imported import Imported

Import = Callable[[Path], "Outcome"]


@click.group(no_args_is_help=False)
def group() -> None:
    """Bring an old archive in, or the comments of a newsroom."""


def read_byline(_context: click.Context, _option: click.Parameter, text: str | None) -> "Byline | None":
    """The byline that was typed; a usage error if no name is in it."""
    from gazeti.archive.formats.bylines import byline_given

    byline = byline_given(text) if text is not None else None
    if text is not None and byline is None:
        raise click.BadParameter("that is no name; write it like “Jane Doe and Ali Noor | KNA”.")
    return byline


def read_date(_context: click.Context, _option: click.Parameter, text: str | None) -> "Dated | None":
    """The day that was typed; a usage error if it is none."""
    from gazeti.archive.formats.dates import date_of

    found = date_of(" ".join(text.split())) if text is not None else None
    if text is not None and found is None:
        raise click.BadParameter("that is no day; write it like 2024-07-04 or “4 July 2024”.")
    return found.value if found else None


@group.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…", type=click.Path(path_type=Path))
@click.option("--section", default="", help="The section, instead of the one that the page prints first.")
@click.option("--byline", callback=read_byline, help="Who wrote it, as in “Jane Doe and Ali Noor | KNA”.")
@click.option("--date", callback=read_date, help="The day it was first published, as in 2024-07-04.")
@click.option("--publish", is_flag=True, help="Publish them; refused for one without standfirst, byline or date.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
@click.pass_context
def pages(
    context: click.Context,
    sources: tuple[Path, ...],
    *,
    section: str,
    byline: "Byline | None",
    date: "Dated | None",
    publish: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import pages that were saved as plain text: files, or folders of .txt files.

    Each becomes a story, and the headlines it lists beside become drafts without a text. The same page again changes
    nothing; run again with more facts, it completes the same story.
    """
    open_newsroom()
    from gazeti.archive.queries import Given
    from gazeti.cli.imported import told

    given = Given(" ".join(section.split()), byline, date)
    done: list[Imported] = []
    try:
        done.extend(imported(sources, importing(given, publish=publish, dry_run=dry_run)))
    finally:
        # The pages before it are in, and are told, even if the database fails at one.
        told(done, dry_run=dry_run, as_json=as_json)
    for page in done:
        if page.failure:
            click.echo(f"gazeti: {page.failure}", err=True)
    if any(page.failure for page in done):
        context.exit(1)


def importing(given: "Given", *, publish: bool, dry_run: bool) -> Import:
    """What is done with one file: read, then imported or, in a dry run, only judged."""
    from django.utils import timezone

    from gazeti.archive.actions import import_page, rehearse_page
    from gazeti.archive.formats.page import read_page
    from gazeti.archive.queries import section_titles
    from gazeti.archive.rules import Standing
    from gazeti.cli.sources import printable, text_in

    rehearsed: dict[str, Standing] = {}

    def import_one(file: Path) -> "Outcome":
        parsed = read_page(text_in(file), sections=section_titles(), section_given=bool(given.section))
        now = timezone.now()
        if dry_run:
            return rehearse_page(parsed, given=given, publish=publish, now=now, rehearsed=rehearsed)
        return import_page(parsed, given=given, publish=publish, now=now, source=printable(file.name)[:255])

    return import_one


def imported(sources: Iterable[Path], import_one: Import) -> Iterator["Imported"]:
    """Each file that the sources name with what came of it; a file that fails stops no other."""
    from gazeti.archive.formats.decoding import UnreadableError
    from gazeti.cli.imported import Imported
    from gazeti.cli.progress import shown
    from gazeti.cli.sources import files_in

    files: list[tuple[Path, UnreadableError | None]] = []
    for source in sources:
        try:
            files += [(file, None) for file in files_in(source)]
        except UnreadableError as error:
            files.append((source, error))
    for file, failure in shown(files, doing="Importing"):
        yield Imported(file, failure or _attempt(file, import_one))


def _attempt(file: Path, import_one: Import) -> "Outcome | UnreadableError":
    from gazeti.archive.formats.decoding import UnreadableError

    try:
        return import_one(file)
    except UnreadableError as error:
        return error
