"""How good readings are against a person's labels: the figures the field uses, from plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Scores:
    """`table[i, j]` counts texts labelled `names[i]` and read as `names[j]`; `f1` by class; `interval` of macro-F1 (95 %, bootstrap)."""

    names: tuple[str, ...]
    table: NDArray[np.int64]
    accuracy: float
    f1: tuple[float, ...]
    macro_f1: float
    interval: tuple[float, float]
    count: int


def scores(truth: Sequence[str], said: Sequence[str], names: Sequence[str], *, rounds: int = 200) -> Scores:
    """Accuracy, F1 by class, macro-F1 and its interval. What was said that is none of `names` counts as wrong."""
    places = {name: place for place, name in enumerate(names)}
    t = np.array([places[one] for one in truth], np.int64)
    s = np.array([places.get(one, len(names)) for one in said], np.int64)
    table = _table(t, s, len(names))
    dice = np.random.Generator(np.random.PCG64(1))
    drawn = [
        _macro(_table(t[rows], s[rows], len(names)))
        for rows in (dice.integers(0, len(t), len(t)) for _ in range(rounds if len(t) else 0))
    ]
    low, high = (np.quantile(drawn, [0.025, 0.975]).tolist()) if drawn else (0.0, 0.0)
    f1 = _f1(table)
    return Scores(
        tuple(names),
        table[:, : len(names)],
        float((t == s).mean()) if len(t) else 0.0,
        tuple(f1.tolist()),
        float(f1.mean()),
        (low, high),
        len(t),
    )


def calibration_error(confidence: NDArray[Any], right: NDArray[np.bool_], *, bins: int = 10) -> float:
    """Expected calibration error in bins of equal width (Naeini, Cooper & Hauskrecht, AAAI 2015)."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for one in range(bins):
        rows = place == one
        if rows.any():
            error += float(rows.mean()) * abs(float(right[rows].mean()) - float(confidence[rows].mean()))
    return error


def _table(t: NDArray[np.int64], s: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    return np.bincount(t * (size + 1) + s, minlength=size * (size + 1)).reshape(size, size + 1)


def _f1(table: NDArray[np.int64]) -> NDArray[np.float64]:
    hits = np.diagonal(table).astype(np.float64)
    both = table.sum(1) + table[:, : len(hits)].sum(0)
    return np.divide(2 * hits, both, out=np.zeros(len(hits)), where=both > 0)


def _macro(table: NDArray[np.int64]) -> float:
    return float(_f1(table).mean())
