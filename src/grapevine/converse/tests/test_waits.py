"""The clocks of threads, and what is counted along with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import waits
from grapevine.converse.models import Kind, Rollup, Tally, Target, Thread, Turn
from grapevine.core.testing import NOON

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # ten o'clock in Copenhagen
HOUR = timedelta(hours=1)


def make_thread(**values: object) -> Thread:
    if "team" not in values:
        values["team"] = testing.make_team(zone="Europe/Copenhagen")
    return testing.make_thread(at=MONDAY, waiting_since=None, due_at=None, **values)


@pytest.fixture(autouse=True)
def sums_are_right() -> object:
    yield
    assert testing.check_sums() == []


def test_an_answer_is_due_after_eight_hours_of_work() -> None:
    thread = make_thread()
    waits.ours(thread, since=MONDAY, at=MONDAY)
    assert thread.waiting_since == MONDAY
    assert thread.due_at == MONDAY + 24 * HOUR  # seven hours today, one tomorrow from nine o'clock


def test_a_second_message_does_not_begin_their_wait_anew() -> None:
    thread = make_thread()
    waits.ours(thread, since=MONDAY, at=MONDAY)
    before = thread.due_at
    waits.ours(thread, since=MONDAY + HOUR, at=MONDAY + HOUR)
    assert (thread.waiting_since, thread.due_at) == (MONDAY, before)
    assert Turn.objects.count() == 1


def test_an_answer_ends_the_turn_and_is_counted_in_time() -> None:
    thread = make_thread()
    waits.opened(thread, at=MONDAY)
    waits.ours(thread, since=MONDAY, at=MONDAY)
    waits.answered(thread, at=MONDAY + 2 * HOUR)
    assert (thread.waiting_since, thread.due_at) == (None, None)
    counted = Tally.objects.get(kind=Kind.ANSWERED)
    assert (counted.seconds, counted.in_time, counted.team_id) == (7200, True, thread.team_id)
    day = Rollup.objects.get(span="d")
    assert (day.opened, day.answered, day.in_time, day.seconds, day.took_05) == (1, 1, 1, 7200, 1)


def test_a_late_answer_is_counted_as_late() -> None:
    thread = make_thread()
    waits.ours(thread, since=MONDAY, at=MONDAY)
    waits.answered(thread, at=MONDAY + timedelta(days=3))
    assert Tally.objects.get().in_time is False


def test_an_answer_to_nobody_who_waits_counts_for_nothing() -> None:
    thread = make_thread()
    waits.answered(thread, at=MONDAY)
    assert not Tally.objects.exists()


def test_the_clock_stands_while_we_wait_for_them_and_runs_on_with_what_was_left() -> None:
    thread = make_thread()
    waits.ours(thread, since=MONDAY, at=MONDAY)
    waits.paused(thread, at=MONDAY + 3 * HOUR)
    assert (thread.waiting_since, thread.due_at) == (None, None)
    tuesday = MONDAY + timedelta(days=1)
    waits.ours(thread, since=tuesday, at=tuesday)
    assert thread.due_at == tuesday + 5 * HOUR
    assert thread.waiting_since == MONDAY


def test_a_resolution_is_counted_and_taken_back_when_it_is_undone() -> None:
    thread = make_thread()
    waits.ours(thread, since=MONDAY, at=MONDAY)
    due = thread.due_at
    waits.resolved(thread, at=MONDAY + HOUR)
    assert (Rollup.objects.get(span="m").resolved, thread.due_at) == (1, None)
    waits.restored(thread, before="resolved", at=MONDAY + 2 * HOUR)
    assert (thread.due_at, thread.waiting_since) == (due, MONDAY)
    assert Rollup.objects.get(span="m").resolved == 0
    assert not Tally.objects.exists()


def test_after_spam_is_undone_a_thread_that_waited_for_them_waits_for_them_again() -> None:
    thread = make_thread()
    waits.ours(thread, since=MONDAY, at=MONDAY)
    waits.paused(thread, at=MONDAY + HOUR)
    waits.closed(thread, at=MONDAY + HOUR)
    thread.status = "waiting"
    waits.restored(thread, before="spam", at=MONDAY + 2 * HOUR)
    assert thread.due_at is None
    waits.ours(thread, since=MONDAY + 3 * HOUR, at=MONDAY + 3 * HOUR)
    assert thread.waiting_since == MONDAY


def test_an_answer_that_resolves_is_counted_once_it_is_there() -> None:
    thread = make_thread()
    waits.ours(thread, since=MONDAY, at=MONDAY)
    waits.resolved(thread, at=MONDAY + HOUR, answer_follows=True)
    assert thread.due_at is None
    waits.answered(thread, at=MONDAY + HOUR)
    day = Rollup.objects.get(span="d")
    assert (day.resolved, day.answered, day.in_time) == (1, 1, 1)


def test_undoing_that_a_thread_was_opened_again_leaves_it_counted_as_resolved() -> None:
    thread = make_thread()
    waits.resolved(thread, at=MONDAY)
    waits.ours(thread, since=MONDAY + HOUR, at=MONDAY + HOUR)
    thread.status = "resolved"
    waits.restored(thread, before="open", at=MONDAY + 2 * HOUR)
    assert (thread.due_at, Tally.objects.get().kind) == (None, Kind.RESOLVED)


def test_another_priority_is_due_anew_since_they_began_to_wait() -> None:
    thread = make_thread()
    waits.ours(thread, since=MONDAY, at=MONDAY)
    thread.priority = 1
    assert waits.changed([thread], at=MONDAY + 3 * HOUR) == [thread]
    assert thread.due_at == MONDAY + HOUR
    assert waits.changed([thread], at=MONDAY + 3 * HOUR) == []


def test_a_channels_own_target_goes_before_that_of_all() -> None:
    thread = make_thread()
    Target.objects.create(channel="", priority=3, minutes=30)
    waits.ours(thread, since=MONDAY, at=MONDAY)
    assert thread.due_at == MONDAY + timedelta(minutes=30)
    Target.objects.create(channel=thread.source.connector, priority=3, minutes=120, by_clock=True)
    waits.changed([thread], at=MONDAY)
    assert thread.due_at == MONDAY + 2 * HOUR


def test_a_team_that_is_never_there_is_measured_by_the_clock() -> None:
    thread = make_thread(team=testing.make_team(week=[]))
    waits.ours(thread, since=MONDAY, at=MONDAY)
    assert thread.due_at == MONDAY + 8 * HOUR


def test_what_was_counted_outlives_a_forgotten_thread() -> None:
    thread = make_thread()
    waits.opened(thread, at=NOON)
    thread.delete()
    assert Rollup.objects.get(span="d").opened == 1
    assert Tally.objects.get().thread_id is None


def test_a_holiday_of_the_teams_country_is_no_working_day() -> None:
    friday = datetime(
        2026, 4, 2, 7, 0, tzinfo=UTC
    )  # Maundy Thursday, a holiday in Denmark; then comes Easter
    thread = make_thread(team=testing.make_team(zone="Europe/Copenhagen", country="DK"))
    waits.ours(thread, since=friday, at=friday)
    assert thread.due_at == datetime(2026, 4, 7, 15, 0, tzinfo=UTC)
