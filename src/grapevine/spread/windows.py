"""The edge of Watts' window, worked out once."""

from __future__ import annotations

from functools import cache

from grapevine.engine.cascade import analytic

HIGHEST = 0.4
"""Of the axis: above a third no mean degree lets one person be enough."""
_FEWEST, _MOST = 3, 40


@cache
def edge(directed: bool) -> tuple[tuple[float, float, float], ...]:
    """Thresholds, the highest first, with the mean degrees from and to which one person can set off a wide cascade in a network whose ties are
    drawn evenly, one way or both ways. One friend convinces those with at most 1/threshold friends, so it changes at these thresholds only."""
    found = []
    for friends in range(_FEWEST, _MOST + 1):
        window = analytic.poisson_window(f"1/{friends}", directed=directed)
        if window is not None and window[1] is not None:
            found.append((1 / friends, window[0], window[1]))
    return tuple(found)


def outline(far: float, *, directed: bool) -> tuple[tuple[float, float], ...]:
    """The upper edge of the region, along mean degrees up to `far`: its stairs."""
    rows = edge(directed)
    up = [(low, threshold) for threshold, low, _high in reversed(rows)]
    down: list[tuple[float, float]] = []
    for place, (threshold, _low, high) in enumerate(rows):
        if high > far:
            down.append((far, threshold))
            break
        down.append((high, threshold))
        if place + 1 < len(rows):
            down.append((high, rows[place + 1][0]))
    return (*((low, threshold) for low, threshold in up if low <= far), *down)
