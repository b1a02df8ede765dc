"""Which newsroom a verb works on, and Django made ready for it."""

import os
from pathlib import Path

from gazeti.cli.failures import Failure

SETTINGS = "gazeti.config.settings"


def choose_home(folder: Path) -> None:
    """Make this folder the newsroom of this process and of those it starts."""
    os.environ["GAZETI_HOME"] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS


def home() -> Path:
    """The newsroom's folder: that of `--home`, else of GAZETI_HOME, else the current one."""
    return Path(os.environ.get("GAZETI_HOME", ".")).resolve()


def newsroom() -> Path:
    """The folder, which must hold a newsroom; one run from environment variables alone needs no gazeti.toml."""
    folder = home()
    in_environment = "DATABASE_URL" in os.environ and "GAZETI_SECRET" in os.environ
    if not (folder / "gazeti.toml").exists() and not in_environment:
        raise Failure(
            f"There is no newsroom in {folder}. Make one with `gazeti new {folder}`, or name its folder with --home."
        )
    return folder


def open_newsroom() -> Path:
    """The newsroom's folder, with Django set up for it."""
    folder = newsroom()
    set_up()
    return folder


def set_up() -> None:
    """Set Django up for the chosen home."""
    import django

    choose_home(home())
    django.setup()
