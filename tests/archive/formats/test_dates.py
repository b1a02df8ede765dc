"""Days as newspapers write them."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from gazeti.archive.formats.dates import date_of, is_update
from gazeti.archive.formats.found import Confidence, Dated

FOURTH = datetime.date(2024, 7, 4)
NAIROBI = ZoneInfo("Africa/Nairobi")
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "line",
    [
        "Thursday, July 4, 2024",
        "thursday july 4 2024",
        "July 4, 2024",
        "JULY 4, 2024",
        "Jul. 4, 2024",
        "July 4th, 2024",
        "4 July 2024",
        "4th of July 2024",
        "4th July, 2024",
        "04-Jul-2024",
        "Thu 4 Jul 2024",
        "2024-07-04",
        "2024/07/04",
        "Published: Thursday, July 4, 2024",
        "Published on July 4, 2024",
        "Posted on 4 July 2024",
        "Date: 4 July 2024",
        "4 Julai 2024",
        "Alhamisi, 4 Julai 2024",
        "Alhamisi Julai 4, 2024",
        "Imechapishwa: Alhamisi, 4 Julai 2024",
        "Ilichapishwa 4 Julai 2024",
        "Khamiis, Luulyo 4, 2024",
        "4 Luuliyo 2024",
        "La daabacay: 4 Luulyo 2024",
    ],
)
def test_a_day_is_read_surely(line: str) -> None:
    found = date_of(line)
    assert found is not None
    assert (found.value, found.confidence) == (Dated(FOURTH), Confidence.HIGH)


@pytest.mark.parametrize(
    ("line", "day", "confidence"),
    [
        ("04/07/2024", FOURTH, Confidence.LOW),
        ("4.7.2024", FOURTH, Confidence.LOW),
        ("4/7/24", FOURTH, Confidence.LOW),
        ("13/07/2024", datetime.date(2024, 7, 13), Confidence.FAIR),
        ("07/13/2024", datetime.date(2024, 7, 13), Confidence.FAIR),
        ("07/07/2024", datetime.date(2024, 7, 7), Confidence.FAIR),
        ("Friday, July 4, 2024", FOURTH, Confidence.LOW),
        ("Updated: July 4, 2024", FOURTH, Confidence.LOW),
        ("Imesasishwa 4 Julai 2024", FOURTH, Confidence.LOW),
    ],
)
def test_what_can_be_read_otherwise_is_doubted(line: str, day: datetime.date, confidence: Confidence) -> None:
    found = date_of(line)
    assert found is not None
    assert (found.value.day, found.confidence) == (day, confidence)


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("July 4, 2024 9:12 AM", datetime.time(9, 12)),
        ("July 4, 2024, 9:12 p.m.", datetime.time(21, 12)),
        ("July 4, 2024 at 12:05 am", datetime.time(0, 5)),
        ("4 July 2024 - 09:12", datetime.time(9, 12)),
        ("4 July 2024 | 09.12", datetime.time(9, 12)),
        ("2024-07-04T09:12:30", datetime.time(9, 12)),
        ("4 Julai 2024 saa 3:12 asubuhi", None),
    ],
)
def test_a_time_of_day_is_read_where_it_is_plain(line: str, clock: datetime.time | None) -> None:
    found = date_of(line)
    assert found is not None
    assert found.value == Dated(FOURTH, clock)


@pytest.mark.parametrize("line", ["2024-07-04T09:12:30+03:00", "2024-07-04T06:12:30Z", "4 July 2024 09:12 EAT"])
def test_a_written_zone_is_kept(line: str) -> None:
    found = date_of(line)
    assert found is not None
    moment = found.value.moment(ZoneInfo("America/New_York"), now=NOW)
    assert moment == datetime.datetime(2024, 7, 4, 6, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "July",
        "4 July",
        "2024",
        "31 June 2024",
        "2024-13-40",
        "99/99/9999",
        "0/0/0000",
        "July 4, 2024 the county opened the bridge",
        "On July 4, 2024",
        "4 of 2024",
        "July 4, 2024 25:70",
        "July 4, 2024 13:00 pm",
        "2024-07-04T09:12+99:99",
        "4 July 2024 " + "x" * 100,
        "1/0",
        "1.0.0.1",
        "10.20.30.40",
    ],
)
def test_what_is_no_whole_date_is_none(line: str) -> None:
    assert date_of(line) is None


def test_an_update_is_told_from_a_publication() -> None:
    assert is_update("Last updated: July 4, 2024")
    assert not is_update("Published: July 4, 2024")


def test_a_day_without_a_time_is_noon_in_the_newsroom() -> None:
    assert Dated(FOURTH).moment(NAIROBI, now=NOW) == datetime.datetime(2024, 7, 4, 12, tzinfo=NAIROBI)


def test_today_is_never_later_than_now() -> None:
    morning = datetime.datetime(2024, 7, 4, 9, tzinfo=NAIROBI)
    assert Dated(FOURTH).moment(NAIROBI, now=morning) == morning
