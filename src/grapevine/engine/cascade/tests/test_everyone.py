"""How far everybody reaches alone: person by person against plain walks, and against simulation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grapevine.engine import graph
from grapevine.engine.cascade import SpreadError, SpreadModel, _reference, everyone, models
from grapevine.engine.cascade.tests.test_agreement import networks


@given(networks(), st.booleans(), st.sampled_from([1, 12]), st.integers(0, 2**32), st.integers(1, 5))
@settings(max_examples=60)
def test_worlds_tell_for_everybody_what_plain_walks_do(
    made: graph.Graph, even: bool, followers: int, rng: int, worlds: int
) -> None:
    weights = np.empty(0, np.int64)
    if not even:
        # Rows that sum to one, and rows with room for following nobody.
        shares = np.repeat(1 / np.maximum(made.in_degree, 1), made.in_degree)
        weights = np.rint(shares * 2**32 * (0.5 + (np.arange(made.arcs) % 3 > 0) / 2)).astype(np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            everyone, "FOLLOWERS", followers
        )  # with one digit nearly all networks want wide numbers
        found = everyone.in_worlds(made, weights, worlds=worlds, rng=rng)
    plain = np.array([_reference.linear_world(made, weights, rng, world) for world in range(worlds)])
    assert (found.mean * worlds).round().astype(int).tolist() == plain.sum(axis=0).tolist()
    if worlds > 1:
        assert np.allclose(found.stderr, plain.std(axis=0, ddof=1) / math.sqrt(worlds))


def test_on_a_ring_everybody_reaches_all_that_hangs_on_it() -> None:
    ring = graph.from_arrays([0, 1, 2, 3, 3, 4], [1, 2, 3, 0, 4, 5])
    told = models.LinearThreshold().everyone(ring, runs=3)
    assert told.mean.tolist() == [6, 6, 6, 6, 2, 1]
    assert (told.exact, told.way) == (False, "worlds")


MODELS: list[SpreadModel] = [
    models.LinearThreshold(),
    models.LinearThreshold(probability="column"),
    models.IndependentCascade(),
    models.IndependentCascade(probability=0.2),
    models.WattsThreshold(threshold=0.3),
    models.WattsThreshold(threshold=0.3, drawn="even", spread=0.2),
    models.ForgottenTalk(),
]


@pytest.mark.parametrize("model", MODELS, ids=repr)
def test_everybody_alone_reaches_what_simulation_says(model: SpreadModel) -> None:
    dice = np.random.default_rng(3)
    first, second = dice.integers(0, 30, (2, 70))
    made = graph.from_arrays(first, second, np.full(70, 0.05), people=32)
    runs = 20_000 if not isinstance(model, models.ForgottenTalk) else 400
    told = model.everyone(made, runs=runs, rng=5)
    again = model.everyone(made, runs=runs, rng=5, threads=2)
    assert told.mean.tolist() == again.mean.tolist() and told.stderr.tolist() == again.stderr.tolist()
    for person in range(0, 32, 3):
        one = model.simulate(made, [person], runs=4000, rng=6)
        assert abs(told.mean[person] - one.mean) <= 4 * math.hypot(told.stderr[person], one.stderr) + 1e-9
    assert told.exact == (not model.random and getattr(model, "drawn", "same") == "same")


def test_nobody_reaches_anybody_where_nobody_is() -> None:
    nobody = graph.from_arrays([], [], [])
    for model in MODELS:
        assert model.everyone(nobody, runs=2).mean.tolist() == []


@pytest.mark.parametrize("wrong", [{"runs": 0}, {"threads": 0}])
def test_no_runs_and_no_threads_are_refused(wrong: dict[str, Any]) -> None:
    for model in (models.LinearThreshold(), models.IndependentCascade(), models.ForgottenTalk()):
        with pytest.raises(SpreadError, match="At least one run and one thread"):
            model.everyone(graph.from_arrays([0], [1]), **wrong)
