"""Chance for the demo, the same on every Python.

Everything is drawn from `random.Random.random()`, the one method whose sequence Python promises to keep between
versions, and nothing iterates over a set.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws on top of one `random.Random`."""

    def __init__(self, rng: random.Random) -> None:
        self._next = rng.random

    @classmethod
    def of(cls, *parts: int) -> Dice:
        """Dice of their own for one part of the story, so that a change in one leaves the others as they were."""
        seed = 0
        for part in parts:
            seed = (seed * 1_000_003 + part + 12_345) % (1 << 61)
        return cls(random.Random(seed))  # noqa: S311 - a story, not a secret

    def chance(self, p: float) -> bool:
        """True with probability `p`."""
        return self._next() < p

    def between(self, low: float, high: float) -> float:
        """A real number from `low` to `high`, evenly."""
        return low + (high - low) * self._next()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of `things`, evenly. Raises IndexError when there are none."""
        return things[int(self._next() * len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """A key of `weights` in proportion to its value (at least one must be above nought)."""
        at = self._next() * sum(weights.values())
        last = None
        for thing, weight in weights.items():
            if weight <= 0:
                continue
            last = thing
            at -= weight
            if at < 0:
                return thing
        if last is None:
            raise IndexError("nothing to draw from")
        return last

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """A copy in random order (Fisher and Yates)."""
        cards = list(things)
        for end in range(len(cards) - 1, 0, -1):
            other = int(self._next() * (end + 1))
            cards[end], cards[other] = cards[other], cards[end]
        return cards

    def normal(self) -> float:
        """A standard normal draw (Box and Muller)."""
        return math.sqrt(-2 * math.log(1 - self._next())) * math.cos(2 * math.pi * self._next())

    def skewed(self, median: float, sigma: float) -> float:
        """A log-normal draw: half below `median`, a tail as long as `sigma` says."""
        return median * math.exp(sigma * self.normal())
