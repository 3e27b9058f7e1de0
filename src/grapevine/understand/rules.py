"""Decisions on plain values: which texts are drawn, and from which likelihood on a reading counts as sure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENOUGH_FOR_A_LIMIT = 20
"""So many labels must lie above a limit before it may be one."""
ALLOWANCE = 0.1
"""So far below the wish the lower end of the interval may lie: else nothing could be wished before there are hundreds of labels."""
_TRUST = 4.0
"""For so much as this precision is taken, before any label, that readings are right as often as they say."""


@dataclass(frozen=True)
class Drawn:
    """One text that was drawn: its place among the candidates, its stratum, and for how many candidates it stands."""

    place: int
    stratum: str
    weight: float


def draw(strata: Sequence[str], order: Sequence[tuple[str, ...]], size: int, *, seed: int) -> list[Drawn]:
    """Draw `size` of the candidates so that rare strata are seen, too, and figures stay true for the whole.

    Each stratum gets a part that grows with the square root of its size (between equal and proportional), and at least two. Inside it every k-th
    text is taken from a start by chance, in the order of `order` (language, source, time), which spreads them over these
    (systematic sampling; Cochran, "Sampling Techniques", 1977, ch. 8). Each text stands for stratum size / drawn. Returned in an order by chance.
    """
    dice = np.random.default_rng(seed)
    by: dict[str, list[int]] = defaultdict(list)
    for place, stratum in enumerate(strata):
        by[stratum].append(place)
    made = []
    for stratum, count in sorted(shares_of(size, {name: len(rows) for name, rows in by.items()}).items()):
        rows = sorted(by[stratum], key=lambda place: order[place])
        step = len(rows) / count
        start = dice.random() * step
        made += [Drawn(rows[int(start + step * n)], stratum, step) for n in range(count)]
    return [made[place] for place in dice.permutation(len(made)).tolist()]


def shares_of(size: int, sizes: dict[str, int]) -> dict[str, int]:
    """How many of each stratum are drawn: all when there are no more than `size`, else by square roots, at least two of each."""
    if sum(sizes.values()) <= size:
        return dict(sizes)
    given = {name: min(2, count) for name, count in sizes.items()}
    while sum(given.values()) < size:
        # To whom the next one is worth most (Huntington–Hill on square roots).
        name = max(
            (name for name in sizes if given[name] < sizes[name]),
            key=lambda name: (math.sqrt(sizes[name]) / math.sqrt(given[name] * (given[name] + 1)), name),
        )
        given[name] += 1
    return given


@dataclass(frozen=True)
class Limit:
    """From `threshold` on, `right` of `count` labels were right; weighted, that is `share`, and `lower` the lower end of its interval.

    `kept` is the share of texts that lie above it. Not `is_reached`: no likelihood gives what was wished, this is the best there is.
    """

    threshold: float
    right: int
    count: int
    share: float
    lower: float
    kept: float
    is_reached: bool


def limit(
    likely: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64], wish: float
) -> Limit | None:
    """The least likelihood from which on the wished share is right, as far as labels (each with its weight) tell. None with too few of them.

    Of many possible limits the luckiest keeps the wish by chance. So what counts is how often readings are right by a smooth curve through all
    labels (`calibrated`), and that the labels above do not speak against it: the lower end of their interval lies near the wish.

    Where no likelihood gives the wish, the one that comes nearest, not reached.
    """
    if len(likely) < ENOUGH_FOR_A_LIMIT:
        return None
    order = np.argsort(-likely, kind="stable")
    counts, weights = np.arange(1, len(order) + 1), np.cumsum(weight[order])
    shares = np.cumsum(weight[order] * right[order]) / weights
    worth = weights**2 / np.cumsum(
        weight[order] ** 2
    )  # how many labels of equal weight these are worth (Kish, 1965)
    # A limit lies between two different likelihoods.
    ends = np.append(likely[order][:-1] > likely[order][1:], True)
    may = ends & (counts >= ENOUGH_FOR_A_LIMIT)
    smooth = np.cumsum(weight[order] * calibrated(likely, right, weight)[order]) / weights
    lower = np.array([wilson(share * n, n)[0] for share, n in zip(shares, worth, strict=True)])
    reached = np.flatnonzero(may & (smooth >= wish - 1e-9) & (lower >= wish - ALLOWANCE))
    at = (
        int(reached[-1]) if len(reached) else int(len(order) - 1 - np.argmax(np.where(may, shares, -1)[::-1]))
    )
    return Limit(
        threshold=float(likely[order][at]),
        right=int(right[order][: at + 1].sum()),
        count=int(counts[at]),
        share=float(shares[at]),
        lower=float(lower[at]),
        kept=float(weights[at] / weights[-1]),
        is_reached=bool(len(reached)),
    )


def calibrated(
    likely: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How often readings so likely are right, by a logistic curve through labels (Platt, 1999), drawn towards what they say of themselves."""
    share = np.clip(likely, 1e-6, 1 - 1e-6)
    seen = np.stack([np.ones(len(share)), np.log(share / (1 - share))], axis=1)
    each = weight * weight.sum() / (weight**2).sum()  # together as many as they are worth (Kish, 1965)
    as_said = np.array([0.0, 1.0])
    found = as_said
    for _ in range(25):
        now = 1 / (1 + np.exp(-np.clip(seen @ found, -30, 30)))
        slope = seen.T @ (each * (right - now)) - _TRUST * (found - as_said)
        bend = (seen.T * (each * now * (1 - now))) @ seen + _TRUST * np.eye(2)
        found = found + np.clip(np.linalg.solve(bend, slope), -1.0, 1.0)
    return np.asarray(1 / (1 + np.exp(-np.clip(seen @ found, -30, 30))))


def wilson(right: float, count: float, *, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927). (0, 1) where nothing was counted."""
    if count <= 0:
        return 0.0, 1.0
    share = right / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    below = 1 + z * z / count
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)
