"""From the bytes of a file to its text: UTF-8, or what can be told with confidence; all else is refused."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from charset_normalizer import from_bytes

from gazeti.archive.formats.found import Confidence, Found

KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PK\x03\x04": "a packed file or an office document",
    b"\x1f\x8b": "a packed file",
    b"\xd0\xcf\x11\xe0": "an office document",
}
EMPTY = "is empty: save the page's text in it and import it again"
BINARY = "binary data"
CONTROLS = frozenset([*range(0x09), *range(0x0E, 0x20), 0x7F])
SOME_CONTROLS = 8
MOST_CONTROLS = 0.05
CHAOS = 0.1
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What a newspaper here prints beyond ASCII: its marks, small accented letters, and large ones that open a word.
PRINTED = re.compile(r"[\x00-\x7f’‘“”–—…•€£§©®™°·«»½¼¾\xa0\xadß-öø-ÿœ]|(?<![^\W\d_])[À-ÖØ-ÞŒ](?=[a-zß-öø-ÿ])")


class UnreadableError(ValueError):
    """A file that is no text we can read; the message, after the file's name, is a sentence that says what to do."""


def decoded(data: bytes) -> Found[str]:
    """The text of a file and how surely its encoding is known. Raises UnreadableError for what is no text."""
    if not data.strip():
        raise UnreadableError(EMPTY)
    for start, kind in KINDS.items():
        if data.startswith(start):
            raise _binary(kind)
    found = _unicode(data) or _told(data)
    if found is None:
        raise _undecodable(data)
    return _checked(found)


def _checked(found: Found[str]) -> Found[str]:
    """The text, unless it is nothing, or something else that can be decoded."""
    text = found.value
    if _has_controls(text):
        raise _binary(BINARY)
    if not text.strip():
        raise UnreadableError(EMPTY)
    if text.lstrip()[:14].casefold().startswith(("<!doctype html", "<html")):
        raise _binary("HTML")
    return found


def _undecodable(data: bytes) -> UnreadableError:
    if b"\0" in data:
        return _binary(BINARY)
    line = data.count(b"\n", 0, _first_wrong(data)) + 1
    return UnreadableError(
        f"is not UTF-8 (the first wrong byte is in line {line}) and its encoding cannot be told: "
        "save it as UTF-8 and import it again"
    )


def _binary(kind: str) -> UnreadableError:
    return UnreadableError(f"is {kind}, not plain text: save the page's text in a .txt file and import that")


def _unicode(data: bytes) -> Found[str] | None:
    """UTF-8, or UTF-16 with the mark with which Windows saves "Unicode" text."""
    marked = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    return Found(text, Confidence.HIGH, "UTF-16, by its first bytes" if marked else "UTF-8")


def _told(data: bytes) -> Found[str] | None:
    """Windows' Western European text, if nothing in it is doubtful; a file that mixes it with UTF-8 is."""
    if b"\0" in data or UTF8_SEQUENCE.search(data):
        return None
    best = from_bytes(data, cp_isolation=["cp1252"], threshold=CHAOS).best()
    if best is None or PRINTED.sub("", str(best)):
        return None
    return Found(str(best), Confidence.FAIR, "Windows-1252, told from its bytes")


def _first_wrong(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _has_controls(text: str) -> bool:
    """Whether a text holds NUL, or so many signs that no reader sees that it must be something else."""
    controls = sum(ord(sign) in CONTROLS for sign in text)
    return "\0" in text or controls > max(SOME_CONTROLS, MOST_CONTROLS * len(text))
