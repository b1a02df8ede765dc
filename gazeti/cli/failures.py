"""What went wrong, as one plain sentence that says what to do."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

UNFORESEEN = "Gazeti did not foresee this: {kind}: {what}. Run it again with --debug to see where."


class Failure(click.ClickException):
    """A verb could not do what it was asked; the message is a sentence for the person who asked."""


def sentence(error: BaseException) -> str:
    """The sentence for any error that can reach a person at a terminal."""
    if isinstance(error, click.UsageError):
        return f"{error.format_message()} {_usage(error)}".strip()
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError):
        return _of_the_system(error)
    return _of_settings(error) or _of_the_database(error) or _unforeseen(error)


class Debugging:
    """Whether whoever runs the command wants to see where in the code a failure happened."""

    wanted = False


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn an error into its sentence on standard error and exit status 1; while debugging let it through."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except Exception as error:
        if Debugging.wanted and not isinstance(error, click.ClickException):
            raise
        click.echo(f"gazeti: {sentence(error)}", err=True)
        sys.exit(1)


def _usage(error: click.UsageError) -> str:
    return f"Try `{error.ctx.command_path} --help`." if error.ctx else ""


def _of_the_system(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"The disk is full{where}. Make room and run it again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"This user may not write or read there{where}. Run it as the user who owns the newsroom."
    return f"{error.strerror or error}{where}."


def _of_settings(error: BaseException) -> str:
    from gazeti.config.env import BadSetting

    return str(error) if isinstance(error, BadSetting) else ""


def _of_the_database(error: BaseException) -> str:
    from django.db import DatabaseError

    if not isinstance(error, DatabaseError):
        return ""
    what = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
    if "no such table" in what or "does not exist" in what or "no such column" in what:
        return f"The database is not up to date ({what}). Run `gazeti manage migrate`."
    if "locked" in what:
        return f"Another program holds the database ({what}). Run it again when that has ended."
    return f"The database does not work: {what}. `gazeti doctor` looks closer."


def _unforeseen(error: BaseException) -> str:
    what = str(error).strip().splitlines()
    return UNFORESEEN.format(kind=type(error).__name__, what=(what[0] if what else "no reason given").rstrip("."))
