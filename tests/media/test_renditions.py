"""Renditions: made whole or not at all, whatever stops or races the run, and never of a file that was replaced."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import close_old_connections, connection
from PIL import Image

from gazeti import log
from gazeti.media import actions
from gazeti.media.actions import PictureRefused, finish_renditions, make_renditions
from gazeti.media.models import Picture
from gazeti.media.queries import access_to, pending_pictures
from gazeti.media.rules import Access
from tests.media.pictures import halves, keep, photo, ready, telling_jpeg, written

SMALL = written(photo(240, 180), "JPEG")
FILES = 4
"""What is made of a picture this small: the cut and one size, each in two formats."""


class Stop(Exception):
    """Whatever ends a run before its time."""


def on_disk(media_folder: Path) -> set[str]:
    """The paths of all renditions in the storage."""
    return {str(path.relative_to(media_folder)) for path in media_folder.glob("pictures/*/*")}


def named(picture: Picture) -> set[str]:
    """The paths that the row names."""
    picture.refresh_from_db()
    return {one["path"] for one in picture.served}


def is_there(path: str) -> bool:
    """Whether a row names a path, so that its file may be had by somebody."""
    return access_to(path) is not Access.ABSENT


def stopping(real: Callable[..., Any], at: int) -> Callable[..., Any]:
    """The same function, which stops at its so-and-so-manieth call."""
    calls = iter(range(1, 100))

    def called(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == at:
            raise Stop
        return real(*args, **kwargs)

    return called


def changed(picture: Picture, data: bytes) -> None:
    """Give the picture another file, as the desk's form does."""
    picture.file = ContentFile(data, name="again.jpg")
    picture.save()


@pytest.mark.django_db
def test_a_photograph_is_made_in_every_size_and_format_within_its_bytes(media_folder: Path) -> None:
    picture = ready(written(photo(1600, 1200), "JPEG"))
    sizes = {(one["format"], one["width"], one["height"], one["cut"]) for one in picture.served}
    assert {one for one in sizes if one[0] == "avif"} == {
        ("avif", 160, 120, True),
        ("avif", 480, 360, False),
        ("avif", 720, 540, False),
        ("avif", 1200, 900, False),
    }
    assert len(picture.served) == 8
    assert named(picture) == on_disk(media_folder)
    for one in picture.served:
        path = media_folder / one["path"]
        assert path.stat().st_size == one["bytes"]
        with Image.open(path) as image:
            assert (image.size, image.format) == ((one["width"], one["height"]), one["format"].upper())
    assert all(one["bytes"] <= 30_000 for one in picture.served if one["width"] <= 480)
    assert all(one["bytes"] <= 6_000 for one in picture.served if one["cut"])


@pytest.mark.django_db
def test_a_small_picture_is_never_made_larger() -> None:
    picture = ready(written(photo(300, 200), "JPEG"))
    assert [one["width"] for one in picture.renditions_in("avif")] == [300]
    assert ready(written(photo(1, 1), "PNG"), name="a.png").thumbnail is not None


@pytest.mark.django_db
@pytest.mark.parametrize("orientation", [1, 6])
def test_the_cut_lies_about_the_focal_point_also_of_a_picture_that_was_turned(
    media_folder: Path, orientation: int
) -> None:
    picture = keep(telling_jpeg(halves(900, 300), orientation=orientation))
    # The desk scales what was clicked to the file's own sides: near the end of the first, the blue half.
    along, across = ("x", "y") if orientation == 1 else ("y", "x")
    sides = {"x": picture.width, "y": picture.height}
    setattr(picture, f"focal_point_{along}", int(sides[along] * 0.9))
    setattr(picture, f"focal_point_{across}", sides[across] // 2)
    picture.focal_point_width = picture.focal_point_height = 10
    picture.save()
    finish_renditions([picture])
    picture.refresh_from_db()
    assert picture.thumbnail
    with Image.open(media_folder / picture.thumbnail["path"]) as image:
        red, _green, blue = image.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert blue > 150 > red


@pytest.mark.django_db
def test_made_again_nothing_is_written_again(media_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = ready(SMALL)
    before, position = named(picture), log.head()
    monkeypatch.setattr(actions, "encoded", stopping(actions.encoded, at=1))
    make_renditions(picture.pk)
    assert named(picture) == before == on_disk(media_folder)
    assert log.head() == position


@pytest.mark.django_db
def test_a_picture_that_is_gone_is_no_error() -> None:
    make_renditions(12_345)


@pytest.mark.django_db
def test_what_is_made_is_purged_in_the_same_breath() -> None:
    start = log.head()
    picture = ready(SMALL)
    purges = [entry.data for entry in log.read(start, stream="purges") if entry.position > start]
    assert purges[-1] == {"tags": [f"picture:{picture.pk}"]}


STEPS = [
    *((actions, "encoded", at) for at in range(1, FILES + 1)),
    *((actions.default_storage, "save", at) for at in range(1, FILES + 1)),
    (actions.edge, "purge", 1),
]
EACH_STEP = pytest.mark.parametrize(("owner", "name", "at"), STEPS, ids=[f"{name}-{at}" for _, name, at in STEPS])


@pytest.mark.django_db
@EACH_STEP
def test_a_run_that_fails_leaves_nothing_and_the_next_makes_all(
    media_folder: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, at: int
) -> None:
    picture = keep(SMALL)
    with monkeypatch.context() as patch, pytest.raises(Stop):
        patch.setattr(owner, name, stopping(getattr(owner, name), at))
        make_renditions(picture.pk)
    assert named(picture) == on_disk(media_folder) == set()
    make_renditions(picture.pk)
    assert len(named(picture)) == FILES
    assert named(picture) == on_disk(media_folder)


@pytest.mark.django_db
@EACH_STEP
def test_a_run_that_is_killed_leaves_files_that_nobody_is_served(
    media_folder: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, at: int
) -> None:
    """A killed process tidies nothing up: what it wrote stays, unnamed by the row, until the picture is deleted."""
    picture = keep(SMALL)
    with monkeypatch.context() as patch, pytest.raises(Stop):
        patch.setattr(actions, "_remove", lambda files: None)
        patch.setattr(owner, name, stopping(getattr(owner, name), at))
        make_renditions(picture.pk)
    left = on_disk(media_folder)
    for path in left:
        (media_folder / path).write_bytes(b"half")  # and it may have been killed in the middle of one
    assert not any(map(is_there, left))
    make_renditions(picture.pk)
    assert len(named(picture)) == FILES
    assert named(picture).isdisjoint(left)
    assert all((media_folder / one["path"]).stat().st_size == one["bytes"] for one in picture.served)


@pytest.mark.django_db
def test_killed_after_the_row_the_old_files_are_served_no_more(
    media_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = ready(SMALL)
    old = named(picture)
    changed(picture, telling_jpeg())
    with monkeypatch.context() as patch, pytest.raises(Stop):
        patch.setattr(actions, "_remove", stopping(actions._remove, at=1))
        make_renditions(picture.pk)
    assert old <= on_disk(media_folder)
    assert not any(map(is_there, old))
    assert all(map(is_there, named(picture)))


@pytest.mark.django_db
def test_a_replaced_file_is_shown_until_the_new_one_is_made_and_then_gone(media_folder: Path) -> None:
    picture = ready(SMALL)
    old = named(picture)
    changed(picture, telling_jpeg())
    assert named(picture) == old
    assert pending_pictures() == [picture.pk]
    finish_renditions()
    assert named(picture).isdisjoint(old)
    assert named(picture) == on_disk(media_folder)


@pytest.mark.django_db
def test_a_run_that_loses_to_another_puts_nothing_in_its_place(
    media_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = keep(SMALL)
    put, winner = actions._put_in_place, set[str]()

    def late(picture: Picture, files: list[Any]) -> list[Any]:
        monkeypatch.setattr(actions, "_put_in_place", put)
        make_renditions(picture.pk)
        winner.update(named(picture))
        return put(picture, files)

    monkeypatch.setattr(actions, "_put_in_place", late)
    make_renditions(picture.pk)
    assert len(winner) == FILES
    assert named(picture) == winner == on_disk(media_folder)


@pytest.mark.django_db
def test_a_run_whose_picture_changes_meanwhile_starts_again(
    media_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = keep(SMALL)
    put = actions._put_in_place

    def late(stale: Picture, files: list[Any]) -> list[Any]:
        monkeypatch.setattr(actions, "_put_in_place", put)
        changed(Picture.objects.get(pk=picture.pk), written(halves(400, 300), "JPEG"))
        return put(stale, files)

    monkeypatch.setattr(actions, "_put_in_place", late)
    make_renditions(picture.pk)
    assert named(picture) == on_disk(media_folder)
    assert [one["width"] for one in picture.renditions_in("webp")] == [400]
    assert not picture.is_pending


@pytest.mark.django_db
def test_a_picture_deleted_meanwhile_leaves_no_file(media_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = keep(SMALL)
    put = actions._put_in_place

    def late(stale: Picture, files: list[Any]) -> list[Any]:
        Picture.objects.all().delete()
        return put(stale, files)

    monkeypatch.setattr(actions, "_put_in_place", late)
    make_renditions(picture.pk)
    assert on_disk(media_folder) == set()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_set(media_folder: Path) -> None:
    pictures = [keep(written(photo(240, 180, seed=seed), "JPEG")) for seed in range(3)]

    def work(_worker: int) -> None:
        close_old_connections()
        try:
            for picture in pictures:
                make_renditions(picture.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(work, range(4)))
    assert pending_pictures() == []
    assert set.union(*map(named, pictures)) == on_disk(media_folder)
    assert all(len(named(picture)) == FILES for picture in pictures)


@pytest.mark.django_db
def test_an_old_copy_that_is_saved_does_not_undo_what_was_made_since() -> None:
    picture = keep(SMALL)
    finish_renditions([picture])
    picture.caption = "Noon"
    picture.save()
    assert len(named(picture)) == FILES
    assert (picture.caption, picture.is_pending) == ("Noon", False)


@pytest.mark.django_db
def test_an_original_that_is_lost_stops_its_own_story_and_no_other(media_folder: Path) -> None:
    lost, sound = keep(SMALL, title="Lost"), keep(SMALL)
    (media_folder / lost.file.name).unlink()
    with pytest.raises(PictureRefused, match=r"The file of the picture “Lost” cannot be read\. Upload it again\."):
        finish_renditions([lost])
    finish_renditions()
    assert pending_pictures() == [lost.pk]
    assert len(named(sound)) == FILES
