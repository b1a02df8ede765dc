"""A picture's bare pixels, upright and in sRGB, with nothing of where, when or by whom; and small files of them."""

import struct
from io import BytesIO
from typing import IO, NamedTuple

from PIL import Image, ImageCms
from PIL.Image import Resampling, Transpose

from gazeti.media.formats.headers import BROKEN, Unreadable, opened

ORIENTATION = 0x0112
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What makes a picture upright, by the value of its tag Orientation (EXIF 2.32, 4.6.4)."""
QUALITIES = {"avif": (55, 46, 37, 28), "webp": (72, 60, 46, 32)}
"""Tried from the best; below the last, a smaller picture looks better than a blurred one."""
SMALLER = 0.85


class Encoded(NamedTuple):
    """One finished file."""

    width: int
    height: int
    format: str
    data: bytes


def bare(file: IO[bytes], *, most_pixels: int, at_least: int | None = None) -> Image.Image:
    """The pixels of a picture's first frame: RGB, upright, sRGB, on white where it was transparent.

    With `at_least` it may come smaller, but no narrower than that many pixels. Raises Unreadable.
    """
    image = opened(file)
    if image.width * image.height > most_pixels:
        raise Unreadable("too many pixels")
    try:
        if at_least is not None and image.format == "JPEG":
            image.draft(image.mode, (at_least, at_least))  # both sides: it may lie on its side
        image.load()
        upright = _upright(image)
        profile = image.info.get("icc_profile")
        plain = _eight_bits(upright)
    except BROKEN as error:
        raise Unreadable(str(error)) from error
    if at_least is not None and plain.width > at_least:
        plain = resized(plain, at_least, max(1, round(plain.height * at_least / plain.width)))
    clean = Image.new("RGB", plain.size)
    clean.paste(_in_srgb(plain, profile))
    return clean


def resized(image: Image.Image, width: int, height: int) -> Image.Image:
    """The picture at another size; itself at its own."""
    if image.size == (width, height):
        return image
    return image.resize((width, height), Resampling.LANCZOS, reducing_gap=3.0)


def encoded(image: Image.Image, *, format_: str, most_bytes: int) -> Encoded:
    """A bare picture as a file of at most so many bytes: at a lower quality if it must, at last in a smaller size."""
    for quality in QUALITIES[format_]:
        data = _written(image, format_, quality)
        if len(data) <= most_bytes:
            return Encoded(*image.size, format_, data)
    small = image
    while len(data) > most_bytes and max(small.size) > 1:
        small = resized(small, max(1, int(small.width * SMALLER)), max(1, int(small.height * SMALLER)))
        data = _written(small, format_, quality)
    return Encoded(*small.size, format_, data)


def _written(image: Image.Image, format_: str, quality: int) -> bytes:
    output = BytesIO()
    options = {"speed": 6} if format_ == "avif" else {"method": 5}
    image.save(output, format_, quality=quality, **options)
    return output.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    try:
        turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
    except (*BROKEN, AttributeError, LookupError, struct.error):
        turn = None  # a broken tag turns nothing
    return image.transpose(turn) if turn is not None else image


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert colours by the picture's own profile (ICC.1); one that does not fit its pixels is passed over."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            done = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, *BROKEN):
            done = None
        if done is not None:
            return done
    return image.convert("RGB")
