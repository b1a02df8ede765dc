"""Which pictures wait, as the database and as each row tells it. On both databases."""

import pytest

from gazeti.media.actions import finish_renditions
from gazeti.media.queries import access_to, pending_pictures
from gazeti.media.rules import Access
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
    assert access_to(path) is Access.CLOSED
    absent = [path.replace("c.", "."), path.replace("pictures/", "pictures/z", 1), picture.file.name]
    assert {access_to(one) for one in absent} == {Access.ABSENT}
