"""What share of their friends it takes until somebody joins: bounds for each person who had heard of it, and how it is spread among all.

Who joined right after a friend did has their threshold between the shares before and after that friend. Who hasn't joined has a higher one than
the share that has: left out, as they often are, it looks as if it took little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade.heard import Heard

HUNDREDTHS = (0.1, 0.25, 0.5, 0.75, 0.9)
ROUNDS = 1000
ENOUGH = 1e-7
NONE = 1e-12


@dataclass(frozen=True)
class Bounds:
    """Everybody whom a friend went before, by row of `Heard`: their threshold is more than `low` and at most `high`, infinite where they didn't
    join, or so late that it wasn't for the friends."""

    low: Any
    high: Any

    def of(self, rows: Any) -> Bounds:
        """Those of some rows."""
        return Bounds(self.low[rows], self.high[rows])


def bounds(known: Heard) -> Bounds:
    """Of each person: above the share of friends that had joined before the last of them, up to that with them."""
    high = known.before / known.listens
    last = known.when[known.starts[1:] - 1] if known.person.size else np.empty(0)
    at_last = np.add.reduceat(known.when == last[known.row], known.starts[:-1]) if known.person.size else last
    low = (known.before - at_last) / known.listens
    return Bounds(np.where(known.convinced, low, high), np.where(known.convinced, high, np.inf))


@dataclass(frozen=True)
class Spread:
    """How thresholds are spread among all who had heard of it: at shares of friends, how many have theirs at most there."""

    share: Any
    up_to: Any

    def between(self, before: Any, after: Any, otherwise: float) -> Any:
        """How likely somebody who hadn't joined at a share of friends does by the next; `otherwise` where nobody is known who hadn't."""
        done, then = self._up_to(before), self._up_to(after)
        left = 1 - done
        return np.where(left > NONE, (then - done) / np.maximum(left, NONE), otherwise)

    def _up_to(self, share: Any) -> Any:
        return np.concatenate([[0.0], self.up_to])[np.searchsorted(self.share, share, side="right")]

    def hundredths(self) -> tuple[float | None, ...]:
        """Where so many people have joined; None where so many never were seen to."""
        found = [np.flatnonzero(self.up_to >= one - 1e-6) for one in HUNDREDTHS]
        return tuple(float(self.share[one[0]]) if one.size else None for one in found)


def spread(told: Bounds) -> Spread:
    """The most likely spread of thresholds of which only bounds are known (Turnbull 1976), by going round until it agrees with itself: everybody's
    threshold lies within their bounds as those of all do. Who never joined has theirs above their bound, wherever that is."""
    pairs, count = np.unique(np.stack([told.low, told.high], axis=1), axis=0, return_counts=True)
    low, high = pairs[:, 0], pairs[:, 1]
    share = np.unique(high[np.isfinite(high)])
    first = np.searchsorted(share, low, side="right")
    last = np.where(np.isfinite(high), np.searchsorted(share, high, side="right"), share.size + 1)
    mass = np.full(share.size + 1, 1 / (share.size + 1))
    for _ in range(ROUNDS):
        up_to = np.concatenate([[0.0], np.cumsum(mass)])
        weight = count / np.maximum(up_to[last] - up_to[first], NONE)
        begun = np.bincount(first, weight, minlength=mass.size + 1)
        ended = np.bincount(last, weight, minlength=mass.size + 1)
        new = mass * np.cumsum(begun - ended)[:-1] / count.sum()
        moved = float(np.abs(new - mass).max())
        mass = new
        if moved < ENOUGH:
            break
    return Spread(share, np.cumsum(mass)[:-1])
