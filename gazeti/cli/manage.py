"""`gazeti manage`: Django's and Wagtail's own commands, in this newsroom."""

import sys

import click

from gazeti.cli.home import choose_home, home


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Run one of Django's or Wagtail's commands, such as `migrate`, `shell` or `update_index`."""
    from django.core.management import ManagementUtility

    from gazeti.config import settings  # noqa: F401 (Django would hide a bad setting: read here, it is told)

    choose_home(home())
    ManagementUtility(["gazeti manage", *words]).execute()
    sys.stdout.flush()
