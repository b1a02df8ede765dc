"""`gazeti backup`: the whole newsroom in one file, while it is served."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from gazeti.cli.backup.places import whole_file, workbench
from gazeti.cli.failures import Failure
from gazeti.cli.home import newsroom, open_newsroom
from gazeti.cli.newsroom import ended_in_order

STANDARD_OUTPUT = "-"


@click.command()
@click.argument("target", metavar="FILE")
@click.option("--without-secret", is_flag=True, help="Leave the secret out: after a restore everybody is signed out.")
@click.option("--without-pages", is_flag=True, help="Take no fingerprints of public pages: quicker; no drill compares.")
@click.option("--every", metavar="1d", help="Stay, and make one that often (30m, 12h, 1d) in the folder FILE.")
@click.option("--keep", type=click.IntRange(1), help="With --every: how many to keep there (default: 7).")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for a program.")
def backup(
    target: str, every: str | None, keep: int | None, *, without_secret: bool, without_pages: bool, as_json: bool
) -> None:
    """Write the newsroom into FILE: database, pictures, documents, settings, theme and secret. `-`: standard output.

    The newsroom may be served meanwhile. Whoever can read FILE can do what the server can: keep it as safe.
    """
    if every:
        _keep_making(Path(target), every=every, keep=keep or 7, options=_options(without_secret, without_pages))
    elif keep:
        raise click.UsageError("--keep goes with --every.")
    else:
        _make(target, secret=not without_secret, pages=not without_pages, as_json=as_json)


def _options(without_secret: bool, without_pages: bool) -> list[str]:  # noqa: FBT001 (two words of one command)
    return [*(["--without-secret"] if without_secret else []), *(["--without-pages"] if without_pages else [])]


def _make(target: str, *, secret: bool, pages: bool, as_json: bool) -> None:
    is_streamed = target == STANDARD_OUTPUT
    if is_streamed and as_json:
        raise click.UsageError("The backup itself goes to standard output: --json needs a FILE.")
    if is_streamed and sys.stdout is None:
        raise Failure("Standard output is closed. Name a file.")
    if is_streamed and sys.stdout.isatty():
        raise Failure("A backup is no text for a terminal. Send it into a file or a program.")
    began, home = time.monotonic(), open_newsroom()
    from gazeti.cli.backup.writing import Wishes, write_backup
    from gazeti.cli.backup.written import as_json as told
    from gazeti.cli.backup.written import sentences, warnings

    with ended_in_order(), workbench(home) as bench, _target(target) as out:
        written = write_backup(out, workbench=bench, wishes=Wishes(secret=secret, pages=pages))
    seconds = round(time.monotonic() - began, 1)
    for warning in warnings(written):
        click.echo(f"gazeti: {warning}", err=True)
    if as_json:
        click.echo(told(written, file=target, bytes=Path(target).stat().st_size, seconds=seconds))
    elif not is_streamed:
        click.echo(sentences(written, file=target, size=Path(target).stat().st_size))


@contextmanager
def _target(target: str) -> Iterator[IO[bytes]]:
    if target == STANDARD_OUTPUT:
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError as error:
            # Whatever Python still holds for it would fail once more as it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise Failure("Whoever took the backup from standard output ended before it was whole.") from error
        return
    path = Path(target).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        yield file


def _keep_making(folder: Path, *, every: str, keep: int, options: list[str]) -> None:
    """Make one whenever it is due until told to stop; one that fails is told and tried again."""
    from gazeti.cli.backup.planned import NICE, Plan, run
    from gazeti.cli.children import told_to_stop
    from gazeti.config.env import checked_interval

    plan = Plan(home=newsroom(), folder=folder.absolute(), every=checked_interval(every), keep=keep, options=options)
    wait = told_to_stop()
    os.nice(NICE)
    run(plan, wait=wait)
