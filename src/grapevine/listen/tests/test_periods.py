"""Which stretch of time a page is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.listen import periods

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)


def _chosen(**params: str) -> periods.Period:
    return periods.chosen(
        {name.rstrip("_"): value for name, value in params.items()}, now=NOW, zone=STOCKHOLM
    )


def test_thirty_days_are_chosen_when_nothing_is_asked_for_or_nonsense():
    for asked in ({}, {"period": "x"}, {"from": "never", "to": "0000-00-00"}, {"from": "9999-12-31x"}):
        period = periods.chosen(asked, now=NOW, zone=STOCKHOLM)
        assert (period.key, period.days, period.last) == ("30", 30, date(2026, 11, 21)), asked


def test_the_days_are_those_of_the_readers_time_zone():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # past midnight in Stockholm
    assert periods.chosen({}, now=late, zone=STOCKHOLM).last == date(2026, 11, 22)
    assert periods.chosen({}, now=late, zone=UTC).last == date(2026, 11, 21)


def test_the_time_before_ends_at_the_same_hour_of_its_own_last_day():
    period = _chosen(period="30")
    assert period.end_at.astimezone(STOCKHOLM).hour == 23
    assert period.before_end_at.astimezone(STOCKHOLM).hour == 23  # across the end of summer time
    assert period.before_end_at.astimezone(STOCKHOLM).date() == date(2026, 10, 22)


def test_own_dates_are_put_in_order_and_the_future_is_cut_off():
    period = _chosen(from_="2026-12-24", to="2026-11-01")
    assert (period.first, period.last, period.clipped) == (date(2026, 11, 1), date(2026, 11, 21), True)


def test_own_dates_reach_five_years_at_most():
    period = _chosen(from_="1971-01-01", to="2026-11-01")
    assert period.days == periods.LONGEST
    assert period.clipped


@pytest.mark.parametrize(
    ("key", "count", "length"), [("7", 7, 1), ("30", 30, 1), ("90", 90, 1), ("12m", 52, 7)]
)
def test_a_curve_has_pieces_of_one_length(key, count, length):
    pieces = _chosen(period=key).buckets()
    assert len(pieces) == count
    assert {round((one.end_at - one.start_at) / timedelta(days=1)) for one in pieces[:-1]} == {length}


@given(
    first=st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    last=st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    now=st.datetimes(datetime(1999, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(
        ["UTC", "Europe/Stockholm", "Pacific/Kiritimati", "America/St_Johns", "Pacific/Apia"]
    ),
)
def test_the_pieces_cover_the_period_without_gap_or_overlap(first, last, now, zone):
    period = periods.chosen({"from": first.isoformat(), "to": last.isoformat()}, now=now, zone=ZoneInfo(zone))
    for before in (False, True):
        pieces = period.buckets(before=before)
        assert pieces[0].start_at == (period.before_start_at if before else period.start_at)
        assert pieces[-1].end_at == (period.before_end_at if before else period.end_at)
        assert all(one.end_at == other.start_at for one, other in pairwise(pieces))
    assert len(period.buckets()) <= periods.LONGEST // 7 + 1
