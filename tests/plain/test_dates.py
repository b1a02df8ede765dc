"""Dates stand as a newspaper writes them."""

from datetime import UTC, date, datetime

import pytest

from gazeti.plain import dates

MOMENT = datetime(2024, 7, 4, 6, 12, tzinfo=UTC)
NAIROBI = "Africa/Nairobi"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-KE", "4 July 2024"),
        ("en", "4 July 2024"),
        ("sw", "4 Julai 2024"),
        ("so", "4 Luulyo 2024"),
        ("xx", "4 July 2024"),
    ],
)
def test_the_day_stands_before_the_month_in_each_language(language: str, expected: str) -> None:
    assert dates.written_date(MOMENT, language=language, time_zone=NAIROBI) == expected


def test_a_plain_date_is_written_as_it_is() -> None:
    assert dates.written_date(date(2024, 7, 4), language="en-KE", time_zone=NAIROBI) == "4 July 2024"


def test_the_time_zone_decides_the_day() -> None:
    late = datetime(2024, 7, 4, 22, 30, tzinfo=UTC)
    assert dates.written_date(late, language="en", time_zone=NAIROBI) == "5 July 2024"
    assert dates.machine_date(late, time_zone=NAIROBI) == "2024-07-05"


@pytest.mark.parametrize(("language", "expected"), [("en-KE", "9:12 am"), ("en", "9:12 am"), ("sw", "09:12")])
def test_english_counts_to_twelve_and_others_to_twenty_four(language: str, expected: str) -> None:
    assert dates.written_time(MOMENT, language=language, time_zone=NAIROBI) == expected


def test_a_moment_is_day_and_time() -> None:
    assert dates.written_moment(MOMENT, language="en-KE", time_zone=NAIROBI) == "4 July 2024, 9:12 am"


def test_a_day_may_stand_without_its_year() -> None:
    assert dates.written_day(MOMENT, language="en-KE", time_zone=NAIROBI) == "4 July"


def test_machines_get_the_offset() -> None:
    assert dates.machine_moment(MOMENT, time_zone=NAIROBI) == "2024-07-04T09:12+03:00"


@pytest.mark.parametrize("moment", [datetime(9999, 12, 31, 23, 59, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)])
@pytest.mark.parametrize("time_zone", [NAIROBI, "America/New_York"])
def test_a_moment_that_no_zone_can_move_is_written_in_its_own(moment: datetime, time_zone: str) -> None:
    where = {"language": "en", "time_zone": time_zone}
    assert dates.machine_moment(moment, time_zone=time_zone)[:4] == f"{moment.year:04}"
    assert datetime.fromisoformat(dates.machine_moment(moment, time_zone=time_zone)).tzinfo
    assert dates.machine_date(moment, time_zone=time_zone) == moment.date().isoformat()
    assert str(moment.year) in dates.written_moment(moment, **where)
    assert dates.written_day(moment, **where)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.written_moment(datetime(2024, 7, 4), language="en", time_zone=NAIROBI)  # noqa: DTZ001 (that is the point)
