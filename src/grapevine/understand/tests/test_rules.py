"""Drawing by strata, and limits of what counts as sure."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.understand import rules


def limit(likely: Any, right: Any, wish: float, weight: Any = None) -> rules.Limit | None:
    return rules.limit(likely, right, np.ones(len(likely)) if weight is None else weight, wish)


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=300), st.integers(12, 60), st.integers(0, 9))
def test_a_draw_takes_nobody_twice_and_stands_for_all(strata: list[str], size: int, seed: int) -> None:
    drawn = rules.draw(strata, [(str(n),) for n in range(len(strata))], size, seed=seed)
    assert len({one.place for one in drawn}) == len(drawn) == min(size, len(strata))
    for stratum, count in Counter(strata).items():
        assert sum(one.weight for one in drawn if one.stratum == stratum) == pytest.approx(count)
        assert all(strata[one.place] == one.stratum for one in drawn)


def test_rare_strata_are_drawn_more_often_than_their_share() -> None:
    found = rules.shares_of(50, {"neutral sure": 1900, "negative sure": 80, "positive unsure": 20})
    assert sum(found.values()) == 50
    assert found["positive unsure"] >= 3
    assert found["neutral sure"] > found["negative sure"] > found["positive unsure"]


def test_figures_of_draws_are_right_on_average() -> None:
    dice = np.random.default_rng(4)
    strata = dice.choice(["a", "b", "c"], 1000, p=[0.8, 0.15, 0.05]).tolist()
    right = np.array([dice.random() < {"a": 0.9, "b": 0.5, "c": 0.2}[one] for one in strata])
    order = [(str(n % 4), f"{n:05}") for n in range(1000)]
    estimates = []
    for seed in range(300):
        drawn = rules.draw(strata, order, 50, seed=seed)
        weight = np.array([one.weight for one in drawn])
        estimates.append(np.average(right[[one.place for one in drawn]], weights=weight))
    assert np.mean(estimates) == pytest.approx(right.mean(), abs=0.01)


def test_the_same_seed_draws_the_same() -> None:
    order = [(str(n),) for n in range(100)]
    assert rules.draw(["a"] * 100, order, 10, seed=3) == rules.draw(["a"] * 100, order, 10, seed=3)
    assert rules.draw(["a"] * 100, order, 10, seed=3) != rules.draw(["a"] * 100, order, 10, seed=4)


def test_a_limit_is_the_least_likelihood_that_keeps_the_wish() -> None:
    likely = np.linspace(0.99, 0.40, 60)
    right = np.arange(60) < 40
    found = limit(likely, right, 0.8)
    assert found is not None
    assert (found.right, found.is_reached) == (40, True)
    assert 44 <= found.count <= 50  # 50 of these labels alone; what is smooth is a little more careful
    assert found.threshold == pytest.approx(likely[found.count - 1])


@pytest.mark.parametrize("wish", [0.8, 0.9])
def test_a_limit_is_seldom_one_that_keeps_the_wish_by_luck(wish: float) -> None:
    dice = np.random.default_rng(3)
    reached = missed = 0
    for _ in range(400):
        likely = 0.34 + 0.66 * dice.beta(4, 2, 50)
        found = limit(likely, dice.random(50) < likely, wish)
        if found is not None and found.is_reached:
            others = 0.34 + 0.66 * dice.beta(4, 2, 4000)
            reached += 1
            missed += others[others >= found.threshold].mean() < wish - 0.03
    assert reached > 40
    assert missed < 0.2 * 400


def test_a_wish_out_of_reach_gets_the_best_there_is_and_says_so() -> None:
    likely = np.linspace(0.99, 0.40, 60)
    found = limit(likely, np.arange(60) % 2 == 0, 0.95)
    assert found is not None
    assert not found.is_reached
    assert found.count >= rules.ENOUGH_FOR_A_LIMIT


def test_texts_of_the_same_likelihood_are_on_the_same_side() -> None:
    likely = np.array([0.9] * 25 + [0.5] * 10)
    found = limit(likely, np.array([True] * 20 + [False] * 5 + [False] * 10), 0.8)
    assert found is not None and (found.threshold, found.count) == (0.9, 25)


def test_a_label_counts_for_as_many_texts_as_it_stands_for() -> None:
    likely = np.linspace(0.99, 0.40, 40)
    right = np.arange(40) % 2 == 0
    weight = np.where(right, 9.0, 1.0)
    found, alike = limit(likely, right, 0.8, weight), limit(likely, right, 0.8)
    assert found is not None and alike is not None
    assert (found.is_reached, alike.is_reached) == (True, False)
    assert found.share == pytest.approx(9 * found.right / weight[: found.count].sum())
    assert found.kept == pytest.approx(weight[: found.count].sum() / 200)


def test_few_labels_make_no_limit() -> None:
    assert limit(np.full(19, 0.9), np.full(19, True), 0.8) is None


def test_wilson_keeps_within_its_bounds() -> None:
    assert rules.wilson(0, 0) == (0.0, 1.0)
    low, high = rules.wilson(19, 20)
    assert (round(low, 3), round(high, 3)) == (0.764, 0.991)
