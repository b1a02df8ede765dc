"""SQLite's connection as Gazeti opens it."""

import sqlite3
from pathlib import Path
from typing import Any

ADDRESS = "file:"
"""How a name begins that is an address of SQLite's own (https://sqlite.org/uri.html)."""


class Connection(sqlite3.Connection):
    """One that makes no empty database where another is in use.

    While a newsroom is served, a write-ahead log lies beside its database. Where that is there and the database is not,
    somebody has moved it away: an empty one in its place would take the log, and what was committed last with it.
    """

    def __init__(self, database: str, *arguments: Any, **options: Any) -> None:
        """Open the file of this name. Raises sqlite3.OperationalError where it was moved away."""
        name = str(database)
        if not name.startswith(ADDRESS) and Path(f"{name}-wal").exists():
            name, options["uri"] = f"{Path(name).absolute().as_uri()}?mode=rw", True
        super().__init__(name, *arguments, **options)
