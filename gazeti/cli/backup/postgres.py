"""PostgreSQL's own programs: a dump of one snapshot, its restoring into an empty database, and a database for a drill.

Passwords go by the environment, never by the command line, which every user of the machine can read.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from gazeti.cli.failures import Failure

PLACES = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
OPTIONS = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
}
"""libpq's variables by the names in Django's settings of a database."""
NO_OWNERS = ("--no-owner", "--no-privileges")
"""Who owns it there need not exist here."""
MISSING = (
    "{program} is not installed. Install PostgreSQL's client programs, of the server's version or newer "
    "(on Debian: apt-get install postgresql-client)."
)
OLDER = "{program} is older than the server or the backup. Install PostgreSQL's client programs of that version."
CLOSED = (
    "No database for the drill could be made beside {name}: {why}. "
    "Let this user make databases (ALTER ROLE … CREATEDB), or name another server in DATABASE_URL."
)


def dump(settings: Mapping[str, Any], *, snapshot: str, to: Path) -> None:
    """Write what a snapshot holds, in pg_dump's custom format. Raises Failure."""
    to.touch(mode=0o600)
    _run(settings, "pg_dump", "--format=custom", *NO_OWNERS, f"--snapshot={snapshot}", f"--file={to}")


def load(settings: Mapping[str, Any], *, dump: Path) -> None:
    """Restore a dump, all of it or nothing, with the statistics by which queries are planned. Raises Failure."""
    options = ("--single-transaction", "--exit-on-error", *NO_OWNERS, f"--dbname={settings['NAME']}")
    _run(settings, "pg_restore", *options, str(dump))
    # Autovacuum comes about a minute later; until then lists of a large paper would take seconds.
    _run(settings, "vacuumdb", "--analyze-only", "--quiet", f"--dbname={settings['NAME']}")


def refuse_full() -> None:
    """Raise Failure unless the database that DATABASE_URL names is there and empty."""
    from django.db import connection

    if connection.introspection.table_names():
        name = connection.settings_dict["NAME"]
        raise Failure(f"The database {name} that DATABASE_URL names is not empty. Name an empty one.")


@contextmanager
def drill_database(settings: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The settings of an empty database on the same server, there for as long as the block lasts.

    One that a killed drill left is dropped first. Raises Failure where this user may not make it.
    """
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"{settings['NAME'][:50]}_drill"
    drop = SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name))
    try:
        with psycopg.connect(url_of(settings), autocommit=True) as connection:
            connection.execute(drop)
            connection.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
    except psycopg.errors.ObjectInUse as error:
        raise Failure(f"Another drill is at work in the database {name}. Wait until it has ended.") from error
    except psycopg.Error as error:
        why = str(error).strip().splitlines()[0].rstrip(".")
        raise Failure(CLOSED.format(name=settings["NAME"], why=why)) from error
    try:
        yield {**settings, "NAME": name}
    finally:
        with psycopg.connect(url_of(settings), autocommit=True) as connection:
            connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def url_of(settings: Mapping[str, Any]) -> str:
    """The settings as DATABASE_URL has them."""
    user, password, host, name = (_quoted(settings.get(key)) for key in ("USER", "PASSWORD", "HOST", "NAME"))
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    port = f":{settings['PORT']}" if settings.get("PORT") else ""
    options = {key: value for key, value in (settings.get("OPTIONS") or {}).items() if key in OPTIONS}
    query = f"?{urlencode(options)}" if options else ""
    return f"postgresql://{who}{host}{port}/{name}{query}"


def _quoted(part: object) -> str:
    return quote(str(part or ""), safe="")


def _run(settings: Mapping[str, Any], program: str, *options: str) -> None:
    try:
        done = subprocess.run(
            [program, *options],
            env=_variables(settings),
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise Failure(MISSING.format(program=program)) from error
    if done.returncode:
        raise Failure(_told(program, done.stderr))


def _told(program: str, said: str) -> str:
    if "version mismatch" in said or "unsupported version" in said:
        return OLDER.format(program=program)
    errors = [line for line in said.splitlines() if "error:" in line] or said.splitlines() or ["it gave no reason"]
    return f"{program} failed: {errors[0].removeprefix(f'{program}: ').removeprefix('error: ').rstrip('.')}."


def _variables(settings: Mapping[str, Any]) -> dict[str, str]:
    given = {variable: settings.get(key) for key, variable in PLACES.items()}
    given |= {variable: (settings.get("OPTIONS") or {}).get(key) for key, variable in OPTIONS.items()}
    ours = {variable: str(value) for variable, value in given.items() if value}
    # The C locale: what the programs say is read for its words.
    return {**os.environ, **ours, "PGCONNECT_TIMEOUT": "10", "LC_ALL": "C"}
