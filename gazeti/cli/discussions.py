"""`gazeti import comments`: a file of comments comes in, each story's discussion whole or not at all."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from gazeti.cli.failures import Failure
from gazeti.cli.home import open_newsroom

if TYPE_CHECKING:
    from gazeti.cli.told_lines import Group, Heard

SHOWN = 5
NO_STORY = "no story is or was at this address"
APART = "its comments stand in two places of the file: put them together"


@dataclass
class Came:
    """What came of one story's discussion; `new` comments of those `told` came in."""

    story: str
    verdict: str = "refused"
    told: int = 0
    new: int = 0
    reasons: list[str] = field(default_factory=list)


@click.command()
@click.argument("source", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
@click.pass_context
def comments(context: click.Context, source: str, *, dry_run: bool, as_json: bool) -> None:
    """Import the comments of FILE, as `gazeti export comments` writes it; `-` is standard input.

    They go under the stories at their addresses, old ones too. The same file again changes nothing. A story with a
    broken line, or that is not here, is left out whole and named; the others come in.
    """
    open_newsroom()
    from gazeti.cli.told_lines import Heard

    came: list[Came] = []
    with _opened(source) as file:
        heard = Heard(_lines(file, is_counted=source != "-"))
        heard.check_header(source)
        try:
            came.extend(_taken(heard, dry_run=dry_run))
        finally:
            # The discussions before it are in, and are told, even if the database fails at one.
            failures = _failures(came, heard=heard)
            _tell(came, failures=failures, dry_run=dry_run, as_json=as_json)
    for failure in failures:
        click.echo(f"gazeti: {failure}", err=True)
    if failures:
        context.exit(1)


def _taken(heard: "Heard", *, dry_run: bool) -> Iterator[Came]:
    readers: dict[str, int] = {}
    seen: set[str] = set()
    for group in heard.groups():
        if group.story in seen:
            group.faults.append(APART)
        seen.add(group.story)
        yield _attempt(group, readers=readers, dry_run=dry_run)


def _attempt(group: "Group", *, readers: dict[str, int], dry_run: bool) -> Came:
    from gazeti.comments.actions.take_in import take_in_comments
    from gazeti.comments.queries.taking_in import Unfit, planned, story_addressed

    came = Came(group.story, told=len(group.told), reasons=group.faults)
    if came.reasons:
        return came
    story = story_addressed(group.story)
    if story is None:
        came.reasons.append(NO_STORY)
        return came
    try:
        plan = planned(story, told=group.told) if dry_run else take_in_comments(story, told=group.told, readers=readers)
    except Unfit as error:
        came.reasons.append(str(error))
    else:
        came.verdict, came.new = plan.verdict.value, len(plan.new)
    return came


def _failures(came: Sequence[Came], *, heard: "Heard") -> list[str]:
    told = [f"{one.story} is left out: {_some(one.reasons)}." for one in came if one.reasons]
    end = heard.end()
    return [*told, end] if end else told


def _some(reasons: Sequence[str]) -> str:
    """The first few; as JSON all are told."""
    more = len(reasons) - SHOWN
    return "; ".join([*reasons[:SHOWN], *([f"and {more} more"] if more > 0 else [])])


def _tell(came: Sequence[Came], *, failures: Sequence[str], dry_run: bool, as_json: bool) -> None:
    new, refused = sum(one.new for one in came), sum(bool(one.reasons) for one in came)
    here = sum(one.told - one.new for one in came if not one.reasons)
    if as_json:
        facts = {"done": not failures, "dry_run": dry_run, "new": new, "here": here, "failures": list(failures)}
        click.echo(json.dumps({**facts, "stories": [asdict(one) for one in came]}, ensure_ascii=False, indent=2))
        return
    for one in came:
        if one.new:
            click.echo(f"{one.story}: {one.verdict}, {one.new} of {one.told} new")
    words = "would come in" if dry_run else "came in"
    click.echo(f"Comments: {new} {words}, {here} were here. Stories: {len(came)}, of which {refused} are left out.")
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")


@contextmanager
def _opened(source: str) -> Iterator[IO[bytes]]:
    if source == "-":
        yield sys.stdin.buffer
        return
    path = Path(source)
    if not path.is_file():
        raise Failure(f"{source} is no file. Name one that `gazeti export comments` wrote, or - for standard input.")
    with path.open("rb") as file:
        yield file


def _lines(file: IO[bytes], *, is_counted: bool) -> Iterator[bytes]:
    """The lines; of one that is far too long its parts, each of which is broken."""
    from gazeti.cli.progress import bar
    from gazeti.cli.told_lines import LONGEST_LINE

    total = 0
    if is_counted:
        total = sum(1 for _line in iter(lambda: file.readline(LONGEST_LINE), b""))
        file.seek(0)
    with bar("Importing comments", total=total) as step:
        for line in iter(lambda: file.readline(LONGEST_LINE), b""):
            yield line
            step()
