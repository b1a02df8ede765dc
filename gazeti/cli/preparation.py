"""What must hold before a newsroom answers: its database is there, no newer than the program, and up to date."""

from collections.abc import Callable
from typing import Any

import click
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.commands.migrate import Command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gazeti.cli.failures import Failure
from gazeti.cli.progress import bar


class Migrate(Command):
    """Django's command, which tells after each migration."""

    def __init__(self, *, step: Callable[[], None], **options: Any) -> None:
        """Take what to call after each migration."""
        super().__init__(**options)
        self.step = step

    def migration_progress_callback(self, action: str, *rest: Any, **options: Any) -> None:
        """Count what Django tells."""
        super().migration_progress_callback(action, *rest, **options)
        if action == "apply_success":
            self.step()


def bring_up_to_date(*, quietly: bool = False) -> None:
    """Apply the migrations that are pending, and say so. Raises Failure for a database of a newer Gazeti."""
    pending, unknown = migrations()
    if unknown:
        raise Failure(
            f"The database was written by a newer Gazeti ({unknown[0]}). Install that version, or restore a backup."
        )
    if pending:
        if not quietly:
            click.echo(f"Bringing the database up to date: {len(pending)} migrations.")
        with bar("Laying out the database", total=len(pending)) as step:
            call_command(Migrate(step=step), interactive=False, verbosity=0)


def tell_what_is_wrong() -> None:
    """Say what the system checks of the database find; the newsroom is served all the same."""
    for one in run_checks(tags=[Tags.database], databases=["default"]):
        click.echo(f"gazeti: {one.msg} {one.hint or ''}".strip(), err=True)


def migrations() -> tuple[list[str], list[str]]:
    """The migrations that are pending, and those of our own apps that were applied but are not known here."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations or {})
    pending = [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
    return pending, sorted(f"{app}.{name}" for app, name in unknown if app.startswith("gazeti_"))
