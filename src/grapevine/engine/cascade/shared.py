"""Threshold cascades that share what they have in common: single seeds for everybody at once, many sets of seeds, sixty-four sets in bits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grapevine.engine.cascade import _bits, _closures, _threshold
from grapevine.engine.graph.network import Graph

TRIED = 8  # people tried as landmarks
WORTH = 64  # a landmark's cascade must be so large to be worth keeping
PIECES = 64  # in which everybody is asked where somebody wants to be told


class Shared:
    """A graph with thresholds, and the largest cascade found among a few tried, walked once and kept."""

    def __init__(self, graph: Graph, need: Any) -> None:
        self.graph = graph
        self.need = need
        self._left = need.copy()
        self._queue = np.empty(graph.n + 1, np.int32)
        self.common = 0
        """How many join with the landmark; 0 when there is none."""
        self.landmark: int | None = None
        self.kept = need[:0]
        self.leads = np.zeros(graph.n, np.uint8)
        self._choose()

    def _choose(self) -> None:
        easy = np.flatnonzero(self.need == 1)
        if easy.size == 0:
            return
        spread_ = easy[np.linspace(0, easy.size - 1, TRIED).astype(np.int64)]
        liked = easy[np.argmax(self.graph.out_degree[easy])]
        for one in dict.fromkeys([int(liked), *map(int, spread_)]):
            self._left[:] = self.need
            size = self._walk(np.array([one]))
            if size > max(self.common, WORTH):
                self.common, self.landmark, self.kept = size, one, self._left.copy()
            if self.common * 4 > self.graph.n:
                break
        self._left[:] = self.need
        if self.landmark is not None:
            graph = self.graph
            _closures.leads_to(graph.in_at, graph.in_from, self.need, self.landmark, self.leads, self._queue)

    def _walk(self, seeds: Any) -> int:
        return int(_threshold.run(self.graph.out_at, self.graph.out_to, self._left, seeds, self._queue))

    def every_seed(self, told: Callable[[int, int], None] | None = None) -> Any:
        """For everybody the size of the cascade they start alone; 0 for those whose countdown says that they have joined. `told` hears between how
        many of how many have been asked, and may end it."""
        graph = self.graph
        joined = self.need <= 0
        sizes = np.where(joined, np.int32(-1), np.int32(0))
        stack = np.empty(graph.n + 1, np.int32)
        kept = self.kept if self.common else self._left
        piece = graph.n if told is None else -(-graph.n // PIECES)
        for first in range(0, graph.n, max(1, piece)):
            last = min(first + piece, graph.n)
            _closures.every_seed(
                graph.out_at, graph.out_to, graph.in_at, graph.in_from, self.need, self._left, kept, self.leads, self.common,
                self._queue, stack, sizes, first, last,
            )  # fmt: skip
            if told is not None:
                told(last, graph.n)
        sizes[joined] = 0
        return sizes

    def run(self, seed_sets: Any, sizes: Any, reached: Any) -> None:
        """The sizes of many sets' cascades; adds to `reached`, unless it is empty, how often each person joins."""
        graph = self.graph
        before = np.empty(max(1, seed_sets.shape[1]), self.need.dtype)
        # Each thread has a state of its own; what is shared is only read.
        left, kept, queue = (
            self.need.copy(),
            (self.kept if self.common else self.need).copy(),
            np.empty(graph.n + 1, np.int32),
        )
        came = _closures.runs(
            graph.out_at, graph.out_to, left, kept, self.leads, self.common, seed_sets, queue, before, sizes, reached
        )  # fmt: skip
        if came and reached.size:
            reached[self.kept <= 0] += came

    def in_bits(self, seed_sets: Any) -> tuple[Any, Any]:
        """The cascades of up to 64 sets: sizes, and for everybody a word whose bit `i` says whether they join in cascade i. By what they share
        where there is a landmark, else side by side."""
        graph = self.graph
        active, sizes = np.zeros(graph.n, np.uint64), np.zeros(len(seed_sets), np.int64)
        if self.common:
            before = np.empty(max(1, seed_sets.shape[1]), self.need.dtype)
            left, kept = self.need.copy(), self.kept.copy()
            _closures.runs_in_bits(
                graph.out_at, graph.out_to, left, kept, self.leads, seed_sets, self._queue, before, active
            )
            _bits.count(active, sizes)
            return sizes, active
        digit_at = np.zeros(graph.n + 1, np.int64)
        _bits.digits_of(self.need, digit_at)
        digits = np.empty(int(digit_at[-1]), np.uint64)
        _bits.start_digits(self.need, digit_at, digits)
        waiting = np.zeros(graph.n, np.uint64)
        _bits.run(
            graph.out_at, graph.out_to, digit_at, digits, seed_sets, active, waiting, self._queue, sizes
        )
        return sizes, active


def countdowns(need: Any, in_degree: Any) -> Any:
    """Countdowns in the smallest kind of number that all friends together can't count through."""
    most = int(in_degree.max(initial=0))
    kind = np.int8 if most < 2**7 - 2 else np.int16 if most < 2**15 - 2 else np.int32
    return np.minimum(need, in_degree.astype(np.int64) + 1).astype(kind)
