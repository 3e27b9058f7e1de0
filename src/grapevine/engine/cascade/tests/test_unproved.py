"""Advice where nothing can be proved: greedy on what everybody adds, told on other dice than those that chose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from conftest import SHARED
from grapevine.engine import graph
from grapevine.engine.cascade import influentials, lazy, models
from grapevine.engine.cascade.advice import Wishes
from grapevine.engine.cascade.shared import Shared


def _random(seed: int, n: int = 60, m: int = 150) -> graph.Graph:
    first, second = np.random.default_rng(seed).integers(0, n, (2, m))
    return graph.from_arrays(first, second, people=n)


@pytest.mark.parametrize("seed", range(8))
def test_what_everybody_adds_to_those_chosen_is_what_a_simulation_says(seed: int) -> None:
    """With landmarks or without, each gain is the most there was."""
    made = _random(seed)
    for threshold in (0.15, 0.34):
        model = models.WattsThreshold(threshold=threshold)

        def size(seeds: Any, model: Any = model) -> float:
            return float(model.simulate(made, list(seeds), runs=1).mean)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("grapevine.engine.cascade.shared.WORTH", 3 if seed % 2 else 64)
            advice = model.advise(made, Wishes(4, already=(7,)))
        if "greedy)" not in advice.method:
            continue
        before = [7]
        for one, gain in zip(advice.seeds, advice.gains, strict=True):
            adds = [size([*before, other]) - size(before) for other in range(made.n)]
            assert gain == max(adds) == adds[one]
            before.append(one)
        assert advice.spread == size(before) and advice.stderr == 0


def test_where_one_cascade_takes_nearly_all_the_next_person_is_of_another_part() -> None:
    """Everybody of the large part reaches furthest alone; a second one of it adds nothing."""
    large = [(i, (i + 1) % 400) for i in range(400)]
    small = [(400 + i, 400 + (i + 1) % 30) for i in range(30)]
    first, second = zip(*large, *small, strict=True)
    advice = models.WattsThreshold(threshold=0.5).advise(graph.from_arrays(first, second), Wishes(2))
    assert advice.gains == (400, 30)


def test_where_chance_plays_a_part_nobody_is_taken_who_adds_nothing_while_others_would() -> None:
    """More people than are asked at first stand about one circle that a single one of them sets alight."""
    n = 2 * lazy.POOL
    ring = [(i, (i + 1) % n) for i in range(n)] + [(i, (i + 2) % n) for i in range(n)]
    apart = [(n + i, n + (i + 1) % 9) for i in range(9)]
    first, second = zip(*ring, *apart, strict=True)
    made = graph.from_arrays(first, second)
    model = models.ForgottenTalk(probability=1.0, forget=0.0, horizon=n)
    advice = model.advise(made, Wishes(2), rng=1)
    assert advice.spread == n + 9
    assert sorted(advice.gains) == [9, n]


def test_how_far_they_go_is_told_on_other_dice_than_those_that_chose() -> None:
    made = _random(3, 80, 200)
    model = models.ForgottenTalk(probability=0.15, forget=0.4)
    told = [model.advise(made, Wishes(3), rng=rng) for rng in range(6)]
    fresh = [model.simulate(made, list(one.seeds), runs=20_000, rng=99) for one in told]
    errors = [
        (one.spread - other.mean) / np.hypot(one.stderr, other.stderr)
        for one, other in zip(told, fresh, strict=True)
    ]
    assert all(one.stderr > 0 for one in told)
    assert abs(float(np.mean(errors))) < 3 / np.sqrt(6) and max(map(abs, errors)) < 4


def test_a_countdown_that_says_joined_begins_nothing() -> None:
    made = graph.from_arrays([0, 1, 2], [1, 2, 3])
    need = np.array([-1, 0, 1, 1], np.int8)
    assert Shared(made, need).every_seed().tolist() == [0, 0, 2, 1]


@pytest.mark.shared
@pytest.mark.slow
def test_five_people_of_a_network_of_authors_go_further_than_one() -> None:
    made = graph.load(SHARED / "spread/nethept.txt.gz", directed=False)
    model = models.WattsThreshold(threshold=0.2)
    advice = model.advise(made, Wishes(5))
    assert advice.spread >= 8550 and min(advice.gains) > 0
    assert model.simulate(made, list(advice.seeds), runs=1).mean == advice.spread


class _Stopped(Exception):
    pass


@pytest.mark.parametrize(
    "model",
    [
        models.IndependentCascade(probability=0.2),
        models.LinearThreshold(),
        models.WattsThreshold(),
        models.WattsThreshold(drawn="even", spread=0.1),
        models.ForgottenTalk(),
    ],
    ids=lambda model: f"{model.name}-{getattr(model, 'drawn', '')}",
)
def test_advice_and_everyone_say_how_far_they_are_and_can_be_stopped(model: Any) -> None:
    made = _random(4)
    asks: tuple[Any, ...] = (
        lambda told: model.advise(made, Wishes(3), rng=2, told=told).seeds,
        lambda told: model.advise(made, Wishes(3, budget=2.5), rng=2, told=told).seeds,
        lambda told: model.everyone(made, runs=20, rng=2, told=told).mean.tolist(),
        lambda told: model.everyone(made, runs=20, rng=2, threads=2, told=told).mean.tolist(),
        lambda told: influentials.alone(model, made, runs=5, rng=2, told=told).sizes.tolist(),
    )
    for ask in asks:
        heard: list[tuple[int, int]] = []
        assert ask(lambda done, of, heard=heard: heard.append((done, of))) == ask(None)
        assert len(heard) > 3
        assert all(0 <= done <= of for done, of in heard)
        assert heard == sorted(heard)

        def stop(done: int, of: int) -> None:
            raise _Stopped

        with pytest.raises(_Stopped):
            ask(stop)
