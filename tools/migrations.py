"""Checks migrations: none is missing, and none breaks the version that still runs while it is applied."""

import contextlib
import io
import sys

import django
from django.apps import apps
from django.core.management import call_command
from django_migration_linter import MigrationLinter
from project import ROOT


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
    linter = MigrationLinter(str(ROOT / "gazeti"), include_apps=ours, no_cache=True, all_warnings_as_errors=True)
    with contextlib.redirect_stdout(found):
        linter.lint_all_migrations()
    return [found.getvalue()] if linter.has_errors else []


def main() -> int:
    """Print what is wrong; return the exit status."""
    django.setup()
    problems = missing() + unsafe()
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
