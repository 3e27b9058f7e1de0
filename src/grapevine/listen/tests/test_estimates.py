"""How much a watch will catch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from grapevine.listen import estimates
from grapevine.listen.views import verdicts

START = datetime(2026, 11, 1, tzinfo=UTC)


def _estimate(moments, *, days, scanned=1000):
    return estimates.per_day(
        moments, scanned=scanned, oldest_at=START, newest_at=START + timedelta(days=days)
    )


def test_nothing_scanned_is_no_estimate():
    assert _estimate([], days=10, scanned=0) is None


def test_nothing_caught_still_has_an_upper_end():
    estimate = _estimate([], days=10)
    assert (estimate.per_day, estimate.low) == (0, 0)
    assert estimate.high == pytest.approx(0.369, abs=0.01)  # the exact Poisson limit for none seen is 3.69
    assert estimate.is_rough


def test_the_limits_are_close_to_the_exact_ones():
    # Exact limits for 10 and 100 events: 4.795–18.39 and 81.36–121.63 (Garwood 1936).
    for count, low, high in ((10, 4.795, 18.39), (100, 81.36, 121.63)):
        spread = [START + timedelta(days=1) * n / count for n in range(count)]
        estimate = _estimate(spread, days=1)
        assert estimate.low == pytest.approx(low, rel=0.02)
        assert estimate.high == pytest.approx(high, rel=0.02)


def test_a_burst_widens_the_range():
    even = [START + timedelta(days=n / 5) for n in range(100)]
    burst = [START + timedelta(days=7, minutes=n) for n in range(80)] + even[::5]
    steady, bursty = _estimate(even, days=20), _estimate(burst, days=20)
    assert steady.per_day == bursty.per_day == 5
    assert bursty.high - bursty.low > 2 * (steady.high - steady.low)


def test_a_minute_of_posts_is_not_blown_up_to_a_million_a_day():
    estimate = estimates.per_day([START] * 3, scanned=3, oldest_at=START, newest_at=START)
    assert estimate.per_day == 72  # three in an hour at most


@pytest.mark.parametrize("day", [0, 10, 290])
def test_a_heap_at_one_moment_promises_no_pace(day):
    moments = [START + timedelta(days=day)] * 7240 + [START + timedelta(days=4.5 * n) for n in range(65)]
    estimate = _estimate(moments, days=290, scanned=len(moments))
    assert (estimate.heaped, estimate.tells_no_pace, estimate.is_rough) == (
        7240 + (day == 0),
        True,
        True,
    )
    assert estimate.high - estimate.low > 100  # and not "between 24 and 26"
    figure, note = verdicts.expected(estimate)
    assert figure == "pace unknown"
    assert "bear the same moment" in note


def test_a_few_posts_of_one_second_are_no_heap():
    steady = [START + timedelta(days=n / 5) for n in range(100)]
    estimate = _estimate([*steady, *[START] * 9], days=20)
    assert not estimate.tells_no_pace


def test_the_range_holds_the_truth_nineteen_times_out_of_twenty():
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        moments = [START + timedelta(days=float(day)) for day in rng.uniform(0, 30, rng.poisson(3 * 30))]
        estimate = _estimate(moments, days=30)
        held += estimate.low <= 3 <= estimate.high
    assert held / 400 > 0.93
