"""Whom to brief: reverse samples, the proof, wishes, and advice without a proof."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from conftest import SHARED
from grapevine.engine import graph
from grapevine.engine.cascade import (
    SpreadError,
    _dice,
    _reference,
    _samples,
    chances,
    choosing,
    models,
    opim,
    trees,
)
from grapevine.engine.cascade.advice import AtLeast, Wishes
from grapevine.engine.cascade.choosing import Heap, choose
from grapevine.engine.cascade.tests import worlds


def _random(seed: int, n: int = 40, m: int = 120) -> graph.Graph:
    dice = np.random.default_rng(seed)
    first, second = dice.integers(0, n, (2, m))
    return graph.from_arrays(first, second, np.full(m, 0.1), people=n, duplicates="most")


WAYS = [("ic", "wc"), ("ic", 0.2), ("ic", 0.9), ("ic", "tri"), ("ic", "column"), ("lt", "wc"), ("lt", 0.01)]


def _trees(made: graph.Graph, model: str, probability: Any) -> trees.Trees:
    return (trees.Trees if model == "ic" else trees.Walks).of(made, probability)


def _heap(grown: trees.Trees, rng: int, stream: int, sets: int) -> Heap:
    heap = Heap(trees.Here(grown, rng), stream)
    heap.grow(sets)
    return heap


def _sets(heap: Heap) -> list[set[int]]:
    return [set(heap.entries[heap.starts[i] : heap.starts[i + 1]].tolist()) for i in range(heap.sets)]


@pytest.mark.parametrize(("model", "probability"), WAYS)
def test_reverse_samples_and_forward_runs_tell_the_same_spread(model: str, probability: Any) -> None:
    made = _random(1)
    seeds = [1, 5, 9]
    forward = models.named(model)(probability=probability).simulate(made, seeds, runs=40_000, rng=3)
    back, error = opim.spread_of(_trees(made, model, probability), seeds, samples=200_000, rng=4)
    assert abs(forward.mean - back) < 3.5 * math.hypot(forward.stderr, error)


@pytest.mark.parametrize(("model", "probability"), WAYS)
def test_samples_drawn_again_are_those_that_were_kept(model: str, probability: Any) -> None:
    made = _random(2)
    grown = _trees(made, model, probability)
    heap = _heap(grown, 7, opim.JUDGE, 100)
    heap.grow(3000)
    sets = _sets(heap)
    assert sets == _sets(_heap(grown, 7, opim.JUDGE, 3000))
    for seeds in ([0], [3, 4, 5]):
        mark = np.zeros(made.n, np.uint8)
        mark[seeds] = 1
        told = [bool(one & set(seeds)) for one in sets]
        assert heap.source.hits(opim.JUDGE, 0, 3000, mark) == sum(told) == heap.met(seeds)
        assert heap.met(seeds, 1234) == sum(told[1234:])
    assert all(len(one) == heap.starts[i + 1] - heap.starts[i] for i, one in enumerate(sets))
    assert heap.count.tolist() == [sum(v in one for one in sets) for v in range(made.n)]


@pytest.mark.parametrize(("model", "probability"), [*WAYS, ("ic", 0), ("ic", 1), ("lt", "column")])
@pytest.mark.parametrize("crowded", [False, True])
def test_samples_are_those_that_the_plain_reference_walks(
    model: str, probability: Any, crowded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With little room in the queue, fewer samples grow side by side; they stay the same.
    for seed in range(4):
        made = _random(seed, 14, 80 if seed % 2 else 30)
        if model == "lt" and probability == "column":
            made = graph.from_arrays([0, 1, 2, 3, 1], [1, 2, 0, 1, 0], [0.5, 0.25, 1, 0.5, 0], people=14)
        grown = _trees(made, model, probability)
        monkeypatch.setattr(trees, "ROOM", 0 if crowded else trees.ROOM)
        heap = _heap(grown, seed, opim.CHOOSE, 150)

        def live(node: int, key: int, made: graph.Graph = made, grown: trees.Trees = grown) -> set[int]:
            if grown.kind == _samples.ARCS:
                arcs = range(int(made.in_at[node]), int(made.in_at[node + 1]))
                given_ = grown.given
                return {
                    arc
                    for arc in arcs
                    if _reference.at(key, arc + 1) >> 32 < int(given_[arc]) or given_[arc] == 2**32 - 1
                }
            if grown.kind == _samples.WEIGHED:
                return _reference.live_arcs(made, node, None, grown.given, key)
            chance = (
                None
                if model == "lt"
                else (lambda d: Fraction(1, d))
                if probability == "wc"
                else (lambda d: probability)
            )
            return _reference.live_arcs(made, node, chance, None, key)

        plain = [_reference.sample(made, live, seed, opim.CHOOSE, number) for number in range(150)]
        assert _sets(heap) == plain


def test_people_with_very_many_ties_have_as_many_that_live_as_others() -> None:
    many = 5000
    star = graph.from_arrays(range(1, many + 1), [0] * many)
    for probability in ("wc", 0.0005):
        heap = _heap(_trees(star, "ic", probability), 1, opim.CHOOSE, 200_000)
        share = 1 / many if probability == "wc" else probability
        sizes = np.diff(heap.starts[: heap.sets + 1])[heap.entries[heap.starts[: heap.sets]] == 0] - 1
        assert sizes.size > 20 and abs(sizes.mean() - many * share) < 5 * math.sqrt(many * share / sizes.size)
        assert heap.count[1:].min() > 0


def test_tables_of_live_arcs_hold_the_binomial_distribution() -> None:
    at, table = trees.tables(np.array([0, 1, 3, 7]), 1 / np.maximum(np.arange(8), 1))
    assert table[at[1] : at[2]].tolist() == [0]
    exact = Fraction(0)
    for count, told in enumerate(table[at[7] : at[8]].tolist()):
        exact += math.comb(7, count) * Fraction(1, 7) ** count * Fraction(6, 7) ** (7 - count)
        assert abs(told / 2**32 - float(exact)) < 1e-9


@pytest.mark.parametrize("model", ["ic", "lt"])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_proved_holds_against_every_pair_there_is(model: str, seed: int) -> None:
    dice = np.random.default_rng(seed)
    arcs: worlds.Arcs = {}
    while len(arcs) < 9:
        u, v = dice.integers(0, 6, 2).tolist()
        if u != v and sum(w == v for _, w in arcs) < 3:
            arcs[u, v] = Fraction(int(dice.integers(1, 4)), 10)
    ends = np.array(list(arcs))
    made = graph.from_arrays(ends[:, 0], ends[:, 1], [float(one) for one in arcs.values()], people=6)
    exact = worlds.independent if model == "ic" else worlds.linear
    best = max(exact(arcs, pair) for pair in combinations(range(6), 2))
    advice = models.named(model)(probability="column").advise(made, Wishes(2, 0.1, 0.01), rng=seed)
    mine = exact(arcs, advice.seeds)
    assert advice.guarantee is not None and advice.at_most is not None and advice.promised is not None
    assert advice.guarantee >= advice.promised
    assert float(mine) >= advice.guarantee * float(best)
    assert advice.at_most >= float(best)
    assert advice.spread == pytest.approx(float(mine), rel=0.05)
    check = opim.imm(_trees(made, model, "column"), Wishes(2, 0.3, 0.01), rng=seed)
    assert float(exact(arcs, check.seeds)) >= (1 - 1 / math.e - 0.3) * float(best)


def test_the_greedy_choice_and_its_bound_are_those_of_a_plain_search() -> None:
    made = _random(5, 25, 60)
    heap = _heap(_trees(made, "ic", 0.3), 1, opim.CHOOSE, 400)
    sets = _sets(heap)
    found = choose(heap, Wishes(4))
    left, chosen, met, bound = sets, [], 0, math.inf
    for _ in range(5):
        counts = sorted(((sum(v in one for one in left), -v) for v in range(25)), reverse=True)
        bound = min(bound, met + sum(count for count, _ in counts[:4]))
        if len(chosen) == 4:
            break
        chosen.append(counts[0][0])
        met += counts[0][0]
        taken = -counts[0][1]
        left = [one for one in left if taken not in one]
    assert (sum(found.gains), found.bound) == (met, bound)
    assert sum(bool(one & set(found.seeds)) for one in sets) == met
    best = max(sum(bool(one & set(four)) for one in sets) for four in combinations(range(25), 4))
    assert found.bound >= best >= met


def test_samples_and_what_finds_them_take_eight_bytes_a_person_in_them() -> None:
    dice = np.random.default_rng(1)
    made = graph.from_arrays(*dice.integers(0, 5000, (2, 10_000)), directed=False, people=5000)
    heap = _heap(_trees(made, "ic", "wc"), 1, opim.CHOOSE, 20_000)
    heap.grow(200_000)
    rows, _ = choosing._rows(heap, heap.count >= np.sort(heap.count)[-564], ())
    at, inside, posts, *_ = rows
    found = (heap.entries, heap.starts, inside, posts)
    assert sum(one.nbytes for one in found) <= 8 * heap.size
    assert heap.entries.nbytes <= 4.8 * heap.size and inside.nbytes < heap.size * 4


def test_wishes_are_kept() -> None:
    made = _random(6)
    model = models.IndependentCascade(probability=0.2)
    free = model.advise(made, Wishes(5), rng=1)
    assert len(set(free.seeds)) == 5
    allowed = [one for one in range(40) if one not in free.seeds]
    assert set(model.advise(made, Wishes(5, allowed=allowed), rng=1).seeds) <= set(allowed)
    more = model.advise(made, Wishes(2, already=free.seeds[:3]), rng=1)
    assert not set(more.seeds) & set(free.seeds[:3])
    assert more.spread == pytest.approx(free.spread, rel=0.1)
    group = allowed[:8]
    held = model.advise(made, Wishes(5, at_least=(AtLeast(3, group),)), rng=1)
    assert len(set(held.seeds) & set(group)) >= 3 and len(held.seeds) == 5
    costs = np.ones(40)
    costs[list(free.seeds[:2])] = 100
    cheap = model.advise(made, Wishes(5, budget=4, costs=costs.tolist()), rng=1)
    assert sum(costs[list(cheap.seeds)]) <= 4 and cheap.promised is None
    assert cheap.guarantee is not None and 0 < cheap.guarantee <= 1
    assert model.advise(made, Wishes(40), rng=1).spread == pytest.approx(40)
    assert model.advise(made, Wishes(0), rng=1).seeds == ()
    nobody = graph.from_arrays([], [], [])
    assert model.advise(nobody, Wishes(0), rng=1).seeds == ()


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (Wishes(41), "k is 41"),
        (Wishes(-1), "k is -1"),
        (Wishes(1, epsilon=1), "epsilon"),
        (Wishes(1, delta=0), "delta"),
        (Wishes(1, quality=1), "quality"),
        (Wishes(1, budget=float("nan")), "budget"),
        (Wishes(1, costs=[1.0]), "one cost"),
        (Wishes(1, allowed=[40]), "inner numbers"),
        (Wishes(2, at_least=(AtLeast(3, [1, 2, 3]),)), "want 3 people at least, and no more than 2"),
        (Wishes(5, at_least=(AtLeast(3, [1, 2]),)), "2 of it may be chosen"),
    ],
)
def test_wishes_that_cannot_be_kept_are_refused(wishes: Wishes, told: str) -> None:
    with pytest.raises(SpreadError, match=told):
        models.IndependentCascade().advise(_random(1), wishes)


def test_where_two_convince_and_one_does_not_the_advice_says_it_proves_nothing() -> None:
    made = graph.from_arrays([0, 1, 2, 2, 3], [2, 2, 3, 4, 5])
    advice = models.AbsoluteThreshold(threshold=2).advise(made, Wishes(2))
    assert (advice.guarantee, advice.promised) == (None, None)
    assert "No guarantee" in advice.note
    cheap = models.WattsThreshold(threshold=0.5).advise(
        made, Wishes(3, budget=2, costs=[1, 1, 2, 2, 2, 2], already=[5])
    )
    assert 5 not in cheap.seeds and sum([1, 1, 2, 2, 2, 2][one] for one in cheap.seeds) <= 2
    drawn = models.WattsThreshold(threshold=0.5, drawn="even", spread=0.3).advise(made, Wishes(2))
    assert len(drawn.seeds) == 2
    assert sum(drawn.gains) == pytest.approx(drawn.spread, abs=5 * (drawn.stderr or 0) + 0.3)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("model", ["ic", "lt"])
def test_the_known_spreads_of_a_network_of_authors_are_reached(model: str) -> None:
    known = json.loads((SHARED / "spread/oracles.json").read_text())["reference_spread"]
    made = graph.load(SHARED / "spread/nethept.txt.gz", directed=False)
    shelf = models.named(model)(probability="wc")
    for k, told in (
        (50, known["nethept, undirected, probability 1/in-degree, k=50"]),
        (10, known["k=10"]),
        (1, known["k=1"]),
    ):
        advice = shelf.advise(made, Wishes(k), rng=1)
        reached = shelf.simulate(made, advice.seeds, runs=10_000, rng=2)
        assert reached.mean > told[model] * 0.99 - 3 * reached.stderr
        assert reached.mean < told[model] * 1.01 + 3 * reached.stderr
        assert advice.spread == pytest.approx(reached.mean, rel=0.03 if k > 1 else 0.06)


def test_chances_are_kept_to_ten_digits() -> None:
    assert _dice.chance32([0, 1, 0.5, 1e-9]).tolist() == [0, 2**32 - 1, 2**31, 4]
    assert _trees(_random(1), "ic", 0.1).kind == _samples.COUNTED
    assert chances.of(_random(1), 0.25).tolist() == [0.25]
