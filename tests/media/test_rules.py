"""Sizes, cuts and names: decisions without a database."""

import pytest

from gazeti.media import rules


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), [(480, 360), (720, 540), (1200, 900)]),
        ((760, 570), [(480, 360), (720, 540)]),
        ((500, 400), [(480, 384)]),
        ((300, 200), [(300, 200)]),
        ((1, 1), [(1, 1)]),
        ((600, 9000), [(128, 1920), (192, 2880), (320, 4800)]),
        ((20_000, 10), [(480, 1), (720, 1), (1200, 1)]),
    ],
)
def test_a_picture_is_made_in_each_size_that_is_worth_a_file_and_never_larger(
    size: tuple[int, int], expected: list[tuple[int, int]]
) -> None:
    cut, *whole = rules.wanted(*size)
    assert [(one.width, one.height) for one in whole] == expected
    assert all(one.box == (0, 0, *size) for one in whole)
    assert cut.is_cut
    assert cut.width <= size[0]
    assert cut.height <= size[1]


def test_the_phones_file_has_thirty_kilobytes_and_wider_ones_more() -> None:
    _cut, *whole = rules.wanted(4000, 3000)
    assert [one.most_bytes for one in whole] == [30_000, 60_000, 120_000]
    assert rules.wanted(300, 200)[1].most_bytes == 30_000


@pytest.mark.parametrize(
    ("size", "centre", "box"),
    [
        ((400, 300), (0.5, 0.5), (0, 0, 400, 300)),
        ((800, 300), (0.5, 0.5), (200, 0, 600, 300)),
        ((800, 300), (0.0, 0.0), (0, 0, 400, 300)),
        ((800, 300), (1.0, 1.0), (400, 0, 800, 300)),
        ((400, 900), (0.5, 0.25), (0, 75, 400, 375)),
        ((1, 1), (0.5, 0.5), (0, 0, 1, 1)),
        ((1, 50), (0.5, 1.0), (0, 49, 1, 50)),
    ],
)
def test_a_cut_is_as_near_the_focal_point_as_it_can_be(
    size: tuple[int, int], centre: tuple[float, float], box: rules.Box
) -> None:
    assert rules.cut_box(*size, shape=rules.THUMBNAIL, centre=centre) == box


@pytest.mark.parametrize("number", [1, 35, 36, 1295, 1296, 123_456_789])
def test_a_path_names_its_picture(number: int) -> None:
    name = rules.short_hash(b"bytes")
    assert rules.picture_of(f"{rules.folder_of(number)}{name}-480.avif") == number


@pytest.mark.parametrize(
    "path",
    [
        "",
        "pictures/",
        "originals/1a2b3c4d-bridge.jpg",
        "pictures/1/abcdefgh-480.jpg",
        "pictures/1/../2/abcdefgh-480.avif",
        "pictures/1/abcdefgh-480.avif/",
        "/pictures/1/abcdefgh-480.avif",
        "pictures/1/abcdefgh-480.avif\n",
        "pictures/%31/abcdefgh-480.avif",
        "desk/abcdefgh-480.avif",
    ],
)
def test_any_other_path_names_none(path: str) -> None:
    assert rules.picture_of(path) is None


def test_a_short_hash_is_eight_letters_and_digits_that_follow_the_bytes() -> None:
    names = {rules.short_hash(bytes([number])) for number in range(200)}
    assert len(names) == 200
    assert all(len(name) == 8 and name.isalnum() and name == name.lower() for name in names)
