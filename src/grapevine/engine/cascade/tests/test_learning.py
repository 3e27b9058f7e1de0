"""Chances of ties, thresholds and their scores, held against plain loops and against cascades whose truth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grapevine.engine import graph
from grapevine.engine.cascade import (
    SpreadError,
    _learning,
    estimation,
    events,
    heard,
    learning,
    models,
    thresholds,
)


def _drawn(n: int, m: int, rng: int = 4) -> graph.Graph:
    return graph.from_arrays(*np.random.default_rng(rng).integers(0, n, (2, m)), directed=True, people=n)


def _times(made: graph.Graph, steps: tuple[tuple[int, ...], ...]) -> events.Adoptions:
    at = np.full(made.n, math.inf)
    for step, people in enumerate(steps):
        at[list(people)] = step
    return events.Adoptions(at, 0)


def _seen(made: graph.Graph, chance: float | str, seeds: int, rng: int) -> events.Adoptions:
    run = models.IndependentCascade(probability=chance).cascade(made, list(range(seeds)), rng=rng)
    return _times(made, run.steps)


def _plain_step(
    known: heard.Heard, which: list[int], chance: list[float], rate: float
) -> tuple[float, list[float], list[float]]:
    """One step of EM, as it is written in the paper."""
    credit, asked, told = [0.0] * len(chance), [0.0] * len(chance), 0.0
    for row in range(known.person.size):
        entries = range(int(known.starts[row]), int(known.starts[row + 1]))
        for entry in entries:
            asked[which[entry]] += 1
            if not known.may[entry]:
                told += math.log(1 - chance[which[entry]])
        may = [entry for entry in entries if known.may[entry]]
        if not may:
            continue
        p = {entry: chance[which[entry]] for entry in may}
        later = {entry: p[entry] * math.exp(-rate * known.delay[entry]) for entry in may}
        silent = {entry: later[entry] + 1 - p[entry] for entry in may}
        first = {entry: rate * later[entry] / silent[entry] for entry in may}
        told += sum(map(math.log, silent.values())) + math.log(sum(first.values()))
        for entry in may:
            was = first[entry] / sum(first.values())
            credit[which[entry]] += was + (1 - was) * later[entry] / silent[entry]
    return told, credit, asked


def test_a_step_of_learning_is_that_of_the_paper() -> None:
    made = _drawn(60, 500)
    dice = np.random.default_rng(2)
    at = np.where(dice.random(60) < 0.6, dice.integers(0, 9, 60).astype(float), math.inf)
    known = heard.listen(made, [events.Adoptions(at, 0)], window=5)
    for row, person in enumerate(known.person.tolist()):
        before = sorted(float(at[one]) for one in made.influenced_by(person) if at[one] < at[person])
        assert known.when[known.starts[row] : known.starts[row + 1]].tolist() == before
    which = dice.integers(0, 3, known.arc.size)
    chance = np.array([0.1, 0.3, 0.7])
    credit, asked, times = np.zeros(3), np.zeros(3), np.zeros(2)
    rows = np.arange(known.person.size)
    told = _learning.improve(
        known.starts, known.may, known.delay, which, rows, chance, 0.4, credit, asked, times
    )
    plain = _plain_step(known, which.tolist(), chance.tolist(), 0.4)
    assert told == pytest.approx(plain[0])
    assert credit.tolist() == pytest.approx(plain[1])
    assert asked.tolist() == plain[2]


def test_each_round_of_learning_makes_what_was_seen_likelier() -> None:
    made = _drawn(2000, 16_000)
    known = heard.listen(made, [_seen(made, 0.15, 100, 3)])
    rows = np.arange(known.person.size)
    told = []
    chance, rate, times = np.full(5, 0.5), 1.0, np.zeros(2)
    for _ in range(8):
        credit, asked = np.zeros(5), np.zeros(5)
        which = known.listener_group
        told.append(
            _learning.improve(
                known.starts, known.may, known.delay, which, rows, chance, rate, credit, asked, times
            )
        )
        chance = np.clip(credit / np.maximum(asked, 1), 1e-12, 1 - 1e-12)
        rate = times[0] / times[1]
    assert told == sorted(told)


def test_ties_that_differ_are_told_apart_when_several_cascades_were_seen() -> None:
    n, m = 150, 750
    dice = np.random.default_rng(6)
    sources, targets = dice.integers(0, n, (2, m))
    weights = np.where(dice.random(m) < 0.3, 0.6, 0.05)
    made = graph.from_arrays(sources, targets, weights, people=n, duplicates="most")
    cascades = []
    for rng in range(80):
        begin = np.random.default_rng(rng).choice(n, 8, replace=False).tolist()
        cascades.append(
            _times(made, models.IndependentCascade(probability="column").cascade(made, begin, rng=rng).steps)
        )
    true = made.in_weight
    by_tie = estimation.chances(made, cascades, window=1, strength=3)
    by_group = estimation.chances(made, cascades, window=1, strength=1e9)
    assert len(set(by_group.round(6).tolist())) <= 5
    assert np.abs(by_tie - true).mean() < 0.5 * np.abs(by_group - true).mean()
    assert np.corrcoef(by_tie, true)[0, 1] > 0.9
    # Kept-out cascades of the same people are foretold by their own ties.
    found = estimation.estimate(made, cascades, window=1, strength=3)
    assert found.cascades == 80
    assert found.score("chances of ties").better > 0.2 > found.score("one chance for all ties").better


def test_thin_evidence_leaves_a_tie_at_its_group() -> None:
    made = _drawn(4000, 24_000)
    seen = _seen(made, 0.15, 400, 1)
    groups = estimation.estimate(made, seen, window=1).ties
    each = estimation.chances(made, seen, window=1)
    of_group = {one.group: one.chance for one in groups}
    group = heard.group_of(np.repeat(made.in_degree, made.in_degree))
    middle = np.array([of_group.get(name, 0.15) for name in heard.GROUPS])[group]
    # One cascade tries a tie once; against twenty tries at the group's chance that moves it by a twentieth at most.
    assert np.abs(each - middle).max() <= 1 / 21 + 1e-6
    assert (each > 0).all() and (each < 1).all()


def test_everybodys_threshold_lies_between_its_bounds() -> None:
    made = _drawn(5000, 40_000)
    planted = np.random.default_rng(1).beta(2, 5, made.n)
    run = models.WattsThreshold(given=planted.tolist()).cascade(made, list(range(250)))
    seen = _times(made, run.steps)
    known, told = estimation.personal(made, seen)
    theirs = planted[known.person]
    joined = known.has & (known.person >= 250)
    assert 500 < joined.sum() < made.n
    assert (told.low[joined] < theirs[joined]).all()
    # Nobody joins unasked: the least one can be seen to need is one friend.
    assert (theirs[joined] <= told.high[joined]).all()
    never = ~known.has
    assert (told.low[never] <= theirs[never]).all() and np.isinf(told.high[never]).all()
    found = estimation.estimate(made, seen)
    assert found.thresholds_of_all is not None
    for share, at in zip(thresholds.HUNDREDTHS, found.thresholds_of_all, strict=True):
        if at is not None:
            assert at == pytest.approx(np.quantile(planted, share), abs=0.06)
    best = max(found.scores, key=lambda one: one.better)
    assert best.of == "thresholds" and best.better > 0.1


def test_the_most_likely_spread_of_bounds_is_the_known_one() -> None:
    # Two at most at a half, one between that and all, and one who stayed when all had joined.
    low, high = np.array([0.0, 0.0, 0.5, 1.0]), np.array([0.5, 0.5, 1.0, math.inf])
    told = thresholds.spread(thresholds.Bounds(low, high))
    assert told.share.tolist() == [0.5, 1.0]
    assert told.up_to == pytest.approx([0.5, 0.75], abs=1e-5)
    assert told.hundredths() == (0.5, 0.5, 0.5, 1.0, None)
    between = told.between(np.array([0.0, 0.5]), np.array([0.5, 1.0]), 0.3)
    assert between == pytest.approx([0.5, 0.5], abs=1e-4)
    # Of whom it is only known that half weren't enough: as those of whom more is known.
    told = thresholds.spread(thresholds.Bounds(np.array([0.0, 0.5, 0.5]), np.array([0.5, 1.0, math.inf])))
    assert told.up_to == pytest.approx([1 / 3, 1], abs=1e-4)


def test_one_chance_for_all_tells_nobody_apart_and_says_so() -> None:
    made = _drawn(20_000, 60_000)
    # Who listens to one only is convinced easily, others hardly.
    weights = np.where(made.in_degree[made.out_to] == 1, 0.6, 0.05)
    sources = np.repeat(np.arange(made.n), made.out_degree)
    weighted = graph.from_arrays(sources, made.out_to, weights, people=made.n)
    dice = np.random.default_rng(1)
    steps = models.IndependentCascade(probability="column").cascade(weighted, list(range(2000)), rng=2).steps
    at = _times(weighted, steps).at
    seen = events.Adoptions(at + dice.random(at.size) / 2, 0)  # no two at once
    found = estimation.estimate(weighted, seen, window=2)
    assert found.score("one chance for all ties").auc == pytest.approx(0.5, abs=0.03)
    assert abs(found.score("one chance for all ties").better) < 0.01
    by_group = found.score("chances of ties")
    assert by_group.auc is not None and by_group.auc > 0.6 and by_group.better > 0.1
    assert [one.of for one in found.scores] == [
        "exposure curve",
        "chances of ties",
        "one chance for all ties",
        "thresholds",
    ]
    assert found.held_out == found.scores[0]


def test_no_cascade_at_all_is_refused() -> None:
    with pytest.raises(SpreadError, match="nothing to learn"):
        estimation.estimate(_drawn(5, 5), [])


def test_chances_that_nobody_tried_are_nought() -> None:
    made = _drawn(5, 5)
    nobody = events.Adoptions(np.full(5, math.inf), 0)
    assert not estimation.chances(made, nobody).any()
    assert learning.by_group(heard.listen(made, [nobody]), np.arange(0), 20).mean is None
