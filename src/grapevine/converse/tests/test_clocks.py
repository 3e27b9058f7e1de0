"""Business time, against a reference that looks at the clock on the wall minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grapevine.converse import clocks
from grapevine.converse.clocks import DAY, Hours, Span, Watch

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OFFICE = tuple(Span(day, 9 * 60, 17 * 60) for day in range(5))
# Zones that change by an hour, by half an hour, not at all, that skipped a whole day, and at midnight.
ZONES = [
    "Europe/Stockholm",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Asuncion",
    "UTC",
]
# Days around the changes of the clock of those zones, and some plain ones.
DAYS = [date(2026, 3, 28), date(2026, 10, 24), date(2026, 3, 7), date(2026, 10, 31), date(2026, 4, 4), date(2026, 10, 3), date(2024, 3, 23), date(2026, 6, 10)]  # fmt: skip


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def shows_open(hours: Hours, at: datetime) -> bool:
    """The reference: what does the clock on the wall show at this minute, and is that within what began today or yesterday?"""
    local = at.astimezone(hours.zone).replace(tzinfo=None)
    for days_ago in range(3):
        day = local.date() - timedelta(days=days_ago)
        minute = int((local - datetime.combine(day, datetime.min.time())).total_seconds() // 60)
        if day not in hours.closed and any(
            span.weekday == day.weekday() and span.start <= minute < span.end for span in hours.week
        ):
            return True
    return False


def slowly_spent(hours: Hours, start: datetime, end: datetime) -> timedelta:
    minutes = int((end - start).total_seconds() // 60)
    return timedelta(minutes=sum(shows_open(hours, start + timedelta(minutes=m)) for m in range(minutes)))


def slowly_due(hours: Hours, since: datetime, target: timedelta, within: int) -> datetime | None:
    left = int(target.total_seconds() // 60)
    for minute in range(within):
        at = since + timedelta(minutes=minute)
        if shows_open(hours, at):
            if left == 0:
                return at
            left -= 1
            if left == 0:
                return at + timedelta(minutes=1)
    return None


spans = st.builds(
    lambda weekday, start, length: Span(weekday, start, start + length),
    st.integers(0, 6),
    st.integers(0, DAY - 1),
    st.integers(1, DAY),
)
moments = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from(DAYS),
    st.integers(0, 2 * DAY),
)
calendars = st.builds(
    lambda zone, week, closed: Hours(ZoneInfo(zone), tuple(week), frozenset(closed)),
    st.sampled_from(ZONES),
    st.lists(spans, max_size=6),
    st.lists(
        st.builds(lambda day, more: day + timedelta(days=more), st.sampled_from(DAYS), st.integers(0, 3)),
        max_size=3,
    ),
)


@settings(max_examples=60)
@given(calendars, moments, st.integers(0, 2 * DAY))
@example(Hours(COPENHAGEN, (Span(6, 90, 150),)), utc(2026, 3, 29, 0, 0), 300)
@example(Hours(COPENHAGEN, (Span(6, 130, 170),)), utc(2026, 10, 25, 0, 0), 300)
def test_time_spent_is_what_the_clock_on_the_wall_shows_minute_by_minute(
    hours: Hours, start: datetime, minutes: int
) -> None:
    end = start + timedelta(minutes=minutes)
    assert clocks.spent(hours, start, end) == slowly_spent(hours, start, end)


@settings(max_examples=60)
@given(calendars, moments, st.integers(0, 600))
def test_an_answer_is_due_when_the_minutes_of_the_target_are_used_up(
    hours: Hours, since: datetime, minutes: int
) -> None:
    target = timedelta(minutes=minutes)
    within = 3 * DAY
    found, slowly = clocks.due(since, target, hours), slowly_due(hours, since, target, within)
    if slowly is None:
        assert found is None or found >= since + timedelta(minutes=within)
    else:
        assert found == slowly


@given(calendars, moments)
def test_being_open_and_the_next_opening_agree(hours: Hours, at: datetime) -> None:
    opens = clocks.opens(hours, at)
    assert clocks.is_open(hours, at) == shows_open(hours, at) == (opens == at)
    if opens is not None and opens > at:
        assert clocks.spent(hours, at, opens) == timedelta(0)
        assert clocks.is_open(hours, opens)


@given(calendars, moments, st.integers(1, 400), st.integers(1, 3000), st.integers(1, 3000))
def test_a_pause_costs_nothing_and_what_is_left_is_due_after_it(
    hours: Hours, since: datetime, minutes: int, first: int, pause: int
) -> None:
    target = timedelta(minutes=minutes)
    stopped_at = since + timedelta(minutes=first)
    watch = Watch().run(since).stop(stopped_at, hours)
    assert watch.due(target, hours) is None
    assert watch.spent == clocks.spent(hours, since, stopped_at)
    again = watch.run(stopped_at + timedelta(minutes=pause))
    found = again.due(target, hours)
    if found is not None and watch.spent < target:
        assert again.shows(found, hours) == target


def test_eight_hours_begun_on_friday_afternoon_are_due_on_monday() -> None:
    hours = Hours(COPENHAGEN, OFFICE)
    assert clocks.due(utc(2026, 3, 6, 14), timedelta(hours=8), hours) == utc(2026, 3, 9, 14)


def test_a_closed_day_is_leapt_over() -> None:
    hours = Hours(COPENHAGEN, OFFICE, frozenset({date(2026, 3, 9)}))
    assert clocks.due(utc(2026, 3, 6, 14), timedelta(hours=8), hours) == utc(2026, 3, 10, 14)


def test_over_the_change_to_summer_time_nine_oclock_stays_nine_oclock() -> None:
    hours = Hours(COPENHAGEN, OFFICE)
    assert clocks.opens(hours, utc(2026, 3, 27, 18)) == utc(2026, 3, 30, 7)
    assert clocks.opens(hours, utc(2026, 3, 20, 18)) == utc(2026, 3, 23, 8)


def test_the_night_of_the_change_is_an_hour_shorter_or_longer() -> None:
    night = Hours(COPENHAGEN, (Span(5, 22 * 60, 30 * 60),))
    assert clocks.spent(night, utc(2026, 3, 28), utc(2026, 3, 30)) == timedelta(hours=7)
    assert clocks.spent(night, utc(2026, 10, 24), utc(2026, 10, 26)) == timedelta(hours=9)


def test_a_night_that_began_before_a_closed_day_goes_on_to_its_end() -> None:
    night = Hours(
        ZoneInfo("UTC"), (Span(0, 22 * 60, 30 * 60), Span(1, 22 * 60, 30 * 60)), frozenset({date(2026, 3, 3)})
    )
    assert clocks.openings(night, utc(2026, 3, 2), utc(2026, 3, 5)) == [
        (utc(2026, 3, 2, 22), utc(2026, 3, 3, 6))
    ]


def test_without_hours_the_clock_never_stops_and_with_none_at_all_it_never_runs() -> None:
    assert clocks.due(utc(2026, 3, 6), timedelta(hours=1), None) == utc(2026, 3, 6, 1)
    assert clocks.spent(None, utc(2026, 3, 6), utc(2026, 3, 7)) == timedelta(days=1)
    assert clocks.due(utc(2026, 3, 6), timedelta(hours=1), Hours(COPENHAGEN)) is None


def test_what_was_used_up_before_is_due_as_soon_as_it_is_our_turn_again() -> None:
    watch = Watch(None, timedelta(hours=3)).run(utc(2026, 3, 6, 10))
    assert watch.due(timedelta(hours=1), None) == utc(2026, 3, 6, 10)


def test_remaining_goes_below_nothing_when_it_is_late() -> None:
    assert clocks.remaining(utc(2026, 3, 6), timedelta(hours=1), None, utc(2026, 3, 6, 3)) == timedelta(
        hours=-2
    )


def test_spans_of_a_day_that_touch_are_made_one() -> None:
    assert clocks.week_of([[0, 540, 720], [0, 720, 1020], [1, 540, 600]]) == (
        Span(0, 540, 1020),
        Span(1, 540, 600),
    )


@pytest.mark.parametrize("row", [(7, 0, 60), (0, 60, 60), (0, 1440, 1500), (0, 0, 2881)])
def test_a_span_that_is_none_is_refused(row: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(*row)


def test_a_week_round_the_clock_never_closes() -> None:
    always = tuple(Span(day, 0, DAY) for day in range(7))
    assert clocks.never_closes(always)
    assert clocks.closes(Hours(COPENHAGEN, always), utc(2026, 3, 6)) is None
    assert not clocks.never_closes(always[:6])
    assert not clocks.never_closes(())
    assert clocks.closes(Hours(COPENHAGEN, OFFICE), utc(2026, 3, 6, 9)) == utc(2026, 3, 6, 16)
