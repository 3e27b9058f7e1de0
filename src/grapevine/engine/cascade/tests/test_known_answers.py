"""Simulated spreads against exact ones: enumerated worlds, closed forms, and the known answers of ../shared."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from conftest import SHARED
from grapevine.engine import graph
from grapevine.engine.cascade import RandomSeeds, SpreadError, SpreadModel, models
from grapevine.engine.cascade.tests import worlds

DIAMOND = {(0, 1): "1/2", (0, 2): "1/3", (1, 3): "1/4", (2, 3): "1/2", (1, 2): "1/5"}
BOWTIE = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4)]
RUNS = 40_000


def _graph(arcs: worlds.Arcs) -> graph.Graph:
    ends = np.array(list(arcs))
    return graph.from_arrays(ends[:, 0], ends[:, 1], [float(one) for one in arcs.values()])


def _diamond() -> worlds.Arcs:
    return {arc: Fraction(share) for arc, share in DIAMOND.items()}


def _bowtie() -> worlds.Arcs:
    both = BOWTIE + [(v, u) for u, v in BOWTIE]
    return {(u, v): Fraction(1, sum(w == v for _, w in both)) for u, v in both}


def _agree(
    model: SpreadModel, made: graph.Graph, seeds: Iterable[int], exact: Fraction, runs: int = RUNS
) -> None:
    told = model.simulate(made, list(seeds), runs=runs, rng=20261122)
    assert abs(told.mean - float(exact)) <= max(3.5 * told.stderr, 1e-9), (seeds, told.mean, exact)


@pytest.mark.parametrize("arcs", [_diamond(), _bowtie()], ids=["diamond", "bowtie"])
def test_simulated_spreads_of_small_graphs_are_the_enumerated_ones(arcs: worlds.Arcs) -> None:
    made = _graph(arcs)
    people = range(made.n)
    for seeds in [(one,) for one in people] + list(combinations(people, 2)):
        _agree(models.IndependentCascade(probability="column"), made, seeds, worlds.independent(arcs, seeds))
        _agree(models.LinearThreshold(probability="column"), made, seeds, worlds.linear(arcs, seeds))


def test_one_over_the_targets_degree_is_what_weighted_cascade_means() -> None:
    ends = np.array(BOWTIE)
    made = graph.from_arrays(ends[:, 0], ends[:, 1], directed=False)
    for one in range(5):
        _agree(models.IndependentCascade(probability="wc"), made, [one], worlds.independent(_bowtie(), [one]))
        _agree(models.LinearThreshold(probability="wc"), made, [one], worlds.linear(_bowtie(), [one]))


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_paths_stars_and_triangles_have_their_closed_forms(p: float) -> None:
    model = models.IndependentCascade(probability=p)
    share = Fraction(str(p))
    path = graph.from_arrays(range(9), range(1, 10))
    _agree(model, path, [0], sum((share**i for i in range(10)), Fraction(0)))
    star = graph.from_arrays([0] * 9, range(1, 10), directed=False)
    _agree(model, star, [0], 1 + 9 * share)
    _agree(model, star, [4], 1 + share + 8 * share**2)
    triangle = graph.from_arrays([0, 1, 2], [1, 2, 0], directed=False)
    _agree(model, triangle, [1], 1 + 2 * (share + share**2 - share**3))


def test_talk_that_dies_down_passes_along_a_path_as_reckoned() -> None:
    path = graph.from_arrays(range(6), range(1, 7))
    p, f = 0.3, 0.2
    told = p / (p + f - p * f)
    model = models.ForgottenTalk(probability=p, forget=f, horizon=1000)
    _agree(model, path, [0], Fraction(sum(told**i for i in range(7))))


def test_a_brief_alone_reaches_as_many_as_its_chance_says() -> None:
    crowd = graph.from_arrays([], [], people=500)
    model = models.BriefAndTalk(outside=0.03, brief=12, probability=0, horizon=20)
    _agree(model, crowd, [], Fraction(500 * (1 - 0.97**12)), runs=4000)


def test_no_dice_fall_when_the_chance_is_none_or_whole() -> None:
    ring = graph.from_arrays(range(9), [*range(1, 9), 0])
    assert models.IndependentCascade(probability=1).simulate(ring, [0], runs=500).sizes.tolist() == [9] * 500
    assert models.IndependentCascade(probability=0).simulate(ring, [0], runs=500).sizes.tolist() == [1] * 500


def test_seeds_are_drawn_evenly() -> None:
    alone = graph.from_arrays([], [], people=20)
    told = models.AbsoluteThreshold().simulate(alone, RandomSeeds(5), runs=20_000, who=True)
    assert told.sizes.tolist() == [5] * 20_000
    assert np.abs(told.reached - 0.25).max() < 4 * math.sqrt(0.25 * 0.75 / 20_000)
    some = models.AbsoluteThreshold().simulate(alone, RandomSeeds(2, [3, 9, 4, 19]), runs=20_000, who=True)
    assert np.flatnonzero(some.reached).tolist() == [3, 4, 9, 19]
    assert np.abs(some.reached[[3, 4, 9, 19]] - 0.5).max() < 4 * math.sqrt(0.25 / 20_000)
    for wrong in (RandomSeeds(1, [20]), RandomSeeds(2, [3])):
        with pytest.raises(SpreadError):
            models.AbsoluteThreshold().simulate(alone, wrong)


def _oracles() -> Any:
    return json.loads((SHARED / "spread/oracles.json").read_text())


@pytest.mark.shared
def test_the_enumerated_worlds_of_shared_are_ours() -> None:
    known = _oracles()["exact_expected_spread"]
    for arcs, name in ((_diamond(), "diamond"), (_bowtie(), "bowtie, undirected, probability 1/in-degree")):
        people = range(4 if name == "diamond" else 5)
        for model, ours in (("ic", worlds.independent), ("lt", worlds.linear)):
            assert [str(ours(arcs, [one])) for one in people] == known[name][f"{model}_single"]
            pair, best = known[name][f"{model}_best_pair"]
            assert (
                str(ours(arcs, pair)) == best == str(max(ours(arcs, two) for two in combinations(people, 2)))
            )


@pytest.mark.shared
@pytest.mark.slow
def test_a_million_people_end_where_gleeson_and_cahalane_say() -> None:
    dice = np.random.default_rng(3)
    n = 1_000_000
    for z in (2, 4):
        ends = dice.integers(0, n, (2, n * z // 2))
        made = graph.from_arrays(*ends, directed=False, people=n)
        told = models.WattsThreshold(threshold=0.18).simulate(made, RandomSeeds(n // 100), runs=2, rng=1)
        known = _oracles()["gleeson_cahalane_phi_0.18"][str(z)]["rho0=0.01"]
        assert told.mean / n == pytest.approx(known, abs=1e-3)
