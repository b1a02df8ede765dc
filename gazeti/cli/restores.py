"""`gazeti restore`: a newsroom from its backup, whole or not at all; or a drill that tells whether it could be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazeti.cli.failures import Failure
from gazeti.cli.home import choose_home, set_up
from gazeti.cli.newsroom import close_database, move_in, refuse_full, workshop

if TYPE_CHECKING:
    from gazeti.cli.backup.manifest import Manifest


@click.command()
@click.argument("file", metavar="FILE")
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@click.option("--drill", is_flag=True, help="Restore aside, compare every public page, leave nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --drill: as JSON.")
def restore(file: str, folder: Path | None, *, drill: bool, as_json: bool) -> None:
    """Make the newsroom of a backup in DIR, which does not exist yet or is empty. `-`: from standard input.

    A backup that is not whole, or was made by a newer Gazeti, is refused and changes nothing. One of PostgreSQL goes
    into the empty database that DATABASE_URL names.
    """
    if drill == (folder is not None):
        raise click.UsageError("Name the backup and either a folder to restore it in, or --drill.")
    if folder is None:
        from gazeti.cli.drills import drill_of

        drill_of(file, as_json=as_json)
    else:
        _restore(file, folder.resolve())


def _restore(file: str, folder: Path) -> None:
    from gazeti.cli.backup.laying import lay, opened, settle

    refuse_full(folder)
    with workshop(folder) as made, _media_elsewhere(made) as media, opened(file) as backup:
        media.mkdir()
        laid = lay(backup, into=made, media=media)
        told = settle(made, laid)
        _bring_to_life(made, laid.manifest, name=file)
        os.sync()  # all of it is on the disk before it is in its place
        if elsewhere := _media_folder():
            _move_media(media, elsewhere)
        move_in(made, folder)
    for sentence in told:
        click.echo(f"gazeti: {sentence}", err=True)
    counts = laid.manifest.counts
    click.echo(
        f"The newsroom of {laid.manifest.made_at} is restored in {folder}: {counts['stories']} stories, "
        f"{counts['files']} files, {counts['people']} people. Start it with:\n\n  gazeti --home {folder} serve"
    )


def _bring_to_life(made: Path, manifest: "Manifest", *, name: str) -> None:
    """Fill the database, and bring it up to date where an older Gazeti wrote it."""
    if manifest.database == "sqlite" and "DATABASE_URL" in os.environ:
        raise Failure("This is a backup of SQLite, which goes into the folder. Take DATABASE_URL away to restore it.")
    choose_home(made)
    set_up()
    from gazeti.cli.backup.manifest import refuse_unknown
    from gazeti.cli.preparation import bring_up_to_date

    refuse_unknown(manifest, name=name)
    if manifest.database == "postgresql":
        _fill_postgresql(made)
    bring_up_to_date()
    close_database()


def _fill_postgresql(made: Path) -> None:
    from django.db import connection

    from gazeti.cli.backup.postgres import load, refuse_full
    from gazeti.cli.backup.snapshot import POSTGRESQL

    if connection.vendor != "postgresql":
        raise Failure("This is a backup of PostgreSQL. Name an empty database of it in DATABASE_URL.")
    refuse_full()
    close_database()
    load(connection.settings_dict, dump=made / POSTGRESQL)
    (made / POSTGRESQL).unlink()


@contextmanager
def _media_elsewhere(made: Path) -> Iterator[Path]:
    """Where to lay the media: in the newsroom, or beside the empty folder that GAZETI_MEDIA names."""
    target = _media_folder()
    if target is None:
        yield made / "media"
        return
    refuse_full(target)
    with workshop(target) as beside:
        yield beside / "media"


def _move_media(media: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for one in media.iterdir():
        one.rename(folder / one.name)


def _media_folder() -> Path | None:
    named = os.environ.get("GAZETI_MEDIA")
    return Path(named).resolve() if named else None
