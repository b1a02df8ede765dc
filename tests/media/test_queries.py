"""Which pictures wait, as the database and as each row tells it. On both databases."""

import pytest

from gazeti.media.actions import finish_renditions
from gazeti.media.queries import is_served_path, pending_pictures
from tests.media.pictures import keep, ready

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_the_database_and_the_row_agree_on_what_waits() -> None:
    made, waiting, refocused = (keep() for _ in range(3))
    finish_renditions([made, refocused])
    for one in (made, refocused):
        one.refresh_from_db()
    refocused.focal_point_x, refocused.focal_point_y = 7, 9
    refocused.save()
    assert pending_pictures() == [waiting.pk, refocused.pk]
    assert pending_pictures([made, refocused]) == [refocused.pk]
    assert [one.is_pending for one in (made, waiting, refocused)] == [False, True, True]


def test_only_a_present_rendition_is_a_served_path() -> None:
    picture = ready()
    path = picture.served[0]["path"]
    assert is_served_path(path)
    assert not is_served_path(path.replace("c.", "."))
    assert not is_served_path(path.replace("pictures/", "pictures/z", 1))
    assert not is_served_path(picture.file.name)
