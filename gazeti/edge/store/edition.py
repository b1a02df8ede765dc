"""The edition: a fingerprint of all that decides what a page looks like and is no row of the database.

The program, the theme, the newsroom's own templates and static files, its settings and its gazeti.toml.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

DISTRIBUTIONS = ("django", "wagtail")
SETTINGS = ("GAZETI_ADDRESS", "GAZETI_LANGUAGE", "TIME_ZONE", "SECURE_HSTS_SECONDS", "MEDIA_URL", "STATIC_URL")
DATABASE = ("ENGINE", "HOST", "PORT", "NAME")
LEFT_OUT = {"__pycache__", "node_modules"}


def edition() -> str:
    """Sixteen characters that another program, theme or setting would not have."""
    digest = hashlib.blake2b(json.dumps(_facts(), sort_keys=True).encode(), digest_size=8)
    package = Path(__file__).resolve().parent.parent.parent
    home = Path(settings.GAZETI_HOME)
    for folder in (package, home / "templates", home / "static"):
        for path in _files(folder):
            digest.update(f"{path.relative_to(folder)}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _facts() -> dict[str, str]:
    database = settings.DATABASES["default"]
    facts = {name: str(getattr(settings, name, "")) for name in SETTINGS}
    facts |= {f"database {name}": str(database.get(name, "")) for name in DATABASE}
    return facts | {name: version(name) for name in DISTRIBUTIONS}


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder in one order; those that cannot be read count as absent."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(set(folders) - LEFT_OUT)
        yield from _readable(Path(parent) / name for name in sorted(files))


def _readable(paths: Iterable[Path]) -> Iterator[Path]:
    return (path for path in paths if path.is_file() and os.access(path, os.R_OK))
