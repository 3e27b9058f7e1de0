"""What stands behind a simulation: how much hangs on the main knob, and what theory says of such a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grapevine.engine import cascade
from grapevine.engine.cascade import SpreadError, analytic
from grapevine.engine.graph import Graph
from grapevine.spread.outcomes import Sensitivity, Window
from grapevine.spread.questions import ModelChoice
from grapevine.spread.tie_chances import Fit

FACTORS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
MOST_WORK = 2e8
"""Ties walked at most, at a rough guess, for one value of the knob."""
LEAST_RUNS, MOST_RUNS = 20, 200


def values_about(knob: cascade.Knob, here: float) -> tuple[float, ...]:
    """Values of a knob around where it stands, inside its range; as decimal fractions, since thresholds are taken as they are written."""
    if knob.whole:
        around: list[float] = [float(one) for one in range(max(1, int(here) - 3), int(here) + 5)]
    else:
        around = [round(here * factor, 4) for factor in FACTORS]
    low = -np.inf if knob.low is None else knob.low
    high = np.inf if knob.high is None else knob.high
    return tuple(dict.fromkeys(one for one in around if low <= one <= high and one > 0))


def sensitivity(
    choice: ModelChoice,
    fit: Fit,
    graph: Graph,
    seeds: Sequence[Any],
    known: Sequence[float],
    *,
    rng: int,
    told: Callable[[int, int], None],
) -> Sensitivity | None:
    """The mean size of every scenario at values of the main knob about its own, where it is `known`; `fit` puts a choice to the graph. None when
    that knob isn't a number. `told` is called between with how many of how many means are known, and may end it."""
    name = choice.main_knob
    if not name or graph.n == 0:
        return None
    knob = next(one for one in cascade.named(choice.name).knobs() if one.name == name)
    here = float(choice.knobs.get(name, knob.default))
    runs = int(np.clip(MOST_WORK / max(1, graph.arcs + graph.n), LEAST_RUNS, MOST_RUNS))
    values = values_about(knob, here)
    means: list[list[float]] = [[] for _ in seeds]
    for value in values:
        model, tried = fit(choice.with_knob(name, int(value) if knob.whole else value))
        for place, begun in enumerate(seeds):
            at_home = value == here
            mean = known[place] if at_home else model.simulate(tried, begun, runs=runs, rng=rng).mean
            means[place].append(mean)
            told(sum(map(len, means)), len(values) * len(seeds))
    return Sensitivity(name, here, values, tuple(map(tuple, means)))


def window(choice: ModelChoice, graph: Graph, counts: Sequence[int]) -> Window | None:
    """Where the network stands in Watts' window, and what its degrees alone lead to. None for models of which that isn't known."""
    model = choice.made()
    if graph.n == 0 or model.name != "watts" or getattr(model, "drawn", "") != "same":
        return None
    threshold = float(getattr(model, "threshold", 0))
    degrees = analytic.of_graph(graph)
    try:
        found = analytic.poisson_window(threshold, directed=graph.directed)
        foreseen = [analytic.foresee(degrees, threshold, min(1.0, count / graph.n)) for count in counts]
    except SpreadError:  # a threshold so low that the window's upper end can't be told
        return None
    low, high = found or (None, None)
    return Window(
        threshold=threshold, mean_degree=degrees.mean, low=low, high=high, reach=foreseen[0].vulnerable_reach,
        alone=foreseen[0].p_single_seed_global, sizes=tuple(one.share * graph.n for one in foreseen), directed=graph.directed,
    )  # fmt: skip
