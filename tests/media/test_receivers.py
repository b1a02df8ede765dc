"""What follows a picture that is saved or deleted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from gazeti import log
from gazeti.media.models import Picture
from gazeti.media.tasks import make_renditions_of
from tests.media.pictures import keep, ready

pytestmark = pytest.mark.django_db
Commit = Callable[..., AbstractContextManager[Any]]
NAME = "gazeti.media.tasks.make_renditions_of"


def queued() -> list[Any]:
    """The ids of pictures whose renditions are in the queue."""
    rows = DBTaskResult.objects.filter(task_path=NAME).order_by("enqueued_at")
    return [row.args_kwargs["args"][0] for row in rows]


def purged(after: int) -> list[str]:
    """All tags purged since a position."""
    return [tag for entry in log.read(after) if entry.stream == "purges" for tag in entry.data["tags"]]


def test_a_new_picture_is_queued_once_it_is_committed(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        picture = keep()
        assert queued() == []
    assert queued() == [picture.pk]


def test_what_the_queue_calls_makes_them() -> None:
    picture = keep()
    make_renditions_of.call(picture.pk)
    make_renditions_of.call(picture.pk)
    picture.refresh_from_db()
    assert picture.is_ready


def test_new_words_purge_and_queue_nothing(django_capture_on_commit_callbacks: Commit) -> None:
    picture, start = ready(), log.head()
    with django_capture_on_commit_callbacks(execute=True):
        picture.credit = "Amina Farah"
        picture.save()
    assert queued() == []
    assert purged(start) == [f"picture:{picture.pk}"]


def test_a_new_focal_point_is_queued(django_capture_on_commit_callbacks: Commit) -> None:
    picture = ready()
    with django_capture_on_commit_callbacks(execute=True):
        picture.focal_point_x = picture.focal_point_y = picture.focal_point_width = picture.focal_point_height = 50
        picture.save()
    assert queued() == [picture.pk]


def test_a_deleted_picture_takes_its_files_along(
    media_folder: Path, django_capture_on_commit_callbacks: Commit
) -> None:
    kept, gone, start = ready(), ready(), log.head()
    folder = (media_folder / gone.served[0]["path"]).parent
    (folder / "left-by-a-killed-run.avif").write_bytes(b"half")
    number = gone.pk
    with django_capture_on_commit_callbacks(execute=True):
        gone.delete()
        assert folder.exists()
    assert not folder.exists()
    assert purged(start) == [f"picture:{number}"]
    assert all((media_folder / one["path"]).exists() for one in kept.served)


def test_a_picture_deleted_before_it_was_made_is_no_error(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        keep().delete()
    assert not Picture.objects.exists()
