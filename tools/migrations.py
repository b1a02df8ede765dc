"""Checks migrations: none is missing, and none breaks the version that still runs while it is applied."""

import contextlib
import io
import sys

import django
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField
from django_migration_linter import MigrationLinter
from project import ROOT

# What breaks the version that still runs, each with its reason.
ON_PURPOSE = {
    "0003_limits_of_the_guard": "it drops counts of tries, over in minutes; the guard keeps them now",
}


def missing() -> list[str]:
    """Return what makemigrations would write."""
    written = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=written)
    except SystemExit:
        return [f"A model changed without a migration: {written.getvalue().strip()}"]
    return []


def unsafe() -> list[str]:
    """Return what the linter finds in our own migrations, warnings included."""
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("gazeti.")]
    found = io.StringIO()
    # On SQLite the linter takes every column of a table laid anew for a new one: `without_default` looks itself.
    linter = MigrationLinter(
        str(ROOT / "gazeti"),
        include_apps=ours,
        no_cache=True,
        all_warnings_as_errors=True,
        exclude_migration_tests=["NOT_NULL"],
        ignore_name=list(ON_PURPOSE),
    )
    with contextlib.redirect_stdout(found):
        linter.lint_all_migrations()
    return [found.getvalue()] if linter.has_errors else []


def without_default() -> list[str]:
    """Return the columns that the running version could not leave out of a new row: neither null nor with a default."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    added = [
        (f"{app} {name}", one)
        for (app, name), migration in migrations.items()
        for one in migration.operations
        if app.startswith("gazeti_") and isinstance(one, AddField) and not one.field.many_to_many
    ]
    return [
        f"{migration}: {one.model_name}.{one.name} needs null=True or db_default."
        for migration, one in added
        if not (one.field.null or one.field.has_db_default())
    ]


def main() -> int:
    """Print what is wrong; return the exit status."""
    django.setup()
    problems = missing() + unsafe() + without_default()
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
