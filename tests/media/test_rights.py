"""A picture whose last day has passed is marked so, and free again with a later day, whoever saves it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from gazeti.media.actions import settle_rights
from gazeti.media.models import Picture
from gazeti.media.queries import pictures_past_rights
from gazeti.media.rules import rights_are_over
from tests.media.pictures import keep

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LAST_DAY = date(2024, 7, 4)
# In Nairobi, where the tests' newsroom is.
EVENING = datetime(2024, 7, 4, 20, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2024, 7, 4, 21, tzinfo=UTC)


def is_over(picture: Picture) -> bool:
    return Picture.objects.get(pk=picture.pk).rights_over


def with_rights_until(day: date | None) -> Picture:
    picture = keep()
    picture.rights_end = day
    picture.save()
    return picture


def test_it_may_be_shown_on_its_last_day_and_not_after() -> None:
    assert not rights_are_over(LAST_DAY, today=LAST_DAY)
    assert rights_are_over(LAST_DAY, today=LAST_DAY + timedelta(days=1))
    assert not rights_are_over(None, today=LAST_DAY)


def test_at_midnight_where_the_newsroom_is_it_is_marked_once() -> None:
    picture = with_rights_until(LAST_DAY)
    Picture.objects.filter(pk=picture.pk).update(rights_over=False)
    assert pictures_past_rights(now=EVENING) == []
    assert not settle_rights(picture, now=EVENING)
    assert pictures_past_rights(now=MIDNIGHT) == [picture]
    assert settle_rights(picture, now=MIDNIGHT)
    assert is_over(picture)
    assert not settle_rights(picture, now=MIDNIGHT)
    assert pictures_past_rights(now=MIDNIGHT) == []


def test_a_later_day_or_none_frees_it_and_an_earlier_one_ends_it_at_once() -> None:
    picture = with_rights_until(timezone.localdate() - timedelta(days=1))
    for day, over in ((timezone.localdate(), False), (LAST_DAY, True), (None, False)):
        picture.rights_end = day
        picture.save()
        assert is_over(picture) is over


def test_whoever_saves_an_older_copy_does_not_take_the_end_back() -> None:
    picture = with_rights_until(LAST_DAY)
    older = Picture.objects.get(pk=picture.pk)
    older.rights_over, older.credit = False, "Amina Farah"
    older.save()
    assert is_over(picture)
