"""Pictures drawn for tests: noisy as photographs are, telling on their makers, odd, broken or hostile."""

import struct
import zlib
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from gazeti.media.actions import finish_renditions, keep_picture
from gazeti.media.models import Picture

SECRETS = (b"TELLTALE-CAMERA", b"TELLTALE-XMP", b"TELLTALE-COMMENT", b"TELLTALE-IPTC", b"TELLTALE-TEXT")
"""What the files below say of their makers; no served byte may repeat it."""
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>TELLTALE-XMP</a></x:xmpmeta>'


@cache
def photo(width: int = 1600, height: int = 1200, *, seed: int = 1) -> Image.Image:
    """Noise at five scales, as hard on an encoder as foliage; the same for the same seed."""
    dice = Random(seed)
    bands = []
    for _band in range(3):
        band = Image.new("L", (width, height), 128)
        for grains, share in ((4, 0.5), (12, 0.4), (40, 0.3), (120, 0.2), (400, 0.1)):
            size = (grains, min(400, max(1, grains * height // width)))
            noise = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
            band = Image.blend(band, noise.resize((width, height), Image.Resampling.BICUBIC), share)
        bands.append(band)
    return Image.merge("RGB", bands)


def halves(width: int, height: int, left: Any = "red", right: Any = "blue") -> Image.Image:
    """Left one colour, right another: what is cut, turned or converted shows."""
    image = Image.new("RGB", (width, height), right)
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height), fill=left)
    return image


def written(image: Image.Image, format_: str, **options: Any) -> bytes:
    """A picture as a file's bytes."""
    output = BytesIO()
    image.save(output, format_, **options)
    return output.getvalue()


def exif(*, orientation: int = 1) -> Image.Exif:
    """Where it was taken (Nairobi) and with what."""
    facts = Image.Exif()
    facts[0x010F] = "TELLTALE-CAMERA"
    facts[0x0112] = orientation
    facts.get_ifd(0x8825).update({1: "S", 2: (1.0, 17.0, 11.0), 3: "E", 4: (36.0, 49.0, 2.0)})
    return facts


def telling_jpeg(image: Image.Image | None = None, *, orientation: int = 1) -> bytes:
    """A photograph with EXIF, GPS, XMP, a comment, IPTC and a colour profile."""
    data = written(
        image or photo(420, 280),
        "JPEG",
        quality=90,
        exif=exif(orientation=orientation),
        xmp=XMP,
        comment=b"TELLTALE-COMMENT",
        icc_profile=srgb(),
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x14\x1c\x02\x50\0\x0fTELLTALE-IPTC\0\0"
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:]


def telling_png(image: Image.Image | None = None) -> bytes:
    """A PNG with text chunks and EXIF."""
    facts = PngInfo()
    facts.add_text("Author", "TELLTALE-TEXT")
    facts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return written(image or photo(300, 200), "PNG", pnginfo=facts, exif=exif(), icc_profile=srgb())


def telling(format_: str) -> bytes:
    """A picture in another format with EXIF and, where the format takes it, XMP."""
    return written(photo(300, 200), format_, exif=exif().tobytes(), xmp=XMP)


def srgb() -> bytes:
    """The profile of sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of some 100 bytes whose header claims so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def gif_of(frames: int, *, width: int = 500, height: int = 500) -> bytes:
    """A GIF of so many frames, each a few bytes long whatever it claims."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"!\xf9\x04\0\x0a\0\0\0" + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\0"
    return head + frame * frames + b";"


def keep(data: bytes | None = None, *, name: str = "picture.jpg", **facts: Any) -> Picture:
    """A picture taken in; a small photograph unless its bytes are given."""
    wanted = {"title": "A bridge", "description": "The new bridge at noon", **facts}
    return keep_picture(ContentFile(data or written(photo(240, 180), "JPEG"), name=name), **wanted)


def ready(data: bytes | None = None, **facts: Any) -> Picture:
    """A picture taken in and rendered."""
    picture = keep(data, **facts)
    finish_renditions([picture])
    picture.refresh_from_db()
    return picture
