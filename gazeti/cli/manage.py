"""`gazeti manage`: Django's and Wagtail's own commands, in this newsroom."""

import sys
from difflib import get_close_matches

import click

from gazeti.cli.failures import Failure
from gazeti.cli.home import set_up


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Run one of Django's or Wagtail's commands, such as `migrate`, `shell` or `update_index`."""
    from django.core.management import ManagementUtility

    from gazeti.config import settings  # noqa: F401 (Django would hide a bad setting: read here, it is told)

    set_up()
    if words and not words[0].startswith("-"):
        _refuse_unknown(words[0])
    ManagementUtility(["gazeti manage", *words]).execute()
    sys.stdout.flush()


def _refuse_unknown(word: str) -> None:
    from django.core.management import get_commands

    known = [*get_commands(), "help", "version"]
    if word not in known:
        near = "".join(f" Is it {one}?" for one in get_close_matches(word, known, n=1))
        raise Failure(f"There is no command {word}.{near} `gazeti manage help` lists them.")
