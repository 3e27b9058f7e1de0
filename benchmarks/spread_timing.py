"""How the benchmark of spread takes times, and the networks it draws."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np

from grapevine.engine import graph

PHI, Z = 0.18, 4
Row = tuple[str, str, str, str]


def best(work: Callable[[], Any], times: int = 7) -> float:
    """The least processor time of several."""
    found = []
    for _ in range(times):
        begun = process_time()
        work()
        found.append(process_time() - begun)
    return min(found)


def shown(seconds: float) -> str:
    """A time in the unit that reads best."""
    units = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9))
    unit, size = next((one for one in units if seconds >= one[1]), units[-1])
    return f"{seconds / size:.3g} {unit}"


def poisson(n: int, z: float, rng: int) -> graph.Graph:
    """A network whose ties are drawn evenly."""
    return graph.from_arrays(
        *np.random.default_rng(rng).integers(0, n, (2, int(n * z / 2))), directed=False, people=n
    )
