"""Bare pixels of every odd picture, and files of them that keep to their bytes."""

from io import BytesIO
from itertools import product
from random import Random
from typing import Any

import pytest
from PIL import Image, ImageCms

from gazeti.media.formats import Unreadable, bare, encoded, resized
from tests.media.pictures import exif, halves, photo, srgb, telling_jpeg, written

LIMIT = 60_000_000
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def opened(data: bytes, **options: Any) -> Image.Image:
    return bare(BytesIO(data), most_pixels=LIMIT, **options)


def loaded(data: bytes) -> Image.Image:
    """A file as anybody reads it."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def is_like(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 24 for one, other in zip(pixel, colour, strict=True))


def corners(image: Image.Image) -> list[Any]:
    """Top left, top right, bottom left, bottom right."""
    right, bottom = image.width - 1, image.height - 1
    return [image.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom))]


@pytest.mark.parametrize(
    ("orientation", "size", "colours"),
    [
        (1, (120, 80), [RED, BLUE, RED, BLUE]),
        (2, (120, 80), [BLUE, RED, BLUE, RED]),
        (3, (120, 80), [BLUE, RED, BLUE, RED]),
        (4, (120, 80), [RED, BLUE, RED, BLUE]),
        (5, (80, 120), [RED, RED, BLUE, BLUE]),
        (6, (80, 120), [RED, RED, BLUE, BLUE]),
        (7, (80, 120), [BLUE, BLUE, RED, RED]),
        (8, (80, 120), [BLUE, BLUE, RED, RED]),
    ],
)
def test_a_picture_is_turned_upright(orientation: int, size: tuple[int, int], colours: list[Any]) -> None:
    image = opened(telling_jpeg(halves(120, 80), orientation=orientation))
    assert image.size == size
    assert all(map(is_like, corners(image), colours))


def test_turning_up_and_down_is_told_apart() -> None:
    top = halves(80, 80).transpose(Image.Transpose.ROTATE_270)
    assert is_like(corners(opened(telling_jpeg(top, orientation=1)))[0], RED)
    assert is_like(corners(opened(telling_jpeg(top, orientation=4)))[0], BLUE)
    assert is_like(corners(opened(telling_jpeg(top, orientation=3)))[0], BLUE)
    assert is_like(corners(opened(telling_jpeg(top, orientation=2)))[0], RED)


def test_a_heic_from_a_phone_is_turned_once() -> None:
    image = opened(written(halves(120, 80), "HEIF", exif=exif(orientation=6).tobytes(), quality=95))
    assert image.size in ((120, 80), (80, 120))
    seen = corners(image)
    assert is_like(seen[0], RED)
    assert is_like(seen[3], BLUE)


def test_a_broken_tag_turns_nothing_and_stops_nothing() -> None:
    data = written(halves(60, 40), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01")
    assert opened(data).size == (60, 40)


def test_what_is_transparent_lies_on_white() -> None:
    clear = Image.new("RGBA", (20, 10), (255, 0, 0, 0))
    assert opened(written(clear, "PNG")).getpixel((5, 5)) == WHITE
    half = Image.new("RGBA", (20, 10), (0, 0, 0, 128))
    assert opened(written(half, "PNG")).getpixel((5, 5)) == (127, 127, 127)


def test_colours_are_those_that_the_profile_means() -> None:
    swapped = srgb().replace(b"rXYZ", b"xXYZ").replace(b"bXYZ", b"rXYZ").replace(b"xXYZ", b"bXYZ")
    assert is_like(opened(written(halves(20, 10), "PNG", icc_profile=swapped)).getpixel((2, 2)), BLUE)
    assert opened(written(halves(20, 10), "PNG", icc_profile=srgb())).getpixel((2, 2)) == RED


@pytest.mark.parametrize("profile", [b"nonsense", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()])
def test_a_profile_that_does_not_fit_is_passed_over(profile: bytes) -> None:
    assert opened(written(halves(20, 10), "PNG", icc_profile=profile)).getpixel((2, 2)) == RED


def test_sixteen_bits_become_eight() -> None:
    gray = Image.new("I;16", (20, 10), 0x8000)
    assert opened(written(gray, "PNG")).getpixel((5, 5)) == (128, 128, 128)


def test_an_animation_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    image = opened(written(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert image.getpixel((5, 5)) == RED


def test_a_large_jpeg_is_read_smaller_but_no_narrower_than_asked() -> None:
    image = opened(written(halves(4800, 3600), "JPEG"), at_least=1200)
    assert image.size == (1200, 900)
    tall = opened(telling_jpeg(halves(3600, 2400), orientation=6), at_least=1200)
    assert tall.size == (1200, 1800)
    assert opened(written(halves(640, 480), "JPEG"), at_least=1200).size == (640, 480)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_is_unreadable(format_: str, share: float) -> None:
    data = written(photo(300, 200), format_)
    with pytest.raises(Unreadable):
        opened(data[: int(len(data) * share)])


def test_an_animation_whose_clock_stands_still_is_unreadable() -> None:
    """Pillow divides by the time scale of an AVIF sequence (ISO/IEC 14496-12, 8.4.2), even for its first frame."""
    frames = [halves(64, 48, colour) for colour in ("red", "green")]
    data = written(frames[0], "AVIF", save_all=True, append_images=frames[1:])
    at = data.index(b"mdhd") + 4
    with pytest.raises(Unreadable):
        opened(data[: at + 4] + bytes(20) + data[at + 24 :])


def test_too_many_pixels_are_refused_here_too() -> None:
    with pytest.raises(Unreadable, match="too many pixels"):
        bare(BytesIO(written(halves(200, 100), "PNG")), most_pixels=19_999)


@pytest.mark.parametrize("format_", ["avif", "webp"])
@pytest.mark.parametrize("most", [30_000, 8_000, 700])
def test_a_file_keeps_to_its_bytes(format_: str, most: int) -> None:
    made = encoded(photo(480, 360), format_=format_, most_bytes=most)
    assert len(made.data) <= most
    assert (made.width, made.height) == Image.open(BytesIO(made.data)).size
    assert (made.width == 480) == (most > 700 and (format_, most) != ("webp", 8_000))


def test_a_picture_is_not_resized_to_its_own_size() -> None:
    image = halves(48, 36)
    assert resized(image, 48, 36) is image


PLACES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK", "YCbCr"),
    "GIF": ("1", "L", "P", "RGB"),
    "WEBP": ("L", "LA", "P", "RGB", "RGBA"),
    "AVIF": ("L", "LA", "RGB", "RGBA"),
}
"""The modes of pixels that a format is written from."""


@pytest.mark.parametrize("format_", sorted(PLACES))
def test_every_mode_and_odd_size_comes_out_bare_and_small(format_: str) -> None:
    dice = Random(format_)
    chosen = [(dice.randint(1, 90), dice.randint(1, 90)) for _ in range(3)]
    sizes = [(1, 1), (3, 500), (500, 3), (2, 2), (1, 7), (9, 1), *chosen]
    for mode, size in product(PLACES[format_], sizes):
        source = photo(*size, seed=dice.random()).convert("L" if mode == "I;16" else mode)
        image = opened(written(source.convert(mode), format_))
        assert (image.mode, image.size, image.info) == ("RGB", size, {}), (mode, size)
        for one in ("avif", "webp") if size in sizes[: 2 + 2 * (mode == "RGB")] else ():
            made = encoded(image, format_=one, most_bytes=30_000)
            assert loaded(made.data).size == size, (mode, size, one)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"])
def test_a_file_with_flipped_bytes_is_read_or_unreadable_and_nothing_else(format_: str) -> None:
    dice = Random(format_)
    whole = written(photo(60, 40), format_, **({} if format_ == "GIF" else {"exif": exif().tobytes()}))
    for _turn in range(60):
        data = bytearray(whole)
        for _flip in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            assert opened(bytes(data)).mode == "RGB"
        except Unreadable:
            continue
