"""Marks on an axis of time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from grapevine.spread import time_marks

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(day: int, hour: int = 0, *, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def _reader() -> object:
    with timezone.override(STOCKHOLM):
        yield


def test_days_stand_evenly_on_their_midnights_across_the_change_of_the_clock() -> None:
    found = time_marks.marks(at(23, 19), at(29, 3))
    assert [word for _at, word in found] == [f"{day} October" for day in range(24, 30)]
    assert all(timezone.localtime(moment).hour == 0 for moment, _word in found)


def test_hours_are_told_with_their_day_once() -> None:
    found = time_marks.marks(at(3, 19), at(4, 13))
    assert [word for _at, word in found] == [
        "3 October, 21:00",
        "4 October",
        "03:00",
        "06:00",
        "09:00",
        "12:00",
    ]


def test_so_many_marks_at_most_however_long_it_takes() -> None:
    for end in (at(23, 1), at(23, 12), at(26), at(31), at(20, month=11), at(30, month=12)):
        assert 1 <= len(time_marks.marks(at(23), end)) <= 8
