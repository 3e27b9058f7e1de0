"""Moments counted by the reader's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from grapevine.spread import calendars

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    with timezone.override(STOCKHOLM):
        yield


def test_days_are_those_of_the_calendar_though_the_clock_changes() -> None:
    """The first joined at 19:12 on the 23rd: what comes after midnight is of the 24th, and so on over the longer day of the 25th."""
    first = datetime(2026, 10, 23, 19, 12, tzinfo=STOCKHOLM)
    moments = [first + timedelta(hours=hours) for hours in (0, 4, 5, 20, 40, 52, 80)]
    days = calendars.counted(moments, "day")
    assert [(timezone.localtime(at).strftime("%d %H:%M"), count) for at, count in days] == [
        ("23 00:00", 2), ("24 00:00", 2), ("25 00:00", 2), ("26 00:00", 0), ("27 00:00", 1),
    ]  # fmt: skip


def test_no_hour_is_lost_and_none_doubled_when_the_clock_changes() -> None:
    moments = [datetime(2026, 10, 24, 23, 10, tzinfo=UTC) + timedelta(hours=hour) for hour in range(5)]
    assert [count for _at, count in calendars.counted(moments, "hour")] == [1, 1, 1, 1, 1]


def test_weeks_begin_on_monday() -> None:
    found = calendars.counted([datetime(2026, 10, 23, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC)], "week")
    assert [timezone.localtime(at).strftime("%a %d") for at, _count in found] == [
        "Mon 19",
        "Mon 26",
        "Mon 02",
    ]


def test_nothing_counted_is_nothing() -> None:
    assert calendars.counted([], "day") == ()


def test_a_time_of_whole_days_is_told_by_its_first_and_last_day() -> None:
    begins, ends = datetime(2026, 10, 23, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC)
    days = calendars.days(begins, ends)
    assert days is not None
    assert [one.day for one in days] == [23, 3]
    assert calendars.days(begins, ends + timedelta(hours=5)) is None
