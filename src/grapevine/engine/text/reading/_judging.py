"""Cross-validation of what is learnt from corrections: which ridge, which temperature, and how good that is."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text import reading
from grapevine.engine.text.reading import _ridge
from grapevine.engine.text.reading._ridge import Array
from grapevine.engine.text.scores import scores

_RIDGES = (2.0, 4.0, 8.0)
_HEEDS = (1.0, 0.5, 0.25, 0.0)
_FOLDS, _JUDGED, _NEAR = 5, 300, 3e-3
_CHANCE = 1.64
"""By so many standard deviations must be told from chance what may be chance: one time in twenty it is taken for more."""


@dataclass(frozen=True)
class Judgement:
    """Macro-F1 of the moods on the corrections themselves, each read by an adapter that never saw it: as shipped, and adapted."""

    count: int
    before: float
    after: float


def judge(
    gram: Array, moods: NDArray[Any], offsets: Array, texts: Sequence[str]
) -> tuple[float, float, float, Judgement, Array]:
    """What does best on lessons that were not learnt from: ridge, temperature, and how much of what was learnt is heeded (1: all, 0: none).

    Then how well that is, and the lessons' moods as they were read then.
    """
    found = np.full((len(moods), 3), np.nan)
    step = max(1, -(-len(moods) // _JUDGED))
    some = np.arange(len(moods))[::-1][::step][::-1]
    gram, moods, offsets = gram[np.ix_(some, some)], moods[some], offsets[some]
    # By the text, so that a fold does not depend on the order in which texts were labelled.
    fold = np.array([zlib.crc32(texts[row].encode()) % _FOLDS for row in some.tolist()])
    moved = {ridge: np.zeros_like(offsets) for ridge in _RIDGES}
    for one in range(_FOLDS):
        seen, held = fold != one, fold == one
        if not seen.any() or not held.any():
            continue
        solver = _ridge.Solver(gram[np.ix_(seen, seen)])
        for ridge in _RIDGES:
            duals = solver.softmax(hot(moods[seen]), offsets[seen], evenly(moods[seen]), ridge, near=_NEAR)
            moved[ridge][held] = gram[np.ix_(held, seen)] @ duals
    share = evenly(moods) / len(moods)
    ridge = min(_RIDGES, key=lambda one: _loss(offsets + moved[one], moods, share))
    before = _macro(offsets, moods)
    heed = next(
        one for one in _HEEDS if one == 0 or _is_borne_out(offsets, one * moved[ridge], moods, before)
    )
    sums = offsets + heed * moved[ridge]
    grid = np.exp(np.linspace(np.log(0.5), np.log(2.5), 41))
    plain = np.full(len(moods), 1 / len(moods))
    best = float(min(grid, key=lambda one: _loss(sums / one, moods, plain)))
    # Few lessons say little of how sure one may be.
    temperature = best ** (len(moods) / (len(moods) + 50))
    found[some] = _ridge.softmax(sums / temperature)
    return ridge, temperature, heed, Judgement(len(moods), before, _macro(sums, moods)), found


def _is_borne_out(offsets: Array, moved: Array, moods: NDArray[Any], before: float) -> bool:
    """Whether lessons that were not learnt from are read better so. Where what ships agrees with them no more often than a die would, they
    may have been given at random: then by more of them than chance alone would bring.
    """
    was, becomes = (
        (offsets.argmax(1) == moods).astype(float),
        ((offsets + moved).argmax(1) == moods).astype(float),
    )
    share = evenly(moods)
    kinds = len(set(moods.tolist()))
    by_die = float(np.sqrt((share**2).sum() * (1 - 1 / kinds) / kinds))
    if float((share * (was - 1 / kinds)).sum()) < _CHANCE * by_die:
        gained = share * (becomes - was)
        if float(gained.sum()) < _CHANCE * float(np.sqrt((gained**2).sum())):
            return False
    return _macro(offsets + moved, moods) >= before


def _loss(sums: Array, moods: NDArray[Any], share: Array) -> float:
    return float(-(share * log(_ridge.softmax(sums)[np.arange(len(moods)), moods])).sum())


def _macro(sums: Array, moods: NDArray[Any]) -> float:
    """Macro-F1 over the moods that occur."""
    there = sorted(set(moods.tolist()))
    names = [reading.MOODS[place] for place in there]
    said = [reading.MOODS[place] for place in sums.argmax(1).tolist()]
    return scores([reading.MOODS[place] for place in moods.tolist()], said, names, rounds=0).macro_f1


def hot(moods: NDArray[Any]) -> Array:
    """Places of moods as rows with a one."""
    return np.eye(3)[moods]


def evenly(moods: NDArray[Any]) -> Array:
    """Weights, one on average, by which each mood that occurs counts alike."""
    counts = np.bincount(moods, minlength=3)
    weight = 1 / counts[moods]
    return np.asarray(weight / weight.mean())


def log(share: Array | NDArray[np.float32]) -> Array:
    """Logarithms of shares; none is so small that it could not be learnt away."""
    return np.asarray(np.log(np.clip(share.astype(np.float64), 1e-7, 1.0)))
