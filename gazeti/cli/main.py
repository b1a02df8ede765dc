"""The command `gazeti`: which verbs there are. Each is a module that imports Django only when it runs."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from gazeti import __version__
from gazeti.cli import backups, demo, discussions, doctor, exports, imports, manage, newsroom, restores, serve, users
from gazeti.cli.failures import Debugging, told_plainly
from gazeti.cli.home import choose_home


class Gazeti(click.Group):
    """The command; whatever goes wrong below it is one sentence and exit status 1."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **options: Any
    ) -> Any:
        """Run the verb and end the process; exit status 0 only if all was done."""
        Debugging.wanted = False
        with told_plainly():
            status = super().main(args, prog_name or "gazeti", **{**options, "standalone_mode": False})
        sys.exit(status if isinstance(status, int) else 0)


@click.group(
    cls=Gazeti,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--home",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The newsroom's folder (default: GAZETI_HOME, else the current folder).",
)
@click.option("--debug", is_flag=True, help="Show where in the code a failure happened.")
@click.version_option(__version__, prog_name="gazeti", help="Show the version.")
@click.pass_context
def main(context: click.Context, folder: Path | None, *, debug: bool) -> None:
    """Software for a local newsroom: write at a desk, be read on a poor phone.

    Begin with `gazeti new paper`, then `gazeti --home paper serve`.
    """
    Debugging.wanted = debug
    if folder:
        choose_home(folder)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for verb in (
    newsroom.new,
    serve.serve,
    demo.demo,
    backups.backup,
    restores.restore,
    users.user,
    doctor.doctor,
    manage.manage,
):
    main.add_command(verb)
imports.group.add_command(discussions.comments)
main.add_command(imports.group, "import")
main.add_command(exports.group, "export")
