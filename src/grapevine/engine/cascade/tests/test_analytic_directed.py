"""Answers without simulating for networks whose ties count one way: closed forms, and simulations of directed worlds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grapevine.engine import graph
from grapevine.engine.cascade import RandomSeeds, SpreadError, analytic, models


def _drawn(n: int, mean: float, rng: int) -> graph.Graph:
    return graph.from_arrays(
        *np.random.default_rng(rng).integers(0, n, (2, int(n * mean))), directed=True, people=n
    )


def test_where_everybody_listens_to_two_the_size_is_that_of_the_fixed_point() -> None:
    # Two of two are wanted: q = r + (1 − r) q², whose lower solution is r / (1 − r); and everybody is met as often as they are.
    found = analytic.foresee(analytic.regular_arcs(2), 0.6, 0.3)
    assert found.share == pytest.approx(0.3 / 0.7, abs=1e-12)
    dice = np.random.default_rng(3)
    n = 40_000
    made = graph.from_arrays(dice.integers(0, n, 2 * n), np.repeat(np.arange(n), 2), people=n)
    told = models.WattsThreshold(threshold=0.6).simulate(made, RandomSeeds(int(0.3 * n)), runs=20, rng=1)
    assert told.mean / n == pytest.approx(found.share, abs=0.004)


def test_one_way_ties_that_are_drawn_evenly_have_the_known_branching_and_window() -> None:
    # Who was convinced passes on to z, met by how many they listen to: z · P(listens to at most 1/threshold − 1).
    z, most = 3.0, 4
    below = sum(math.exp(-z) * z**k / math.factorial(k) for k in range(most + 1))
    assert analytic.foresee(analytic.poisson_arcs(z), "0.2", 0.0).vulnerable_reach == pytest.approx(
        z * below, abs=1e-12
    )
    low, high = analytic.poisson_window("0.2", directed=True) or (0.0, 0.0)
    both_low, both_high = analytic.poisson_window("0.2") or (0.0, 0.0)
    assert high is not None and both_high is not None
    assert low < both_low and high > both_high
    for end in (low, high):
        at = analytic.foresee(analytic.poisson_arcs(end), "0.2", 0.0)
        assert at.vulnerable_reach == pytest.approx(1, abs=1e-9)
    assert analytic.poisson_window(0.5, directed=True) is None
    assert analytic.poisson_window("1/3", directed=True) is not None
    assert analytic.poisson_window("1/3") is None


@pytest.mark.parametrize(
    ("mean", "threshold", "seeds"), [(4.0, 0.25, 0.05), (6.0, 0.3, 0.15), (2.0, 0.4, 0.1)]
)
def test_sizes_agree_with_simulations_of_directed_networks(
    mean: float, threshold: float, seeds: float
) -> None:
    made = _drawn(40_000, mean, 5)
    model = models.WattsThreshold(threshold=threshold)
    found = model.foresee(analytic.of_graph(made), seeds)
    told = model.simulate(made, RandomSeeds(int(made.n * seeds)), runs=10, rng=2)
    assert told.mean / made.n == pytest.approx(found.share, abs=0.006)


@pytest.mark.parametrize(("mean", "threshold"), [(3.0, 0.18), (1.3, 0.18), (5.5, 0.18), (0.9, 0.18)])
def test_the_chance_that_one_goes_far_agrees_with_trying_everybody(mean: float, threshold: float) -> None:
    made = _drawn(20_000, mean, 7)
    far = models.WattsThreshold(threshold=threshold).everyone(made).mean > 0.05 * made.n
    found = analytic.foresee(analytic.of_graph(made), threshold, 0.0)
    assert far.mean() == pytest.approx(found.p_single_seed_global, abs=0.02)
    assert (found.vulnerable_reach > 1) == (mean > 1)


def test_who_is_heard_by_many_and_listens_to_few_carries_it() -> None:
    # Half of the people listen to one and are heard by three; the others the other way round. How many hear whom, and who listens, go together.
    arcs = analytic.Arcs(np.array([1, 3]), np.array([3, 1]), np.array([0.5, 0.5]))
    found = analytic.foresee(arcs, 0.5, 0.0)
    assert found.vulnerable_reach == pytest.approx(1 * 3 * 0.5 / 2)
    whole = analytic.foresee(arcs, 0.3, 0.0)
    assert whole.vulnerable_reach == pytest.approx((1 * 3 + 3 * 1) * 0.5 / 2)


def test_a_network_is_read_with_its_ties_as_they_count() -> None:
    assert isinstance(analytic.of_graph(graph.from_arrays([0, 1], [1, 2], directed=False)), analytic.Degrees)
    star = analytic.of_graph(graph.from_arrays([0, 0, 0], [1, 2, 3]))
    assert isinstance(star, analytic.Arcs)
    assert (star.listens.tolist(), star.heard_by.tolist(), star.share.tolist()) == (
        [0, 1],
        [3, 0],
        [0.25, 0.75],
    )
    assert star.mean == 0.75
    assert analytic.foresee(star, 0.5, 0.25).share == pytest.approx(0.25 + 0.75 * 0.75 * 0.25)
    assert analytic.foresee(analytic.of_graph(graph.from_arrays([], [], people=4)), 0.5, 0.5).share == 0.5
    with pytest.raises(SpreadError, match="without people"):
        analytic.of_graph(graph.from_arrays([], []))


def test_the_window_of_a_very_low_threshold_ends_where_nobody_is_enough_any_more() -> None:
    low, high = analytic.poisson_window("0.001") or (0.0, None)
    assert low == pytest.approx(1, abs=1e-9)
    # z · P(at most 998 of a mean of z) = 1: some 3 standard deviations beyond.
    assert high is not None and 1080 < high < 1120
    near, exact = analytic.poisson_window("1/602"), analytic.poisson_window("1/603")
    assert near and exact and near[1] and exact[1]
    assert 0.9 < exact[1] - near[1] < 1.2
    with pytest.raises(SpreadError, match="upper end"):
        analytic.poisson_window("1e-7")
