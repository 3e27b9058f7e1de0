"""Models made ready for a graph: what is worked out once, and room for a run. See `simulation.Runner`."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _independent, _threshold, _timed
from grapevine.engine.cascade.shared import Shared
from grapevine.engine.graph.network import Graph

SOME_STEPS = 64
KEPT = 1 << 26
"""With no more arcs than that, what is rolled for them is kept as long as 64 runs go on: 8 bytes an arc, of those who join, and thread."""


class Counting:
    """Threshold models whose thresholds are given: a countdown per person."""

    sure = True

    def __init__(self, graph: Graph, need: Any, rng: int, shared: Shared | None = None) -> None:
        self.graph = graph
        self.rng = rng
        self.need = need
        self._shared = shared
        self._left = need.copy()
        self._queue = np.empty(graph.n + 1, np.int32)
        self._ends = np.zeros(SOME_STEPS, np.int64)

    def twin(self) -> Counting:
        """Another one with the same thresholds."""
        return Counting(self.graph, self.need, self.rng, self._shared)

    def run(self, first: int, seed_sets: Any, sizes: Any, curves: Any, reached: Any) -> None:
        """With a course in time each run alone; else what they share is walked once."""
        if curves.shape[1] == 0 and sizes.size > 1:
            if self._shared is None:
                self._shared = Shared(self.graph, self.need)
            self._shared.run(seed_sets, sizes, reached)
            return
        graph = self.graph
        for row in range(sizes.size):
            self._left[:] = self.need
            seeds = seed_sets[row if seed_sets.shape[0] > 1 else 0]
            if curves.shape[1]:
                if self._ends.size < graph.n + 1:
                    self._ends = np.zeros(graph.n + 1, np.int64)
                last = _threshold.run_in_steps(
                    graph.out_at, graph.out_to, self._left, seeds, self._queue, self._ends
                )
                sizes[row] = self._ends[last]
                kept = min(last + 1, curves.shape[1])
                curves[row, :kept] = self._ends[:kept]
                curves[row, kept:] = self._ends[last]
            else:
                sizes[row] = _threshold.run(graph.out_at, graph.out_to, self._left, seeds, self._queue)
            if reached.size:
                reached[self._queue[: sizes[row]]] += 1

    def joined(self) -> Any:
        """Who joined in the last run."""
        return self._queue


class Drawing:
    """Threshold models whose thresholds are drawn anew in each run: from a distribution, or evenly against weights."""

    sure = False

    def __init__(self, graph: Graph, kind: int, first: float, second: float, weights: Any, rng: int) -> None:
        self.graph = graph
        self.rng = rng
        self._told = (kind, first, second, weights)
        self._stamp = np.zeros(graph.n, np.uint32)
        self._left = np.zeros(graph.n, np.int64)
        self._queue = np.empty(graph.n + 1, np.int32)

    def twin(self) -> Drawing:
        """Another one with room of its own."""
        return Drawing(self.graph, *self._told, self.rng)

    def run(self, first: int, seed_sets: Any, sizes: Any, curves: Any, reached: Any) -> None:
        """Each run alone; thresholds are drawn when somebody is first spoken to."""
        kind, one, other, weights = self._told
        graph = self.graph
        self._stamp[:] = 0
        _threshold.drawn_runs(
            graph.out_at, graph.out_to, graph.in_degree, weights, kind, one, other, np.uint64(self.rng), first,
            seed_sets, self._stamp, self._left, self._queue, sizes, curves, reached,
        )  # fmt: skip

    def joined(self) -> Any:
        """Who joined in the last run."""
        return self._queue


class Trying:
    """The independent cascade: a chance per arc."""

    sure = False

    def __init__(self, graph: Graph, chances: Any, rng: int) -> None:
        self.graph = graph
        self.rng = rng
        self._chances = chances
        self._active, self._fresh = np.zeros(graph.n, np.uint64), np.zeros(graph.n, np.uint64)
        kept = graph.arcs if graph.arcs <= KEPT else 0
        self._live, self._rolled = (
            np.empty(kept, np.uint64),
            np.zeros(-(-kept // _independent.BLOCK), np.uint64),
        )
        self._words = np.empty(graph.n, np.uint64)
        self._now, self._then, self._joined = (np.empty(graph.n + 1, np.int32) for _ in range(3))

    def twin(self) -> Trying:
        """Another one with room of its own."""
        return Trying(self.graph, self._chances, self.rng)

    def run(self, first: int, seed_sets: Any, sizes: Any, curves: Any, reached: Any) -> None:
        """Sixty-four at a time."""
        graph = self.graph
        _independent.runs(
            graph.out_at, graph.out_to, self._chances, np.uint64(self.rng), first, seed_sets, self._active, self._fresh, self._live,
            self._rolled, self._words, self._now, self._then, self._joined, sizes, curves, reached,
        )  # fmt: skip

    def joined(self) -> Any:
        """Who joined in the last run."""
        return self._joined


class Waiting:
    """Models in which passing on takes time."""

    sure = False

    def __init__(
        self, graph: Graph, chances: Any, forget: float, outside: float, brief: int, horizon: int, rng: int
    ) -> None:
        self.graph = graph
        self.rng = rng
        self._told = (chances, forget, outside, brief, horizon)
        self._stamp = np.zeros(graph.n, np.uint32)
        self._arrive = np.zeros(graph.n, np.int32)
        self._first = np.zeros(horizon + 1, np.int64)
        notes = graph.arcs + 2 * graph.n
        self._then = np.zeros(notes, np.int64)
        self._who = np.zeros(notes, np.int32)
        self._queue = np.empty(graph.n + 1, np.int32)

    def twin(self) -> Waiting:
        """Another one with room of its own."""
        return Waiting(self.graph, *self._told, self.rng)

    def run(self, first: int, seed_sets: Any, sizes: Any, curves: Any, reached: Any) -> None:
        """Each run alone, step by step."""
        graph = self.graph
        self._stamp[:] = 0
        _timed.runs(
            graph.out_at, graph.out_to, *self._told, np.uint64(self.rng), first, seed_sets, self._stamp, self._arrive,
            self._first, self._then, self._who, self._queue, sizes, curves, reached,
        )  # fmt: skip

    def joined(self) -> Any:
        """Who joined in the last run."""
        return self._queue
