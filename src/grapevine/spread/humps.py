"""Whether sizes fall into two heaps with a valley between them, so that their mean describes neither. Pure."""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 0.05
"""So large a share of the runs a heap must have at least."""
DEEP = 0.5
"""The valley lies below so much of the lower heap's top."""
SURE = 3.0
"""And by so many standard errors, lest chance dig it."""


def valley(counts: Sequence[int]) -> int | None:
    """The bin of the valley, of runs counted by size in bins of one width; None where there is one heap only.
    A few bins that differ by chance are no valley: see `DEEP` and `SURE`."""
    total = sum(counts)
    best: tuple[float, int] | None = None
    for at in range(1, len(counts) - 1):
        left, right = counts[:at], counts[at + 1 :]
        lower = min(max(left), max(right))
        if min(sum(left), sum(right)) < LEAST * total or counts[at] > DEEP * lower:
            continue
        depth = lower - counts[at]
        if depth > SURE * (lower + counts[at]) ** 0.5 and (best is None or depth > best[0]):
            best = (depth, at)
    return None if best is None else best[1]
