"""What observed cascades tell, held against cascades whose chances are known."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from conftest import SHARED
from grapevine.engine import graph
from grapevine.engine.cascade import SpreadError, estimation, events, held_out, influentials, models


def _seen(made: graph.Graph, chance: float, seeds: int, rng: int) -> events.Adoptions:
    """A cascade of the independent model, a step a unit of time."""
    run = models.IndependentCascade(probability=chance).cascade(made, list(range(seeds)), rng=rng)
    at = np.full(made.n, math.inf)
    for step, people in enumerate(run.steps):
        at[list(people)] = step
    return events.Adoptions(at, 0)


def _network(n: int = 20_000, m: int = 80_000) -> graph.Graph:
    return graph.from_arrays(*np.random.default_rng(4).integers(0, n, (2, m)), directed=True, people=n)


@pytest.mark.parametrize("chance", [0.15, 0.3])
def test_chances_that_were_put_in_come_out(chance: float) -> None:
    made = _network()
    found = estimation.estimate(made, _seen(made, chance, 2000, 1), window=1, rng=1)
    for ties in found.ties:
        assert ties.chance == pytest.approx(chance, abs=0.005 + 3 * math.sqrt(chance / ties.tries)), ties
    # Every friend is as likely to convince, so there is nothing to foretell beyond the mean.
    assert abs(found.held_out.better) < 0.02
    assert found.warning is None
    assert "upper bounds" in str(found.caveat)


@pytest.mark.parametrize("chance", [0.05, 0.1, 0.2])
def test_without_a_window_who_never_joined_counts_as_not_convinced(chance: float) -> None:
    made = _network(20_000, 160_000)
    found = estimation.estimate(made, _seen(made, chance, 200, 1))
    tries = sum(one.tries for one in found.ties)
    learnt = sum(one.chance * one.tries for one in found.ties) / tries
    assert learnt == pytest.approx(chance, rel=0.3)
    assert found.warning is None


def test_where_the_second_friend_convinces_it_is_foretold_of_people_left_out() -> None:
    made = _network()
    run = models.AbsoluteThreshold(threshold=2).cascade(made, list(range(3000)))
    at = np.full(made.n, math.inf)
    for step, people in enumerate(run.steps):
        at[list(people)] = step + np.random.default_rng(step).random(len(people)) / 2
    found = estimation.estimate(made, events.Adoptions(at, 0), rng=1)
    assert found.held_out.better > 0.2
    assert found.held_out.auc is not None and found.held_out.auc > 0.7


def test_a_path_is_read_as_what_it_is() -> None:
    path = graph.from_arrays([0, 1, 2, 2], [1, 2, 3, 4])
    found = estimation.estimate(path, events.Adoptions(np.array([0.0, 1.0, 2.0, 3.0, math.inf]), 0))
    assert found.generations == (1, 1, 1, 1)
    assert found.branching == (1, 1, 1)
    assert found.reproduction == 1
    assert found.unprompted == 0.25
    assert found.thresholds == (1, 1, 1, 1, 1)
    assert [(one.k, one.exposed, one.joined) for one in found.exposures] == [(1, 4, 3)]
    assert found.exposures[0].low < 0.75 < found.exposures[0].high


def test_wilsons_interval_is_the_known_one() -> None:
    assert estimation.wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert estimation.wilson(0, 10)[0] == pytest.approx(0, abs=1e-12)


def test_telling_apart_is_counted_with_ties_as_halves() -> None:
    assert held_out.auc(np.array([1.0, 2, 2, 3]), np.array([False, False, True, True])) == 0.875
    assert held_out.auc(np.array([1.0]), np.array([True])) is None


def test_nobody_and_everybody_have_answers_too() -> None:
    empty = graph.from_arrays([], [])
    assert estimation.estimate(empty, events.Adoptions(np.empty(0), 0)).joined == 0
    pair = graph.from_arrays([0], [1])
    assert estimation.estimate(pair, events.Adoptions(np.full(2, math.inf), 0)).reproduction is None
    all_of_them = estimation.estimate(pair, events.Adoptions(np.array([0.0, 1.0]), 0))
    assert "window" in str(all_of_them.warning)
    with pytest.raises(SpreadError, match="window"):
        estimation.estimate(pair, events.Adoptions(np.array([0.0, 1.0]), 0), window=0)


def test_events_are_read_in_each_of_their_forms(tmp_path: Path) -> None:
    made = graph.from_arrays([1, 2], [2, 3])
    file = tmp_path / "events"
    file.write_text("# who when\n1 10\n2 12\n1 11\n9 1\n")
    seen = events.read(file, made)
    assert (seen.at.tolist(), seen.unknown) == ([10, 12, math.inf], 1)
    file.write_text("1 2 10 RT\n2 1 5 MT\n2 1 12 RT\n")
    assert events.read(file, made, kinds=("RT",)).at.tolist() == [10, 12, math.inf]
    assert events.read(file, made).joined.tolist() == [1, 0]
    for wrong, told in (
        ("1 noon\n", "line 1: the time 'noon'"),
        ("1 2\n3\n", "line 2: 1 column;"),
        ("1 nan\n", "the time 'nan'"),
    ):
        file.write_text(wrong)
        with pytest.raises(SpreadError, match=told):
            events.read(file, made)
    with pytest.raises(SpreadError, match="no file"):
        events.read(tmp_path / "none", made)


def _poisson(z: float, rng: int, n: int = 10_000) -> graph.Graph:
    return graph.from_arrays(
        *np.random.default_rng(rng).integers(0, n, (2, int(n * z / 2))), directed=False, people=n
    )


def test_the_best_connected_are_compared_with_everybody_one_by_one() -> None:
    made = _poisson(3, 1, 300)
    model = models.WattsThreshold(threshold=0.25)
    found = influentials.compare(model, made, top=0.1)
    alone = np.array([len(model.cascade(made, [one]).people) for one in range(300)])
    top = np.argsort(-made.out_degree, kind="stable")[:30]
    assert (found.top.people, found.exact) == (30, True)
    assert found.top.cascade == pytest.approx(alone[top].mean())
    assert found.ratio == pytest.approx(alone[top].mean() / alone.mean())
    assert found.multiplier == pytest.approx(
        found.ratio * made.out_degree.mean() / made.out_degree[top].mean()
    )
    by_chance = influentials.compare(models.IndependentCascade(probability=0.1), made, runs=5)
    assert not by_chance.exact and by_chance.runs == 5
    with pytest.raises(SpreadError, match="top"):
        influentials.compare(model, made, top=0)


@pytest.mark.shared
@pytest.mark.slow
def test_the_known_ratios_of_the_influentials_come_out() -> None:
    known = json.loads((SHARED / "spread/oracles.json").read_text())[
        "influentials_phi_0.18_undirected_poisson_n_1e4"
    ]
    for z, graphs in (("2", 40), ("4", 40)):
        tops, alls, degrees = [], [], []
        for rng in range(graphs):
            found = influentials.compare(models.WattsThreshold(), _poisson(float(z), rng))
            tops.append(found.top.cascade)
            alls.append(found.everybody.cascade)
            degrees.append(found.degree_ratio)
        ratio = np.mean(tops) / np.mean(alls)
        assert ratio == pytest.approx(known[z][0], rel=0.02)
        assert ratio / np.mean(degrees) == pytest.approx(known[z][1], rel=0.03)
