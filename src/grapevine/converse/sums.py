"""How long answers took, in classes that can be added up over any time, and what a median made of them says. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
BOUNDS = (
    5 * _MINUTE,
    15 * _MINUTE,
    30 * _MINUTE,
    _HOUR,
    2 * _HOUR,
    4 * _HOUR,
    8 * _HOUR,
    12 * _HOUR,
    _DAY,
    2 * _DAY,
    3 * _DAY,
    7 * _DAY,
    14 * _DAY,
)
"""Upper ends of the classes in seconds (what took exactly as long belongs to the next); the last class has none."""
CLASSES = tuple(f"took_{place:02}" for place in range(len(BOUNDS) + 1))
"""The columns of `Rollup`, a class each."""

COUNTERS = (
    "opened",
    "answered",
    "in_time",
    "resolved",
    "seconds",
    *CLASSES,
    "helped",
    "helped_partly",
    "helped_not",
)
"""All columns of `Rollup` that count something."""
SCORES = {1: "helped_not", 2: "helped_partly", 3: "helped"}
"""The column of each answer to whether it helped."""


def class_of(seconds: int) -> str:
    """The column that counts an answer after so long."""
    return CLASSES[bisect_right(BOUNDS, seconds)]


def quantile(counts: Sequence[int], share: float = 0.5) -> float | None:
    """After how many seconds `share` of the answers were there: within a class as if they were spread evenly. None without answers."""
    total = sum(counts)
    if not total:
        return None
    left = share * total
    for place, count in enumerate(counts):
        if count and left <= count:
            low = BOUNDS[place - 1] if place else 0
            high = BOUNDS[place] if place < len(BOUNDS) else 2 * BOUNDS[-1]
            return low + (high - low) * left / count
        left -= count
    return float(2 * BOUNDS[-1])
