"""How reverse samples of a model grow on a graph, and where they are drawn: here, or by somebody else who rolls the same dice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from grapevine.engine.cascade import _dice, _samples, chances
from grapevine.engine.graph import _build
from grapevine.engine.graph.network import Graph

LARGEST_TABLE = 12.0
ROOM = 1 << 16  # places of the queue, at least


@dataclass(frozen=True, eq=False)
class Trees:
    """What the kernels want to know of a model on a graph."""

    graph: Graph
    kind: int
    few: Any
    table_at: Any
    table: Any
    given: Any

    @classmethod
    def of(cls, graph: Graph, probability: float | str) -> Trees:
        """Of the independent cascade. Where all arcs to a person have one chance, one roll tells how many of them live."""
        top = int(graph.in_degree.max(initial=0))
        same = probability == "wc" or not isinstance(probability, str)
        if same and (probability == "wc" or float(probability) * top <= LARGEST_TABLE):
            degrees = np.arange(top + 1)
            chance = (
                1 / np.maximum(degrees, 1) if probability == "wc" else np.full(top + 1, float(probability))
            )
            return _counted(graph, *tables(graph.in_degree, chance))
        each = _dice.chance32(_by_target(graph, chances.each(graph, probability)))
        return cls(graph, _samples.ARCS, *_NOTHING, each)

    def arrays(self) -> tuple[Any, ...]:
        """What the kernels take."""
        graph = self.graph
        return self.kind, graph.in_at, graph.in_from, self.few, self.table_at, self.table, self.given

    @property
    def weights(self) -> Any:
        """What those who influence somebody weigh, by in-arc; empty when all weigh the same."""
        return self.given if self.kind == _samples.WEIGHED else np.empty(0, np.int64)

    @cached_property
    def room(self) -> int:
        """How many places the queue has: for one sample of everybody, or for many small ones."""
        top = int(self.graph.in_degree.max(initial=0))
        return max(self.graph.n + top + _samples.LANES + 4, ROOM)


class Walks:
    """How reverse samples of the linear threshold model grow: a walk, since a person follows one friend at most in each world."""

    @staticmethod
    def of(graph: Graph, probability: float | str) -> Trees:
        """Walks by equal or by given weights."""
        weights = chances.shares(graph, probability)
        if weights.size:
            return Trees(graph, _samples.WEIGHED, *_NOTHING, _by_target(graph, weights).astype(np.int64))
        # One of the arcs lives, always: a table that says so.
        top = int(graph.in_degree.max(initial=0))
        table_at = np.minimum(np.arange(top + 2), 1) * 0
        table_at[2:] = np.arange(1, top + 1)
        return _counted(graph, table_at, np.zeros(top, np.uint64))


_NOTHING = (np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.uint64))


def _counted(graph: Graph, table_at: Any, table: Any) -> Trees:
    few = np.empty((table_at.size - 1) * _samples.FEW, np.uint64)
    _samples.columns(np.ones(table_at.size - 1, np.bool_), table_at, table, few)
    return Trees(graph, _samples.COUNTED, few, table_at, table, np.zeros(0, np.uint32))


def tables(degrees: Any, chance: Any) -> tuple[Any, Any]:
    """For every degree that occurs, with the chance of one arc by degree: rows of the binomial distribution, and where they begin."""
    occurs = np.bincount(degrees, minlength=chance.size) > 0
    table_at = np.zeros(chance.size + 1, np.int64)
    table = np.empty(_samples.binomials(occurs, chance, table_at, np.empty(0, np.uint64)), np.uint64)
    _samples.binomials(occurs, chance, table_at, table)
    return table_at, table


def _by_target(graph: Graph, each: Any) -> Any:
    """What is told by out-arc, by in-arc."""
    return _build.turned(graph.n, graph.out_at, graph.out_to, np.ascontiguousarray(each, np.float64))[2]


class Source(Protocol):
    """Where samples come from. World s of a stream is the same wherever it is drawn."""

    trees: Trees

    def draw(self, stream: int, first: int, last: int, heap: Any) -> None:
        """Put samples `first` to below `last` into a heap that holds those before."""
        ...

    def hits(self, stream: int, first: int, last: int, marked: Any) -> int:
        """How many of the samples meet somebody who is marked."""
        ...


class Here:
    """Samples drawn in this process, by one thread."""

    def __init__(self, trees: Trees, rng: int) -> None:
        self.trees = trees
        self._rng = np.uint64(rng)
        self._seen = np.zeros(trees.graph.n, np.uint64)
        self._queue = np.empty(trees.room, np.int32)
        self._lanes = np.empty(trees.room, np.uint8)

    def draw(self, stream: int, first: int, last: int, heap: Any) -> None:
        """See `Source`."""
        done = first
        while done < last:
            heap.make_room(last, self.trees.room)  # no step fills more than the queue
            done = int(
                _samples.sample(
                    *self.trees.arrays(), self._rng, stream, done, last, self._seen, self._queue, self._lanes,
                    heap.entries, int(heap.starts[done]), heap.starts, 0, heap.count,
                )
            )  # fmt: skip
            heap.sets = done

    def hits(self, stream: int, first: int, last: int, marked: Any) -> int:
        """See `Source`."""
        return int(
            _samples.hits(
                *self.trees.arrays(), self._rng, stream, first, last, self._seen, self._queue, self._lanes, marked
            )
        )  # fmt: skip

    def some(self, stream: int, first: int, last: int) -> tuple[Any, Any]:
        """Samples on their own: how many people each holds, and who they are."""
        n = self.trees.graph.n
        starts, count = np.zeros(last - first + 1, np.uint32), np.zeros(n, np.int64)
        entries = np.empty(0, np.int32)
        done, end = first, 0
        while done < last:
            room = np.empty(2 * entries.size + self.trees.room, np.int32)
            room[:end] = entries[:end]
            entries = room
            done = int(
                _samples.sample(
                    *self.trees.arrays(), self._rng, stream, done, last, self._seen, self._queue, self._lanes,
                    entries, end, starts, first, count,
                )
            )  # fmt: skip
            end = int(starts[done - first])
        return np.diff(starts), entries[:end].copy()

    def tally(self, stream: int, first: int, last: int) -> Any:
        """In how many of the samples everybody stands. The samples aren't kept."""
        count = np.zeros(self.trees.graph.n, np.int64)
        _samples.tally(
            *self.trees.arrays(), self._rng, stream, first, last, self._seen, self._queue, self._lanes, count
        )  # fmt: skip
        return count
