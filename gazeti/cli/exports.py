"""`gazeti export …`: what the newsroom holds, in open formats."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from gazeti.cli.backup.places import whole_file
from gazeti.cli.failures import Failure
from gazeti.cli.home import open_newsroom

STANDARD_OUTPUT = "-"


@click.group(no_args_is_help=False)
def group() -> None:
    """Take out what the newsroom holds."""


@group.command()
@click.argument("target", metavar="FILE", default=STANDARD_OUTPUT)
@click.option("--with-emails", is_flag=True, help="With the addresses of writers, and who reported.")
@click.option("--json", "as_json", is_flag=True, help="Tell what was done as JSON; needs a FILE.")
def comments(target: str, *, with_emails: bool, as_json: bool) -> None:
    """Write all comments, in every state, into FILE as JSON lines; without one, or with `-`, to standard output.

    `gazeti import comments` takes them back. Keep FILE as safe as the desk: it holds what was refused, too.
    """
    if as_json and target == STANDARD_OUTPUT:
        raise click.UsageError("The comments themselves go to standard output: --json needs a FILE.")
    open_newsroom()
    import json

    with opened(target) as file:
        number = _write(file, with_emails=with_emails)
    if as_json:
        click.echo(json.dumps({"file": target, "comments": number, "with_emails": with_emails}))
    elif target != STANDARD_OUTPUT:
        click.echo(f"{number} comments are in {target}.")


def _write(file: IO[bytes], *, with_emails: bool) -> int:
    from gazeti.cli.progress import bar
    from gazeti.comments.formats import lines
    from gazeti.comments.queries.all_comments import all_comments, how_many

    number = 0
    file.write(lines.written(lines.header(with_emails=with_emails)).encode())
    with bar("Exporting comments", total=how_many()) as step:
        for facts in all_comments(with_emails=with_emails):
            file.write(lines.written(facts).encode())
            number += 1
            step()
    file.write(lines.written(lines.end(number)).encode())
    return number


@contextmanager
def opened(target: str) -> Iterator[IO[bytes]]:
    """The file to be written, whole or as it was; or standard output."""
    if target != STANDARD_OUTPUT:
        path = Path(target).absolute()
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            yield file
        return
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        # Whatever Python still holds for it would fail once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Failure("Whoever took the comments from standard output ended before they were whole.") from error
