"""Simulation and samples on the workers of a Dask cluster (extra `cluster`), for what one machine can't hold in time.

The network is a folder that `graph.store.save` wrote and that every machine sees at the same place. Each worker maps it, so that all workers of a
machine share one copy. Runs and samples hang on the seed and their number alone: who does them, in what pieces, and how often a piece is done again
because its worker was lost, changes nothing. So the answers are those of one machine.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np

from grapevine.engine.cascade import opim, simulation
from grapevine.engine.cascade.advice import Advice, Wishes
from grapevine.engine.cascade.base import SpreadModel
from grapevine.engine.cascade.choosing import Heap
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.simulation import Distribution, Part, Seeds
from grapevine.engine.cascade.trees import Here, Trees
from grapevine.engine.graph import store
from grapevine.engine.graph.network import Graph

if TYPE_CHECKING:
    from distributed import Client

FIRST, PIECE = 1 << 10, 1 << 16  # samples in a piece: before it is known how large they are, and at most
ENTRIES = 1 << 22  # people in the samples of a piece, about
GROUPED = 8  # pieces of runs that travel as one, at most


@dataclass(frozen=True)
class Place:
    """Where the network lies, and for which work it is wanted: by that a worker knows what it has ready."""

    folder: str
    stamp: int
    work: str


Task = tuple[Place, SpreadModel, int]
Progress = Callable[[int, int], None]


class Cluster:
    """A network on a cluster. `progress` is told how many pieces of how many are done; what it raises ends the work."""

    def __init__(self, client: Client, folder: Path | str, *, progress: Progress | None = None) -> None:
        self.client = client
        self.folder = str(Path(folder).resolve())
        self.graph: Graph = store.load(self.folder)
        self.stamp = (Path(self.folder) / store.HEAD).stat().st_mtime_ns
        self._progress = progress

    def simulate(self, model: SpreadModel, seeds: Seeds, *, runs: int = 1000, rng: int = 0, tolerance: float | None = None, steps: int = 0,
                 who: bool = False) -> Distribution:  # fmt: skip
        """As `model.simulate` on the same network."""

        told = self.task(model, rng)

        def work(asked: simulation.Asked, pieces: list[tuple[int, int]]) -> list[Part]:
            size = max(1, min(GROUPED, len(pieces) // (4 * self._threads())))
            groups = [pieces[at : at + size] for at in range(0, len(pieces), size)]
            found = self._each(_runs, [(*told, asked, group) for group in groups])
            return [part for parts in found for part in parts]

        return simulation.simulate(
            model.prepare(self.graph, rng=rng), seeds, runs=runs, tolerance=tolerance, steps=steps, who=who, work=work
        )  # fmt: skip

    def advise(self, model: SpreadModel, wishes: Wishes, *, rng: int = 0) -> Advice:
        """As `model.advise` on the same network, for models that reverse samples grow for. Raises SpreadError for others."""
        return opim.advise(self.source(model, rng=rng), wishes)

    def source(self, model: SpreadModel, *, rng: int = 0) -> Far:
        """Reverse samples drawn by the workers."""
        trees = model.trees(self.graph)
        if trees is None:
            raise SpreadError(
                "For the model {model} no samples can be drawn, on a cluster or elsewhere.", model=model.name
            )
        return Far(self, model, trees, rng)

    def task(self, model: SpreadModel, rng: int) -> Task:
        """What all pieces of one piece of work have in common."""
        return Place(self.folder, self.stamp, uuid4().hex), model, rng

    def _threads(self) -> int:
        return max(1, sum(self.client.nthreads().values()))

    def _each(self, do: Callable[..., Any], tasks: list[tuple[Any, ...]]) -> list[Any]:
        """Have tasks done; what they come to, in their order. Lost workers' tasks are done again by others."""
        from distributed import as_completed

        futures = [self.client.submit(do, *task, pure=False) for task in tasks]
        places = {future.key: place for place, future in enumerate(futures)}
        found: list[Any] = [None] * len(tasks)
        try:
            for count, (future, result) in enumerate(as_completed(futures, with_results=True), start=1):
                found[places[future.key]] = result
                if self._progress is not None:
                    self._progress(count, len(tasks))
        finally:
            self.client.cancel([future for future in futures if not future.done()])
        return found


class Far:
    """A source of samples (`trees.Source`) that the workers draw."""

    def __init__(self, cluster: Cluster, model: SpreadModel, trees: Trees, rng: int) -> None:
        self.trees = trees
        self._cluster = cluster
        self._told = cluster.task(model, rng)

    def draw(self, stream: int, first: int, last: int, heap: Heap) -> None:
        """See `trees.Source`."""
        while heap.sets < last:
            # No piece may be too large to travel; how large samples are is known from those that are there.
            mean = heap.size / heap.sets if heap.sets else 1.0
            piece = max(1, min(PIECE, int(ENTRIES / mean))) if heap.sets else FIRST
            until = min(last, heap.sets + piece * (4 * self._cluster._threads() if heap.sets else 1))
            pieces = _parted(heap.sets, until, piece)
            for lengths, entries in self._cluster._each(
                _samples_of, [(*self._told, stream, *one) for one in pieces]
            ):
                heap.append(lengths, entries)

    def hits(self, stream: int, first: int, last: int, marked: Any) -> int:
        """See `trees.Source`."""
        pieces = _parted(
            first, last, max(FIRST, min(PIECE, (last - first) // (4 * self._cluster._threads())))
        )
        return sum(self._cluster._each(_hits_of, [(*self._told, stream, *one, marked) for one in pieces]))


def _parted(first: int, last: int, size: int) -> list[tuple[int, int]]:
    return [(at, min(at + size, last)) for at in range(first, last, size)]


# What the workers do.

_MINE = threading.local()


@lru_cache(maxsize=2)
def _mapped(folder: str, stamp: int) -> Graph:
    return store.load(folder)


def _ready(place: Place, make: Callable[[Graph], Any]) -> Any:
    """What this thread made ready for the same work before, or now."""
    if getattr(_MINE, "place", None) != place:
        _MINE.made = make(_mapped(place.folder, place.stamp))
        _MINE.place = place
    return _MINE.made


def _runs(
    place: Place, model: SpreadModel, rng: int, asked: simulation.Asked, pieces: list[tuple[int, int]]
) -> list[Part]:
    runner = _ready(place, lambda graph: model.prepare(graph, rng=rng))
    return [simulation.piece_of(runner, asked, *piece) for piece in pieces]


def _here(place: Place, model: SpreadModel, rng: int) -> Here:
    def make(graph: Graph) -> Here:
        trees = model.trees(graph)
        assert trees is not None  # the cluster has looked
        return Here(trees, rng)

    found: Here = _ready(place, make)
    return found


def _samples_of(
    place: Place, model: SpreadModel, rng: int, stream: int, first: int, last: int
) -> tuple[Any, Any]:
    return _here(place, model, rng).some(stream, first, last)


def _hits_of(
    place: Place, model: SpreadModel, rng: int, stream: int, first: int, last: int, marked: Any
) -> int:
    return _here(place, model, rng).hits(stream, first, last, np.array(marked))
