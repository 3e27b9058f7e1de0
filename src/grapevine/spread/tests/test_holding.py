"""A forecast held against what happened: pure."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from grapevine.core.testing import NOON
from grapevine.spread import holding
from grapevine.spread.outcomes import Course, Outcome


def outcome() -> Outcome:
    """Foretells 10, 20, 30 people after three steps, give or take a fifth."""
    mean = (10.0, 20.0, 30.0, 30.0)
    return Outcome(
        people=100, wanted=10, seeds=10, runs=1000, sure=False, mean=30, stderr=0.1, global_share=1.0,
        hundredths=tuple(24 + 0.12 * place for place in range(101)), counts=(1000,),
        course=Course(mean, tuple(0.8 * one for one in mean), tuple(1.2 * one for one in mean)),
    )  # fmt: skip


def joined(*days: float) -> list:
    return [NOON + timedelta(days=day) for day in days]


def held(real: list, *, until: float) -> holding.Held | None:
    return holding.held(
        outcome(), begins_at=NOON, step_hours=24, joined=real, until=NOON + timedelta(days=until)
    )


def test_before_it_begins_there_is_nothing_to_hold() -> None:
    assert held([], until=-1) is None


def test_what_comes_as_foretold_is_a_hit() -> None:
    found = held(joined(*[0.5] * 10, *[1.9] * 9, *[2.5] * 11), until=5)
    assert found is not None
    assert (found.verdict, found.is_over, found.real, found.within) == (holding.HIT, True, 30, 1.0)
    assert found.below == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("count", "verdict"), [(3, holding.LOW), (60, holding.HIGH)])
def test_too_few_and_too_many_are_misses(count: int, verdict: str) -> None:
    found = held(joined(*[0.5] * count), until=5)
    assert found is not None
    assert found.verdict == verdict


def test_while_it_runs_only_what_is_over_is_judged() -> None:
    found = held(joined(*[0.1] * 10, *[0.9] * 10), until=1.5)
    assert found is not None
    assert not found.is_over
    assert [one.real for one in found.steps] == [0, 20, None, None]
    assert found.verdict == holding.HIT


def test_those_who_begin_are_counted_alike_on_both_sides() -> None:
    """Both lines begin with nobody, and after the first step with those who began."""
    found = held(joined(*[0.2] * 10), until=1)
    assert found is not None
    assert [(one.mean, one.real) for one in found.steps[:2]] == [(0, 0), (10, 10)]


def test_an_end_that_was_hit_by_another_way_is_no_hit() -> None:
    found = held(joined(*[0.5] * 2, *[1.5] * 2, *[2.9] * 26), until=5)
    assert found is not None
    assert (found.real, found.verdict) == (30, holding.END)
    assert found.within == pytest.approx(1 / 2)


def test_who_joined_before_it_began_does_not_count() -> None:
    found = held(joined(-3, -2, 0.5), until=5)
    assert found is not None
    assert found.real == 1


def test_the_score_of_one_number_is_its_distance_and_a_true_forecast_scores_best() -> None:
    assert holding.score([7.0] * 101, 10) == pytest.approx(3)
    dice = np.random.default_rng(4)
    sharp = np.quantile(dice.normal(100, 5, 50_000), np.linspace(0, 1, 101))
    wide = np.quantile(dice.normal(100, 20, 50_000), np.linspace(0, 1, 101))
    off = np.quantile(dice.normal(120, 5, 50_000), np.linspace(0, 1, 101))
    real = dice.normal(100, 5, 500)
    scores = [np.mean([holding.score(tuple(one), value) for value in real]) for one in (sharp, wide, off)]
    assert scores[0] == min(scores)
    # Of a normal forecast it is sigma over the root of pi.
    assert scores[0] == pytest.approx(5 / np.sqrt(np.pi), rel=0.1)
