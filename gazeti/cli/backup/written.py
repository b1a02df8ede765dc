"""What is told of a backup that was made: its sentence, its warnings, its JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, NamedTuple

from gazeti.cli.backup.manifest import Manifest
from gazeti.plain.numbers import file_size

MOST_NAMED = 5


class Written(NamedTuple):
    """What a backup holds, and what it could not: files that are named and not there, pages that fail.

    `compared` is how many pages and files a drill compares.
    """

    manifest: Manifest
    missing: list[str]
    failing: list[str]
    compared: int


def sentences(written: Written, *, file: str, size: int) -> str:
    """For a person."""
    counts = written.manifest.counts
    held = f"{counts['stories']} stories, {counts['files']} files, {counts['people']} people"
    if written.compared:
        held += f", {written.compared} public pages (files of pictures among them) to compare with"
    return f"{file} holds {held}: {file_size(size, language='en')}. It is as secret as the server."


def warnings(written: Written) -> Iterator[str]:
    """What is wrong in the newsroom itself; the backup holds it as it is."""
    if written.missing:
        yield f"{len(written.missing)} files that the database names are not there: {_named(written.missing)}."
    if written.failing:
        yield f"{len(written.failing)} public pages fail: {_named(written.failing)}. The server's log tells why."


def as_json(written: Written, **facts: Any) -> str:
    """For a program."""
    said = asdict(written.manifest)
    kept = {key: said[key] for key in ("made_at", "gazeti", "database", "address", "has_secret", "counts")}
    found = {"compared": written.compared, "missing": written.missing, "failing": written.failing}
    return json.dumps({**facts, **kept, **found}, indent=2)


def _named(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"
