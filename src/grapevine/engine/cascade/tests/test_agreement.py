"""The kernels and the plain reference, rolling the same dice, find the same people at the same steps."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grapevine.engine import graph
from grapevine.engine.cascade import _dice, _reference, chances, models, runners
from grapevine.engine.cascade.models.watts import needs
from grapevine.engine.cascade.shared import Shared, countdowns


@st.composite
def networks(draw: Any) -> graph.Graph:
    n = draw(st.integers(1, 24))
    arcs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=70))
    first, second = zip(*arcs, strict=True) if arcs else ([], [])
    weights = draw(st.lists(st.integers(0, 8), min_size=len(arcs), max_size=len(arcs)))
    return graph.from_arrays(
        np.array(first, np.int64), np.array(second, np.int64), np.array(weights) / 8, directed=draw(st.booleans()),
        people=n, duplicates="most",
    )  # fmt: skip


def _seeds(made: graph.Graph, data: Any) -> list[int]:
    return data.draw(st.lists(st.integers(0, made.n - 1), min_size=1, max_size=4))


THRESHOLDS = st.sampled_from(["0", "0.1", "0.18", "0.25", "0.3", "0.5", "0.9", "1"])


@given(networks(), THRESHOLDS, st.data())
def test_watts_agrees_step_by_step(made: graph.Graph, threshold: str, data: Any) -> None:
    seeds = _seeds(made, data)
    plain = _reference.threshold(
        made, lambda v: _reference.needed(Fraction(threshold), int(made.in_degree[v])), seeds
    )
    assert models.WattsThreshold(threshold=float(threshold)).cascade(made, seeds).steps == plain


@given(networks(), st.integers(1, 4), st.data())
def test_complex_contagion_agrees_step_by_step(made: graph.Graph, threshold: int, data: Any) -> None:
    seeds = _seeds(made, data)
    plain = _reference.threshold(made, lambda v: threshold, seeds)
    assert models.AbsoluteThreshold(threshold=threshold).cascade(made, seeds).steps == plain


@given(
    networks(),
    st.sampled_from([0, 0.3, 1, "wc", "tri", "column"]),
    st.integers(0, 2**32),
    st.integers(0, 1000),
    st.data(),
)
def test_the_independent_cascade_agrees_step_by_step(
    made: graph.Graph, chance: Any, rng: int, run: int, data: Any
) -> None:
    seeds = _seeds(made, data)
    given_ = _dice.chance32(chances.each(made, chance))
    plain = _reference.independent(made, lambda e: int(given_[e]), rng, run, seeds)
    assert models.IndependentCascade(probability=chance).cascade(made, seeds, rng=rng, run=run).steps == plain


@given(networks(), st.sampled_from([0.05, 0.3, 1, "wc"]), st.booleans(), st.integers(0, 2**32), st.data())
@settings(max_examples=30)
def test_runs_of_the_independent_cascade_side_by_side_are_those_walked_alone(
    made: graph.Graph, chance: Any, kept: bool, rng: int, data: Any
) -> None:
    seeds = _seeds(made, data)
    model = models.IndependentCascade(probability=chance)
    alone = [model.cascade(made, seeds, rng=rng, run=run) for run in range(70)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runners, "KEPT", runners.KEPT if kept else 0)
        told = model.simulate(made, seeds, runs=70, rng=rng, who=True)
        in_time = model.simulate(made, seeds, runs=70, rng=rng, steps=4, who=True, threads=2)
        runner = model.prepare(made, rng=rng)
        late = np.zeros(9, np.int64)
        runner.run(61, np.array([seeds]), late, np.empty((9, 0), np.int32), np.empty(0, np.int64))
    joined = [len(one.people) for one in alone]
    assert told.sizes.tolist() == in_time.sizes.tolist() == joined and late.tolist() == joined[61:]
    reached = [sum(v in one.people for one in alone) for v in range(made.n)]
    assert (told.reached * 70).round().astype(int).tolist() == reached
    assert told.reached.tolist() == in_time.reached.tolist() and in_time.band is not None
    by_step = [[one.by_step[min(step, len(one.by_step) - 1)] for one in alone] for step in range(4)]
    assert np.allclose(in_time.band.mean, np.mean(by_step, axis=1))


@given(networks(), st.booleans(), st.integers(0, 2**32), st.integers(0, 1000), st.data())
def test_the_linear_threshold_model_agrees_step_by_step(
    made: graph.Graph, even: bool, rng: int, run: int, data: Any
) -> None:
    seeds = _seeds(made, data)
    key = _reference.key_of(rng, 1, run)
    if even:

        def theta(v: int) -> int:
            return max(
                1, int(np.ceil(_reference.unit(_reference.at(key, v)) * int(made.in_degree[v]) - 1e-12))
            )

        plain = _reference.linear(made, lambda e: 1, theta, seeds)
        model = models.LinearThreshold()
    else:
        scaled = graph.Graph(
            made.n, made.directed, made.out_at, made.out_to, made.in_at, made.in_from,
            (np.asarray(made.out_weight) / np.maximum(1, made.in_degree)[made.out_to]).astype(np.float32), None, made.ids,
        )  # fmt: skip
        weights = chances.shares(scaled, "column")
        plain = _reference.linear(
            scaled, lambda e: int(weights[e]), lambda v: (_reference.at(key, v) >> 32) + 1, seeds
        )
        made, model = scaled, models.LinearThreshold(probability="column")
    assert model.cascade(made, seeds, rng=rng, run=run).steps == plain


@given(
    networks(), st.sampled_from([0, 0.2, 1, "wc"]), st.sampled_from([0, 0.3, 1]), st.sampled_from([0, 0.1, 1]),
    st.integers(0, 5), st.integers(1, 9), st.integers(0, 2**32), st.data(),
)  # fmt: skip
@settings(max_examples=60)
def test_talk_that_takes_time_agrees_step_by_step(
    made: graph.Graph,
    chance: Any,
    forget: float,
    outside: float,
    brief: int,
    horizon: int,
    rng: int,
    data: Any,
) -> None:
    seeds = _seeds(made, data)
    given_ = chances.each(made, chance)
    plain = _reference.timed(made, lambda e: float(given_[e]), forget, outside, brief, horizon, rng, 3, seeds)
    model = models.BriefAndTalk(
        outside=outside, brief=brief, probability=chance, forget=forget, horizon=horizon
    )
    ours = model.cascade(made, seeds, rng=rng, run=3)
    while plain and not plain[-1]:
        plain.pop()
    assert ours.steps == plain
    if outside == 0:
        same = models.ForgottenTalk(probability=chance, forget=forget, horizon=horizon)
        assert same.cascade(made, seeds, rng=rng, run=3).steps == plain


@given(networks(), THRESHOLDS, st.data())
def test_bits_scalars_and_shared_closures_find_the_same_sets(
    made: graph.Graph, threshold: str, data: Any
) -> None:
    from grapevine.engine.cascade import shared

    need = countdowns(needs(threshold, made.in_degree), made.in_degree)
    sets = np.array(
        [
            [data.draw(st.integers(0, made.n - 1)) for _ in range(2)]
            for _ in range(data.draw(st.integers(1, 64)))
        ]
    )
    model = models.WattsThreshold(threshold=float(threshold))
    plain = [set(model.cascade(made, row.tolist()).people.tolist()) for row in sets]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "WORTH", data.draw(st.sampled_from([0, 3, 64])))
        together = Shared(made, need)
        sizes, active = together.in_bits(sets)
        assert [
            set(np.flatnonzero((active >> np.uint64(i)) & np.uint64(1)).tolist()) for i in range(len(sets))
        ] == plain
        assert sizes.tolist() == [len(one) for one in plain]
        found, reached = np.zeros(len(sets), np.int64), np.zeros(made.n, np.int64)
        together.run(sets, found, reached)
        assert found.tolist() == [len(one) for one in plain]
        assert reached.tolist() == [sum(v in one for one in plain) for v in range(made.n)]
        alone = together.every_seed()
        assert alone.tolist() == [len(model.cascade(made, [s]).people) for s in range(made.n)]
        # Nothing of a run stays behind.
        assert together.every_seed().tolist() == alone.tolist()


@given(networks(), THRESHOLDS, st.data())
def test_more_seeds_never_reach_fewer(made: graph.Graph, threshold: str, data: Any) -> None:
    seeds = _seeds(made, data)
    more = seeds + _seeds(made, data)
    for model in (
        models.WattsThreshold(threshold=float(threshold)),
        models.IndependentCascade(),
        models.LinearThreshold(),
        models.ForgottenTalk(),
    ):
        few = model.simulate(made, seeds, runs=20, rng=1).sizes
        assert (model.simulate(made, more, runs=20, rng=1).sizes >= few).all()
