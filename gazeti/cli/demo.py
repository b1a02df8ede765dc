"""`gazeti demo`: a newsroom with a sample edition, served at once."""

import os
import sys
from pathlib import Path

import click

from gazeti.cli.failures import Debugging
from gazeti.cli.home import choose_home, home, set_up

FOLDER = Path("demo")
EDITOR = "editor@paper.example"
NAME = "The editor"


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen (default: PORT, else 8000).")
def demo(port: int | None) -> None:
    """Make a sample newsroom in demo/ (or in --home) and serve it until SIGTERM or Ctrl-C.

    Run again, it starts from what is there. A fresh password for the editor is printed each time.
    """
    from gazeti.cli.newsroom import Facts, make_newsroom
    from gazeti.cli.serve import listening
    from gazeti.config.env import Settings

    folder = home() if "GAZETI_HOME" in os.environ else FOLDER.resolve()
    number = port or Settings(folder).port()
    os.environ["PORT"] = str(number)
    with listening("127.0.0.1", number):
        if not (folder / "gazeti.toml").exists():
            facts = Facts("Gazeti", "en-KE", "Africa/Nairobi", "", second_factor=False)
            make_newsroom(folder, facts=facts, with_drafts=False)
            _become(folder, "demo")
        if "second_factor" not in Settings(folder).file:  # a demo of an earlier version
            os.environ.setdefault("GAZETI_SECOND_FACTOR", "false")
        choose_home(folder)
        set_up()
        _introduce(furnish())
    _become(folder, "serve")


def furnish() -> str:
    """Make what is missing of the demo; the editor's new password. What a killed run began is completed."""
    from gazeti.cli.newsroom import hurry
    from gazeti.cli.preparation import bring_up_to_date

    hurry()
    bring_up_to_date()
    return _print_edition()


def _become(folder: Path, verb: str) -> None:
    """Run a verb in this process's place, so that Django begins with the newsroom where it is now."""
    from gazeti.cli.newsroom import close_database

    close_database()
    sys.stdout.flush()
    debug = ["--debug"] if Debugging.wanted else []
    os.execv(sys.executable, [sys.executable, "-P", "-m", "gazeti", *debug, "--home", str(folder), verb])  # noqa: S606


def _print_edition() -> str:
    from django.utils import timezone

    from gazeti.accounts.actions import give_fresh_password
    from gazeti.accounts.queries import user_of
    from gazeti.cli.background import finish_tasks
    from gazeti.cli.edition.contents import contents
    from gazeti.cli.edition.press import print_edition
    from gazeti.cli.progress import bar
    from gazeti.stories.actions import make_front

    password = give_fresh_password(EDITOR, name=NAME)
    front = make_front(title=contents().newspaper["name"])
    with bar("Printing the sample edition", total=contents().size) as step:
        print_edition(now=timezone.now(), front=front, by=user_of(EDITOR), step=step)
    finish_tasks()
    return password


def _introduce(password: str) -> None:
    from django.conf import settings
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in (
        ("The paper", f"{settings.GAZETI_ADDRESS}/"),
        ("The desk", f"{settings.GAZETI_ADDRESS}/desk/"),
        ("Email", EDITOR),
        ("Password", password),
    ):
        table.add_row(f"{name}:", value)
    Console(markup=False, highlight=False, soft_wrap=True).print(table)
