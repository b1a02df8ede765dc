"""What a file is by its first bytes, and how large a picture it claims to be, without decoding a pixel of it."""

from collections.abc import Callable
from itertools import count
from typing import IO, NamedTuple

from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.Image import DecompressionBombError
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif.as_plugin import HeifImageFile

BROKEN = (
    ArithmeticError,
    DecompressionBombError,
    EOFError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""All that Pillow's readers were seen to raise on a file that is broken or hostile."""


class Unreadable(Exception):
    """A file that cannot be read as the picture it claims to be."""


class Header(NamedTuple):
    """What a picture claims: its format, pixels and number of frames."""

    format: str
    width: int
    height: int
    frames: int

    @property
    def pixels(self) -> int:
        """Pixels in all frames together."""
        return self.width * self.height * self.frames


OPENERS: dict[str, Callable[[IO[bytes]], ImageFile]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "gif": GifImageFile,
    "webp": WebPImageFile,
    "avif": AvifImageFile,
    "heic": HeifImageFile,
}
KINDS = frozenset(OPENERS)
BRANDS = {b"avif": "avif", b"avis": "avif", b"heic": "heic", b"heix": "heic", b"mif1": "heic", b"msf1": "heic"}
"""Major brands of ISO base media files (ISO/IEC 23008-12) that are still pictures."""
MAGIC = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"GIF87a": "gif", b"GIF89a": "gif"}
TEXTS = {b"<svg": "svg", b"<!doctype html": "html", b"<html": "html", b"%pdf": "pdf"}


def kind_of(file: IO[bytes]) -> str:
    """The kind of a file by its first bytes, whatever its name: a picture's format, "svg", "html", "pdf" or ""."""
    file.seek(0)
    start = file.read(1024)
    file.seek(0)
    if start[4:8] == b"ftyp":
        brands = [start[8:12], *(start[at : at + 4] for at in range(16, 32, 4))]
        return "avif" if b"avif" in brands else BRANDS.get(start[8:12], "")
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "webp"
    binary = next((kind for magic, kind in MAGIC.items() if start.startswith(magic)), "")
    return binary or next((kind for mark, kind in TEXTS.items() if mark in start.lower()), "")


def opened(file: IO[bytes]) -> ImageFile:
    """A picture of which only the header is read. Raises Unreadable.

    Its format's own reader is called: `Image.open` would try forty others, and refuse a bomb without its size.
    """
    opener = OPENERS.get(kind_of(file))
    if opener is None:
        raise Unreadable("no picture of a known format")
    try:
        return opener(file)
    except BROKEN as error:
        raise Unreadable(str(error)) from error


def header_of(file: IO[bytes], *, most_pixels: int) -> Header:
    """What a picture claims to be; frames are counted only until they pass the limit. Raises Unreadable."""
    kind = kind_of(file)
    image = opened(file)
    width, height = image.size
    if kind == "gif":
        frames = _gif_frames(file, enough=most_pixels // max(1, width * height) + 1)
    else:
        frames = 1 if kind in ("jpeg", "heic") else getattr(image, "n_frames", 1)
    file.seek(0)
    return Header(kind, width, height, max(1, frames))


def _gif_frames(file: IO[bytes], *, enough: int) -> int:
    """Count image descriptors (GIF89a, 20) by stepping over their data, since Pillow counts by decoding."""
    file.seek(10)
    flags = file.read(3)
    _skip_colours(file, flags[0])
    frames = 0
    for _ in count():
        block = file.read(1)
        if block == b"!":
            file.read(1)
        elif block == b",":
            _skip_colours(file, (file.read(9) or b"\0")[-1])
            file.read(1)
            frames += 1
        if block not in (b"!", b",") or frames >= enough:
            return frames
        _skip_blocks(file)
    raise AssertionError("the count has no end")


def _skip_colours(file: IO[bytes], flags: int) -> None:
    if flags & 0x80:
        file.seek(3 << ((flags & 7) + 1), 1)


def _skip_blocks(file: IO[bytes]) -> None:
    while size := file.read(1):
        if size == b"\0":
            return
        file.seek(size[0], 1)
