"""What a file is, told from its first bytes alone."""

from io import BytesIO

import pytest

from gazeti.media.formats import Header, Unreadable, header_of, kind_of
from tests.media.pictures import bomb, gif_of, halves, photo, telling, telling_jpeg, telling_png, written

LIMIT = 60_000_000


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (telling_jpeg(), "jpeg"),
        (telling_png(), "png"),
        (gif_of(1), "gif"),
        (telling("WEBP"), "webp"),
        (telling("AVIF"), "avif"),
        (written(photo(64, 64), "HEIF"), "heic"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "svg"),
        (b"\n<!DOCTYPE HTML><html></html>", "html"),
        (b"%PDF-1.7\n", "pdf"),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_a_kind_is_told_by_the_first_bytes(data: bytes, kind: str) -> None:
    assert kind_of(BytesIO(data)) == kind


def test_a_header_says_the_size_without_the_pixels() -> None:
    data = written(halves(300, 200), "JPEG")
    assert header_of(BytesIO(data), most_pixels=LIMIT) == Header("jpeg", 300, 200, 1)


def test_a_bomb_is_measured_and_not_lit() -> None:
    header = header_of(BytesIO(bomb()), most_pixels=LIMIT)
    assert (header.width, header.height, header.pixels) == (30_000, 30_000, 900_000_000)


def test_the_frames_of_a_gif_are_counted_only_until_there_are_too_many() -> None:
    few, many = (header_of(BytesIO(gif_of(number)), most_pixels=LIMIT) for number in (7, 5_000))
    assert few.frames == 7
    assert many.pixels > LIMIT
    assert many.frames == LIMIT // 250_000 + 1


def test_a_gif_that_pillow_wrote_is_counted_too() -> None:
    frames = [halves(40, 30, left) for left in ("red", "green", "white", "black")]
    data = written(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert header_of(BytesIO(data), most_pixels=LIMIT).frames == 4


@pytest.mark.parametrize("format_", ["PNG", "WEBP", "AVIF"])
def test_other_animations_say_how_many_frames_they_have(format_: str) -> None:
    frames = [halves(64, 48, left) for left in ("red", "green", "white")]
    data = written(frames[0], format_, save_all=True, append_images=frames[1:])
    assert header_of(BytesIO(data), most_pixels=LIMIT).frames == 3


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"])
def test_a_header_that_is_cut_off_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        header_of(BytesIO(data), most_pixels=LIMIT)
