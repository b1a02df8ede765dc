"""The pages that are read in a hunt, and what the bytes of an answer show."""

import gzip
import re
from dataclasses import dataclass, field

import brotli
import zstandard

MARK = re.compile(r"Tale (\d+) stands at version (\d+)")
"""The words in headline, standfirst and text of every story of a hunt."""
END = "</html>"
CODINGS = ("identity", "gzip", "br", "zstd")


@dataclass(frozen=True)
class Page:
    """An address; of a story its tale, of a list whether it must show every tale that is out (of its section).

    The second page of a list shows none of them.
    """

    path: str
    tale: int = 0
    section: str = ""
    is_complete: bool = False
    is_second: bool = False


@dataclass(frozen=True)
class Shown:
    """Which versions an answer shows, and what is broken about its bytes."""

    versions: dict[int, int] = field(default_factory=dict)
    torn: str = ""


def words(tale: int, version: int) -> dict[str, object]:
    """What a story of a hunt says, in each of its fields."""
    mark = f"Tale {tale} stands at version {version}"
    return {"headline": mark, "standfirst": f"{mark}, says this.", "body": [("text", f"<p>{mark} in its text.</p>")]}


def shown(body: bytes, coding: str, *, is_html: bool) -> Shown:
    """Read a body whole: its coding's own checks, its last mark, and the versions, which agree within a page."""
    try:
        text = unpacked(body, coding).decode()
    except (OSError, EOFError, ValueError, brotli.error, zstandard.ZstdError) as error:
        return Shown(torn=f"{coding} of {len(body)} bytes: {error}")
    if is_html and not text.rstrip().endswith(END):
        return Shown(torn=f"{len(text)} characters without an end")
    versions: dict[int, int] = {}
    for tale, version in MARK.findall(text):
        if versions.setdefault(int(tale), int(version)) != int(version):
            return Shown(torn=f"tale {tale} stands at versions {versions[int(tale)]} and {version} on one page")
    return Shown(versions)


def unpacked(body: bytes, coding: str) -> bytes:
    """The body without its coding; raises if it is not whole."""
    if coding == "gzip":
        return gzip.decompress(body)
    if coding == "br":
        return brotli.decompress(body)
    if coding == "zstd":
        return zstandard.ZstdDecompressor().decompress(body)
    return body
