"""How good readings are, from labels of texts that were drawn by strata: each label counts for as many texts as it stands for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.understand import rules
from grapevine.understand.contracts import MOODS

ROUNDS = 400
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FEW = 8
"""Of fewer labels nothing is said of a language, source or tier but their number."""
TOO_FEW = 20
"""Fewer labels than these bear no figure at all."""


@dataclass(frozen=True)
class Judged:
    """One label: how the text read (`shares` of MOODS) and what a person said, by stratum; `weight` is for how many texts it was drawn."""

    said: str
    shares: tuple[float, float, float]
    sure: bool
    stratum: str
    weight: float
    lang: str
    source: str
    tier: str
    month: date

    @property
    def read(self) -> str:
        return MOODS[int(np.argmax(self.shares))]

    @property
    def right(self) -> bool:
        return self.read == self.said


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, and on how many labels it stands."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Bin:
    """Readings between two likelihoods: how likely they were on average, how often they were right."""

    low: float
    high: float
    likely: float
    right: float
    count: int


@dataclass(frozen=True)
class Group:
    """A language, a source, a tier or a month. `accuracy` is None with too few labels."""

    key: Any
    count: int
    accuracy: Share | None


@dataclass(frozen=True)
class Figures:
    """All that the labels say. `table[i][j]` counts labels said MOODS[i] and read as MOODS[j]."""

    count: int
    accuracy: Share
    macro_f1: Share
    table: tuple[tuple[int, ...], ...]
    bins: tuple[Bin, ...]
    calibration_error: float
    sure_share: Share
    sure_accuracy: Share | None
    langs: tuple[Group, ...]
    sources: tuple[Group, ...]
    tiers: tuple[Group, ...]


def figures(labels: Sequence[Judged], sizes: dict[str, float]) -> Figures | None:
    """The figures; None with too few labels. `sizes`: how many texts that have a mood each stratum stands for, not yet labelled ones included.

    Intervals are of a bootstrap within strata (Efron, 1979): 400 draws by the same dice, so the same labels give the same figures.
    """
    if len(labels) < TOO_FEW:
        return None
    weight = weights(labels, sizes)
    said = np.array([MOODS.index(one.said) for one in labels])
    read = np.array([MOODS.index(one.read) for one in labels])
    sure = np.array([one.sure for one in labels])
    likely = np.array([max(one.shares) for one in labels])
    right = said == read
    draws = _draws(labels)

    def interval(of: Callable[[NDArray[Any]], float]) -> tuple[float, float]:
        low, high = np.quantile([of(rows) for rows in draws], [0.025, 0.975]).tolist()
        return low, high

    def share(value: NDArray[np.bool_]) -> Share:
        def of(rows: NDArray[Any]) -> float:
            return float(np.average(value[rows], weights=weight[rows]))

        return Share(of(np.arange(len(labels))), *_honest(value, weight, *interval(of)), len(labels))

    def macro(rows: NDArray[Any]) -> float:
        return macro_f1(said[rows], read[rows], weight[rows])

    accuracy, value = share(right), macro(np.arange(len(labels)))
    low, high = interval(macro)
    # No narrower than the accuracy's, to either side: draws of labels that are all right are all alike.
    low = max(0.0, min(low, value - (accuracy.value - accuracy.low)))
    high = min(1.0, max(high, value + (accuracy.high - accuracy.value)))
    return Figures(
        count=len(labels),
        accuracy=accuracy,
        macro_f1=Share(value, low, high, len(labels)),
        table=tuple(
            tuple(int(((said == a) & (read == b)).sum()) for b in range(len(MOODS)))
            for a in range(len(MOODS))
        ),
        bins=_bins(likely, right, weight),
        calibration_error=_calibration_error(likely, right, weight),
        sure_share=share(sure),
        sure_accuracy=_accuracy(right[sure], weight[sure]) if sure.sum() >= FEW else None,
        langs=groups(labels, weight, lambda one: one.lang),
        sources=groups(labels, weight, lambda one: one.source),
        tiers=groups(labels, weight, lambda one: one.tier),
    )


def accuracy(labels: Sequence[Judged]) -> Share | None:
    """How often the mood was right, all in one number; None with too few labels."""
    if len(labels) < TOO_FEW:
        return None
    return _accuracy(np.array([one.right for one in labels]), np.array([one.weight for one in labels]))


def weights(labels: Sequence[Judged], sizes: dict[str, float]) -> NDArray[np.float64]:
    """For how many texts each label stands: its stratum's size by the labels there are of it, for not all drawn ones may be labelled yet."""
    count: dict[str, int] = defaultdict(int)
    for one in labels:
        count[one.stratum] += 1
    return np.array([sizes.get(one.stratum, one.weight) / count[one.stratum] for one in labels], np.float64)


def macro_f1(said: NDArray[Any], read: NDArray[Any], weight: NDArray[np.float64]) -> float:
    """Mean of the F1 of the moods that were said or read, each label with its weight."""
    found = []
    for mood in range(len(MOODS)):
        both = weight[said == mood].sum() + weight[read == mood].sum()
        if both > 0:
            found.append(2 * weight[(said == mood) & (read == mood)].sum() / both)
    return float(np.mean(found))


def _draws(labels: Sequence[Judged]) -> list[NDArray[Any]]:
    dice = np.random.Generator(np.random.PCG64(1))
    strata: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(labels):
        strata[one.stratum].append(place)
    rows = [np.array(places) for _name, places in sorted(strata.items())]
    return [np.concatenate([one[dice.integers(0, len(one), len(one))] for one in rows]) for _ in range(ROUNDS)]  # fmt: skip


def _accuracy(right: NDArray[np.bool_], weight: NDArray[np.float64]) -> Share:
    value = float(np.average(right, weights=weight))
    return Share(value, *_honest(right, weight, value, value), len(right))


def _honest(
    value: NDArray[np.bool_], weight: NDArray[np.float64], low: float, high: float
) -> tuple[float, float]:
    """At least as wide as Wilson's interval for as many labels as the weights are worth (Kish, 1965).

    A bootstrap of few labels that are all right has no width.
    """
    worth = float(weight.sum() ** 2 / (weight**2).sum())
    share = float(np.average(value, weights=weight))
    below, above = rules.wilson(share * worth, worth)
    return min(low, below), max(high, above)


def groups(
    labels: Sequence[Judged], weight: NDArray[np.float64], key: Callable[[Judged], Any]
) -> tuple[Group, ...]:
    """Accuracy by some property, the most frequent first."""
    rows: dict[Any, list[int]] = defaultdict(list)
    for place, one in enumerate(labels):
        rows[key(one)].append(place)
    right = np.array([one.right for one in labels])
    return tuple(
        Group(name, len(places), _accuracy(right[places], weight[places]) if len(places) >= FEW else None)
        for name, places in sorted(rows.items(), key=lambda pair: (-len(pair[1]), str(pair[0])))
    )


def drift(labels: Sequence[Judged], weight: NDArray[np.float64]) -> tuple[Group, ...]:
    """Agreement by month of publication, the earliest first."""
    return tuple(sorted(groups(labels, weight, lambda one: one.month), key=lambda one: one.key))


def _bins(likely: NDArray[Any], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> tuple[Bin, ...]:
    made = []
    for low, high in pairwise(BINS):
        rows = (likely >= low) & ((likely < high) | (high == BINS[-1]))
        if rows.any():
            made.append(
                Bin(
                    low,
                    high,
                    float(np.average(likely[rows], weights=weight[rows])),
                    float(np.average(right[rows], weights=weight[rows])),
                    int(rows.sum()),
                )
            )
    return tuple(made)


def _calibration_error(likely: NDArray[Any], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> float:
    """Expected calibration error over the bins (Naeini, Cooper & Hauskrecht, AAAI 2015), each label with its weight."""
    error = 0.0
    for low, high in pairwise(BINS):
        rows = (likely >= low) & ((likely < high) | (high == BINS[-1]))
        if rows.any():
            gap = np.average(right[rows], weights=weight[rows]) - np.average(
                likely[rows], weights=weight[rows]
            )
            error += float(weight[rows].sum() / weight.sum() * abs(gap))
    return error
