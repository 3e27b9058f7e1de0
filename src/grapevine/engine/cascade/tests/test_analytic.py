"""Answers without simulating: known ones, closed forms, and simulations of small worlds."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import numpy as np
import pytest

from conftest import SHARED
from grapevine.engine import graph
from grapevine.engine.cascade import RandomSeeds, SpreadError, analytic, models


@pytest.mark.shared
def test_sizes_and_chances_agree_with_the_known_ones_to_nine_digits() -> None:
    known = json.loads((SHARED / "spread/oracles.json").read_text())
    for z, told in known["gleeson_cahalane_phi_0.18"].items():
        for seeds in (0.01, 0.001):
            found = analytic.foresee(analytic.poisson(float(z)), 0.18, seeds)
            assert found.share == pytest.approx(told[f"rho0={seeds}"], abs=6e-10)
            assert found.p_single_seed_global == pytest.approx(told["p_single_seed_global"], abs=6e-10)
    for threshold, window in known["watts_window_poisson"].items():
        found_window = analytic.poisson_window(threshold)
        assert (found_window is None) == (window is None)
        if window and found_window:
            assert [round(one, 6) for one in found_window if one] == window


def test_the_window_of_half_is_where_people_with_two_friends_chain() -> None:
    # One friend convinces those with at most two: z · e^−z = 1 never holds.
    assert analytic.poisson_window(0.5) is None
    # With at most four: z (1 + z + z²/2) e^−z = 1.
    low, high = analytic.poisson_window("0.25") or (0.0, 0.0)
    assert low is not None and high is not None
    for z in (low, high):
        assert z * (1 + z + z * z / 2) * math.exp(-z) == pytest.approx(1, abs=1e-12)
    assert analytic.poisson_window(0) == (1.0, None)
    assert analytic.poisson_window(1) is None


def test_where_one_friend_is_enough_it_is_the_giant_component() -> None:
    # s = 1 − e^(−z s), and one seed reaches it when it is in it.
    found = analytic.foresee(analytic.poisson(2), 0, 0.0)
    s = found.p_single_seed_global
    assert s == pytest.approx(1 - math.exp(-2 * s), abs=1e-12)
    assert found.share == 0


def test_seeds_alone_remain_where_nobody_can_be_convinced() -> None:
    assert analytic.foresee(analytic.poisson(0), 0.2, 0.25).share == 0.25
    assert analytic.foresee(analytic.regular(3), 1, 0.1).share == pytest.approx(
        0.1 + 0.9 * 0.1**3 * 1.0, abs=0.02
    )
    assert analytic.foresee(analytic.poisson(4), 0.18, 1).share == 1
    assert analytic.foresee(analytic.poisson(4), 0.18, 0).share == 0


def test_a_regular_network_of_three_percolates_as_reckoned_by_hand() -> None:
    # Two of three friends are wanted: q = r + (1 − r)(q²), size r + (1 − r)(3 q² (1 − q) + q³).
    r = 0.05
    q = (1 - math.sqrt(1 - 4 * (1 - r) * r)) / (2 * (1 - r))
    size = r + (1 - r) * (3 * q * q * (1 - q) + q**3)
    assert analytic.foresee(analytic.regular(3), 0.5, r).share == pytest.approx(size, abs=1e-12)


def test_simulations_of_a_network_agree_with_what_its_degrees_foresee() -> None:
    dice = np.random.default_rng(8)
    made = graph.from_arrays(*dice.integers(0, 40_000, (2, 60_000)), directed=False, people=40_000)
    model = models.WattsThreshold(threshold=0.3)
    found = model.foresee(analytic.of_degrees(made.in_degree), 0.05)
    told = model.simulate(made, RandomSeeds(2000), runs=20, rng=1)
    assert told.mean / made.n == pytest.approx(found.share, abs=0.004)
    assert models.WattsThreshold(drawn="even", spread=0.1).foresee(analytic.poisson(4), 0.1) is None


@pytest.mark.parametrize("wrong", [-0.1, 1.1, "nan", "x", float("nan")])
def test_what_is_no_threshold_is_refused(wrong: str | float) -> None:
    with pytest.raises(SpreadError, match="threshold"):
        analytic.foresee(analytic.poisson(4), wrong, 0.1)
    with pytest.raises(SpreadError, match="threshold"):
        analytic.poisson_window(wrong)


@pytest.mark.parametrize("wrong", [-1, 1e9, float("nan")])
def test_what_is_no_mean_degree_is_refused(wrong: float) -> None:
    with pytest.raises(SpreadError, match="mean degree"):
        analytic.poisson(wrong)


def test_formulas_wait_for_no_compiler() -> None:
    ask = "import sys; from grapevine.engine.cascade import analytic; analytic.poisson_window(0.18); print('numba' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", ask], text=True) == "False\n"
