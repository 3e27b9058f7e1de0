"""How many each one brings, and what is no sign of it: held against cascades whose truth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grapevine.engine import graph
from grapevine.engine.cascade import bringing, estimation, events, models


def _drawn(z: float, n: int = 20_000) -> graph.Graph:
    return graph.from_arrays(
        *np.random.default_rng(1).integers(0, n, (2, int(n * z))), directed=True, people=n
    )


def _seen(made: graph.Graph, chance: float) -> events.Adoptions:
    run = models.IndependentCascade(probability=chance).cascade(made, list(range(200)), rng=3)
    at = np.full(made.n, math.inf)
    for step, people in enumerate(run.steps):
        at[list(people)] = step
    return events.Adoptions(at, 0)


@pytest.mark.parametrize(("z", "chance"), [(8, 0.05), (8, 0.2), (20, 0.1), (20, 0.2)])
def test_the_first_bring_as_many_as_was_put_in_however_far_it_goes(z: int, chance: float) -> None:
    made = _drawn(z)
    found = bringing.bring(made, [_seen(made, chance)], math.inf, 0).first
    assert found is not None
    error = math.sqrt(z * chance * (1 - chance) / 200)
    assert found.value == pytest.approx(z * chance, abs=3 * error)
    assert found.low < z * chance < found.high
    assert (found.generations, found.people) == (1, 200)
    assert found.by_chance_high is not None and found.value > found.by_chance_high
    # Of the earlier half it would be capped: not more can be brought than there are.
    assert found.early_half <= 2


def test_times_by_lot_bring_no_more_than_chance_and_a_warning() -> None:
    made = _drawn(6, 5000)
    dice = np.random.default_rng(4)
    at = np.where(dice.random(5000) < 0.4, dice.random(5000) * 50, math.inf)
    found = estimation.estimate(made, events.Adoptions(at, 0), window=10)
    first = found.reproduction_of
    assert first is not None and first.by_chance_high is not None
    assert first.value <= first.by_chance_high
    assert found.chance == pytest.approx(found.chance_by_chance, rel=0.1)
    assert found.warning == estimation.NO_ORDER


def test_few_who_began_are_looked_at_with_those_they_brought() -> None:
    assert bringing.first_generations([1, 4, 40, 200, 90]) == 3
    assert bringing.first_generations([50, 40]) == 1
    assert bringing.first_generations([1, 2]) == 1
    assert bringing.first_generations([9]) == 1


def test_several_cascades_count_together_and_shuffles_hang_on_their_number_alone() -> None:
    path = graph.from_arrays([0, 1], [1, 2], people=4)
    one, two = (
        events.Adoptions(np.array(at), 0) for at in ([0.0, 1, 2, math.inf], [0.0, 1, math.inf, math.inf])
    )
    found = bringing.bring(path, [one, two], math.inf, 5)
    assert found.generations == (2, 2, 1)
    assert found == bringing.bring(path, [one, two], math.inf, 5)
    assert found.first is not None and found.first.value == pytest.approx(3 / 4)


def test_a_network_made_of_what_it_is_to_explain_is_told() -> None:
    dice = np.random.default_rng(3)
    who, whom = dice.integers(0, 2000, (2, 3000))
    kept = who != whom
    made = graph.from_arrays(whom[kept], who[kept], people=2000)
    at = np.full(2000, math.inf)
    np.minimum.at(at, who[kept], dice.random(kept.sum()))
    used = np.unique(events.pair(2000, who[kept], whom[kept]))
    assert estimation.estimate(made, events.Adoptions(at, 0, used)).warning == estimation.USED
    # It is so the other way round, and when a window makes some of them late.
    assert (
        estimation.estimate(made.reversed(), events.Adoptions(at, 0, used), window=0.1).warning
        == estimation.USED
    )
    assert estimation.estimate(made, events.Adoptions(at, 0), window=0.1).warning == estimation.CIRCLE
