"""How long advice will take where nothing can be proved and people are tried out by simulation: told before it begins."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from grapevine.engine.cascade import SpreadModel, lazy
from grapevine.engine.cascade.runners import Counting
from grapevine.engine.graph import Graph

AGAIN = 5
"""For each who is chosen so many are asked again, about: between 3 and 8 on the networks tried."""


def seconds(model: SpreadModel, graph: Graph, pool: Any, wanted: int) -> float | None:
    """So many seconds, by the time that one question takes here and now; None where it takes no simulation. `pool` are nodes who may be chosen."""
    if type(model).advise is not SpreadModel.advise or isinstance(model.prepare(graph), Counting):
        return None
    pool = np.asarray(pool)
    some = pool[np.argsort(-graph.out_degree[pool], kind="stable")][: max(1, wanted // 2)]
    model.simulate(graph, some[:1].tolist(), runs=2)  # the first question waits for the compiler
    begun = time.perf_counter()
    model.simulate(graph, some.tolist(), runs=lazy.RUNS)
    each = time.perf_counter() - begun
    return each * (min(pool.size, max(lazy.POOL, 3 * wanted)) + AGAIN * wanted)
