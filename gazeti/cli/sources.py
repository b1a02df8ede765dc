"""The files that a person named to an import, and the text in each; what cannot be read is told in a sentence."""

from collections.abc import Iterator
from pathlib import Path

from gazeti.archive.formats.decoding import UnreadableError, decoded
from gazeti.archive.formats.found import Found
from gazeti.plain.numbers import file_size

LARGEST = 5_000_000
"""Bytes. The text of a page has a few thousand; a file of this size is something else and is not even opened."""

SUFFIX = ".txt"


def files_in(source: Path) -> Iterator[Path]:
    """The source itself or, of a folder, its .txt files at any depth, by name. Raises UnreadableError for none."""
    if not source.exists():
        raise UnreadableError("is not there: check its name")
    if not source.is_dir():
        yield source
        return
    files = sorted(path for path in source.rglob("*") if _is_page(path))
    if not files:
        raise UnreadableError(f"is a folder without a {SUFFIX} file: save each page's text in one")
    yield from files


def printable(name: object) -> str:
    """The name of a file with a mark in place of each byte that is no UTF-8, so that it can be written and kept."""
    return str(name).encode("utf-8", "replace").decode()


def _is_page(path: Path) -> bool:
    return path.suffix.lower() == SUFFIX and not path.name.startswith(".") and path.is_file()


def text_in(file: Path) -> Found[str]:
    """The text of a page's file. Raises UnreadableError for what is no text, or too much of it."""
    try:
        if not file.is_file():
            raise UnreadableError("is neither a file nor a folder: save the page's text in a file")
        size = file.stat().st_size
        if size >= LARGEST:
            most, has = file_size(LARGEST, language="en"), file_size(size, language="en")
            raise UnreadableError(f"has {has}, and a page's text is read up to {most}: save one page's text in it")
        return decoded(file.read_bytes())
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UnreadableError(f"cannot be read ({reason}): check whose it is and what it is called") from error
