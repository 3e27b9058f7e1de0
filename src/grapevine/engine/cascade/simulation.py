"""Many runs, and what they say: size, its spread, its course in time, and who is reached how often.

Run r is the same whatever else is asked: its dice hang on the rng's seed and r alone. So more runs only add to fewer, threads change nothing, and a
simulation may stop as soon as it knows enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Protocol

import numpy as np

from grapevine.engine.cascade import _random
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Counted, so_many

CHUNK = 256
"""Runs in a piece."""
FEWEST, A_LOOK = 64, 5e7
"""Where somebody wants to be told, a piece is about so many ties and people walked, but a multiple of so many runs, which go side by side."""
GLOBAL = 0.05
Z95 = 1.959963984540054


@dataclass(frozen=True)
class RandomSeeds:
    """In every run so many other people, drawn evenly; of `among` only (inner numbers, each once), where that is given."""

    count: int
    among: Any = field(default=None, compare=False)


Seeds = Sequence[int] | RandomSeeds


class Runner(Protocol):
    """A model made ready for a graph. Not for two threads at once: each takes a `twin`."""

    graph: Graph
    rng: int
    sure: bool
    """Whether the seeds alone decide."""

    def twin(self) -> Runner:
        """Another one that shares all that isn't written to."""
        ...

    def run(self, first: int, seed_sets: Any, sizes: Any, curves: Any, reached: Any) -> None:
        """Runs from number `first` on, one for each place in `sizes`. `curves` (runs × steps) and `reached` (people) may be empty."""
        ...

    def joined(self) -> Any:
        """Who joined in the last run, in their order. Only after a run with a curve."""
        ...


@dataclass(frozen=True)
class Cascade:
    """One run: inner numbers in the order of joining, and how many had joined by each step."""

    people: Any
    by_step: tuple[int, ...]

    @property
    def steps(self) -> list[set[int]]:
        """Who joined at each step."""
        begins = (0, *self.by_step)
        return [set(self.people[a:b].tolist()) for a, b in zip(begins, self.by_step, strict=False)]


@dataclass(frozen=True)
class Band:
    """The course in time: how many had joined by each step, on average and between the 5th and 95th hundredth of runs."""

    mean: tuple[float, ...]
    p05: tuple[float, ...]
    p95: tuple[float, ...]


@dataclass(frozen=True)
class Distribution:
    """What simulated runs came to."""

    n: int
    runs: int
    sizes: Any
    """By run. People who joined, seeds among them."""
    sure: bool
    """Whether all runs must be alike, so that one was walked."""
    band: Band | None = None
    reached: Any = None
    """For everybody the share of runs in which they joined."""

    @property
    def mean(self) -> float:
        """The expected size, estimated."""
        return float(self.sizes.mean()) if self.runs else math.nan

    @property
    def stderr(self) -> float:
        """The standard error of the mean; of one run that chance had a part in nobody knows it."""
        if self.sure or not self.sizes.size:
            return 0.0
        return float(self.sizes.std(ddof=1) / math.sqrt(self.runs)) if self.runs > 1 else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true mean lies with 95 % confidence, for enough runs."""
        half = Z95 * self.stderr
        return self.mean - half, self.mean + half

    def share(self, above: float = GLOBAL) -> float:
        """The share of runs that end above a share of all people."""
        return float(np.mean(self.sizes > above * self.n)) if self.runs else math.nan

    def quantile(self, at: float) -> float:
        """A size that a share `at` of the runs doesn't pass."""
        return float(np.quantile(self.sizes, at, method="inverted_cdf")) if self.runs else math.nan


def seed_sets(graph: Graph, seeds: Seeds, rng: int, first: int, count: int) -> Any:
    """The seeds of runs as rows: one row when they are given, one a run when they are drawn."""
    if not isinstance(seeds, RandomSeeds):
        return np.asarray(list(seeds), np.int64).reshape(1, -1)
    drawn = np.empty((count, seeds.count), np.int64)
    if seeds.among is None:
        _random.seed_sets(np.uint64(rng), first, graph.n, drawn)
        return drawn
    among = np.asarray(seeds.among, np.int64)
    _random.seed_sets(np.uint64(rng), first, among.size, drawn)
    return among[drawn]


def cascade(runner: Runner, seeds: Sequence[int], *, run: int = 0) -> Cascade:
    """Run number `run`, step by step."""
    graph = runner.graph
    check_seeds(graph, seeds)
    curve = np.zeros((1, graph.n + 2), np.int32)
    sizes = np.zeros(1, np.int64)
    runner.run(run, seed_sets(graph, seeds, runner.rng, run, 1), sizes, curve, np.empty(0, np.int64))
    total = int(sizes[0])
    last = int(np.searchsorted(curve[0], total))
    return Cascade(runner.joined()[:total].copy(), tuple(curve[0, : last + 1].tolist()))


Part = tuple[Any, Any, Any]
"""What a piece of the runs came to: sizes, curves, and who was reached how often."""
Asked = tuple[Seeds, int, bool]
"""Seeds, steps, and whether it is told who is reached."""
Work = Callable[[Asked, list[tuple[int, int]]], list[Part]]
"""Does pieces of the runs, each from a first run up to one that isn't done any more, and gives them in their order."""
Progress = Callable[[int, int], None]
"""Told how many runs of at most how many are done; what it raises ends the simulation."""


def simulate(runner: Runner, seeds: Seeds, *, runs: int, threads: int = 1, tolerance: float | None = None, steps: int = 0,
             who: bool = False, progress: Progress | None = None, work: Work | None = None) -> Distribution:  # fmt: skip
    """Run until `runs` are done or, when a tolerance is given, until the 95 % interval's half is no more than that share of the mean.

    `steps`: keep the course of so many steps. `who`: count for everybody how often they join. `progress` is told between pieces, by the thread
    that asked, and may end it. Threads change the time it takes, nothing else, and neither does `work`, which has the runs done elsewhere and
    tells of them itself.
    """
    graph = runner.graph
    check_seeds(graph, seeds)
    if runs < 1 or threads < 1 or steps < 0:
        raise SpreadError("At least one run and one thread are wanted, and no negative number of steps.")
    if tolerance is not None and not tolerance > 0:
        raise SpreadError(
            "The tolerance is {tolerance}; a share above 0 is wanted, such as {share}.",
            tolerance=tolerance,
            share=0.01,
        )
    if runner.sure and not isinstance(seeds, RandomSeeds):
        done, sizes, curves, reached = 1, *_some(runner, seeds, 0, 1, steps, who)
        return _told(graph, np.repeat(sizes, runs), curves, reached, done, True)
    asked: Asked = (seeds, steps, who)
    do = work or _Threads(runner, threads, None if progress is None else lambda done: progress(done, runs))
    about = CHUNK if progress is None else int(min(CHUNK, A_LOOK // (graph.arcs + graph.n + 1)))
    chunk = max(FEWEST, about // FEWEST * FEWEST)
    parts: list[Part] = []
    done = 0
    while done < runs:
        # Rounds double, so that where it stops hangs on the runs alone.
        until = min(runs, max(CHUNK, done * 2) if tolerance is not None else runs)
        parts += do(asked, [(at, min(at + chunk, until)) for at in range(done, until, chunk)])
        done = until
        if tolerance is not None and _narrow([sizes for sizes, _, _ in parts], tolerance):
            break
    sizes = np.concatenate([one for one, _, _ in parts])
    curves = np.concatenate([one for _, one, _ in parts])
    reached = sum((one for _, _, one in parts), np.zeros(graph.n if who else 0, np.int64))
    return _told(graph, sizes, curves, reached, done, False)


class _Threads:
    """Work done here, by threads that take a twin of the runner each."""

    def __init__(self, runner: Runner, threads: int, told: Callable[[int], None] | None) -> None:
        self._threads = threads
        self._told = told
        self._twins: SimpleQueue[Runner] = SimpleQueue()
        for one in (runner, *(runner.twin() for _ in range(threads - 1))):
            self._twins.put(one)

    def __call__(self, asked: Asked, pieces: list[tuple[int, int]]) -> list[Part]:
        def mine(piece: tuple[int, int]) -> Part:
            twin = self._twins.get()
            try:
                return piece_of(twin, asked, *piece)
            finally:
                self._twins.put(twin)

        found = []
        with ThreadPoolExecutor(self._threads) as pool:
            try:
                for (_, last), part in zip(pieces, pool.map(mine, pieces), strict=True):
                    found.append(part)
                    if self._told is not None:
                        self._told(last)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return found


def piece_of(runner: Runner, asked: Asked, first: int, last: int) -> Part:
    """Runs `first` to below `last`."""
    seeds, steps, who = asked
    return _some(runner, seeds, first, last - first, steps, who)


def _some(runner: Runner, seeds: Seeds, first: int, count: int, steps: int, who: bool) -> Part:
    sizes = np.zeros(count, np.int64)
    curves = np.zeros((count, steps), np.int32)
    reached = np.zeros(runner.graph.n if who else 0, np.int64)
    sets = seed_sets(runner.graph, seeds, runner.rng, first, count)
    runner.run(first, sets, sizes, curves, reached)
    return sizes, curves, reached


def _narrow(parts: list[Any], tolerance: float) -> bool:
    sizes = np.concatenate(parts)
    mean = float(sizes.mean())
    return (
        Z95 * float(sizes.std(ddof=1)) / math.sqrt(sizes.size) <= tolerance * mean
        if sizes.size > 1
        else False
    )


def _told(graph: Graph, sizes: Any, curves: Any, reached: Any, done: int, sure: bool) -> Distribution:
    band = None
    if curves.shape[1]:
        low, high = np.quantile(curves, (0.05, 0.95), axis=0, method="inverted_cdf")
        band = Band(*(tuple(map(float, one)) for one in (curves.mean(axis=0), low, high)))
    share = reached / done if reached.size else None
    return Distribution(graph.n, int(sizes.size), sizes, sure, band, share)


def check_seeds(graph: Graph, seeds: Seeds) -> None:
    """Refuse seeds that aren't there. Raises SpreadError."""
    if isinstance(seeds, RandomSeeds):
        people = graph.n if seeds.among is None else len(seeds.among)
        if not 0 <= seeds.count <= people:
            raise SpreadError(
                "{seeds} can't be drawn from {people}.",
                seeds=Counted("{n} seed", "{n} seeds", seeds.count),
                people=so_many(people),
            )
    given = seeds.among if isinstance(seeds, RandomSeeds) else seeds
    if given is not None and len(given) and not (min(given) >= 0 and max(given) < graph.n):
        raise SpreadError("Seeds must be inner numbers from 0 to {last}.", last=graph.n - 1)
