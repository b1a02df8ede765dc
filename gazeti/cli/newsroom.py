"""`gazeti new`: a newsroom in a folder, whole or not at all."""

import fcntl
import json
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import click

from gazeti.cli.failures import Failure
from gazeti.cli.home import choose_home, set_up

MADE = ("gazeti.db", "gazeti.db-wal", "gazeti.db-shm", "media", "templates", "static", "secret", "gazeti.toml")
"""What a newsroom consists of, in the order in which it is moved into place: the last makes it one."""


class Facts(NamedTuple):
    """What a newsroom is made from."""

    name: str
    language: str
    time_zone: str
    address: str
    second_factor: bool = True


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default="Gazeti", show_default=True, help="The newspaper's name.")
@click.option("--language", default="en-KE", show_default=True, help="The language of its dates and words (BCP 47).")
@click.option("--time-zone", default="Africa/Nairobi", show_default=True, help="The time zone of its dates (IANA).")
@click.option("--address", default="", help="Its public URL, like https://paper.example (default: none yet).")
def new(folder: Path, name: str, language: str, time_zone: str, address: str) -> None:
    """Make a newsroom in FOLDER, which does not exist yet or is empty.

    Prints a link, to be used once, that makes the first administrator.
    """
    link = make_newsroom(folder, facts=checked(name, language, time_zone, address))
    click.echo(f"A newsroom is made in {folder}. Start it with:\n\n  gazeti --home {folder} serve\n")
    click.echo(f"Then open this link within 7 days to become its administrator. It works once:\n\n  {link}")


def checked(name: str, language: str, time_zone: str, address: str) -> Facts:
    """The facts, if they hold. Raises BadSetting or Failure with a sentence."""
    from gazeti.config.env import checked_address, checked_language, checked_time_zone

    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise Failure("A newspaper's name has 1 to 60 characters. Give one with --name.")
    return Facts(name, checked_language(language), checked_time_zone(time_zone), checked_address(address))


def make_newsroom(folder: Path, *, facts: Facts, with_drafts: bool = True) -> str:
    """Make a newsroom in an absent or empty folder; the link that makes its first administrator."""
    folder = folder.resolve()
    refuse_full(folder)
    with workshop(folder) as made:
        _write_settings(made, facts)
        choose_home(made)
        set_up()
        hurry()
        link = _fill(facts, with_drafts=with_drafts)
        move_in(made, folder)
    choose_home(folder)
    return link


def refuse_full(folder: Path) -> None:
    """Raise Failure if there is anything where a newsroom is to be made."""
    if folder.exists() and not folder.is_dir():
        raise Failure(f"{folder} is a file. Name a folder that does not exist yet or is empty.")
    if folder.is_dir() and any(one.name != _workshop_of(folder).name for one in folder.iterdir()):
        raise Failure(f"{folder} is not empty. Name a folder that does not exist yet or is empty.")


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A hidden folder, on the same disk, in which to make what then moves to its place; gone whatever happens.

    One that a killed run left is cleared; one in which somebody works right now is refused.
    """
    made = _workshop_of(folder)
    made.mkdir(parents=True, exist_ok=True)
    with _alone_in(made), ended_in_order():
        for left in made.iterdir():
            _remove(left)
        try:
            yield made
        finally:
            close_database()
            shutil.rmtree(made, ignore_errors=True)


def _workshop_of(folder: Path) -> Path:
    # In an existing folder, whose parent may not be ours to write in, it stands inside.
    return folder / ".gazeti-new" if folder.exists() else folder.parent / f".{folder.name}-gazeti-new"


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Failure("Another command is making this newsroom right now. Wait until it has ended.") from error
    finally:
        os.close(descriptor)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let SIGTERM end the block as an exception does, so that what was begun is cleared away."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _write_settings(made: Path, facts: Facts) -> None:
    (made / "media").mkdir()
    secret, file = made / "secret", made / "gazeti.toml"
    for kept_from_others in (secret, file):  # the file may come to hold the database's password
        kept_from_others.touch(mode=0o600)
    secret.write_text(secrets.token_urlsafe(50) + "\n", encoding="ascii")
    file.write_text(settings_file(facts), encoding="utf-8")


def settings_file(facts: Facts) -> str:
    """The text of gazeti.toml; JSON's strings are TOML's too."""
    return f"""\
# Settings of this newsroom. A variable of the environment beats a line here: docs/operators.md lists them.
# The newspaper's name is changed at the desk.
language = {json.dumps(facts.language)}
time_zone = {json.dumps(facts.time_zone)}

# The public URL, like "https://paper.example". Links, cookies and who may ask follow from it.
address = {json.dumps(facts.address)}

# Whether editors and administrators must sign in with a second factor: an app, a passkey or a security key.
second_factor = {json.dumps(facts.second_factor)}

# The addresses of proxies in front, whose X-Forwarded-For and X-Forwarded-Proto are believed.
trusted_proxies = []
"""


def _fill(facts: Facts, *, with_drafts: bool) -> str:
    from django.db import transaction

    from gazeti import log
    from gazeti.accounts.queries import first_administrator_link
    from gazeti.cli.first_pages import make_drafts, make_front_page
    from gazeti.cli.preparation import bring_up_to_date

    bring_up_to_date(quietly=True)
    # Whatever was published or decided stands in the log: only a database that is new has none.
    if log.head():
        raise Failure("The database that DATABASE_URL names holds a newsroom already. Name an empty one.")
    with transaction.atomic():
        front = make_front_page(name=facts.name)
        if with_drafts:
            make_drafts(front)
    return first_administrator_link()


def move_in(made: Path, folder: Path) -> None:
    """Put what was made in its place: by one rename, or, in a folder that exists, piece by piece, the marker last."""
    close_database()
    _write_to_disk(made / "gazeti.db")
    if not folder.exists():
        made.rename(folder)
        return
    moved = []
    try:
        for name in [name for name in MADE if (made / name).exists()]:
            (made / name).rename(folder / name)
            moved.append(folder / name)
    except BaseException:
        for path in moved:
            _remove(path)
        raise


def hurry() -> None:
    """Let SQLite not wait for the disk at each commit of this process: nobody relies on what is still being made."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    connection.settings_dict["CONN_MAX_AGE"] = None


def _write_to_disk(path: Path) -> None:
    """What was made in a hurry is on the disk before it is in its place; nobody but the server's user reads it."""
    if path.exists():
        path.chmod(0o600)
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def close_database() -> None:
    """Let go of the database's file, if it was opened."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()
