"""How far everybody reaches alone: for all people at once, and for much less than a simulation each.

Where the seeds alone decide, it is exact and shares what cascades have in common (`shared`). In the linear threshold model a world tells it for
everybody in one go (`_worlds`). In the independent cascade reverse samples do: whoever stands in a share of them reaches that share of all
people. Only where nothing of that holds does everybody begin as often as is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grapevine.engine.cascade import _worlds
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.runners import Counting
from grapevine.engine.cascade.shared import Shared
from grapevine.engine.cascade.trees import Here, Trees
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Counted, so_many

if TYPE_CHECKING:
    from grapevine.engine.cascade.simulation import Progress, Runner

ALONE = 13  # a stream of dice
FOLLOWERS = 12  # binary digits that count them, where 32 are to do
PIECES = 64  # in which it is done where somebody wants to be told


@dataclass(frozen=True)
class Everyone:
    """How many join, on average, when a person begins alone, by inner number; they themselves are one of them."""

    mean: Any
    stderr: Any
    """The standard error; 0 where it is exact."""
    exact: bool
    runs: int
    """Worlds, runs of each person, or samples per person."""
    way: str


def by_runs(runner: Runner, *, runs: int, threads: int = 1, told: Progress | None = None) -> Everyone:
    """Exact where the seeds alone decide; else everybody begins `runs` times. `told` hears between pieces how many of how many are done, here and
    below, from the thread that asked; what it raises ends it."""
    graph = runner.graph
    _check(runs, threads)
    if isinstance(runner, Counting):
        sizes = Shared(graph, runner.need).every_seed(told).astype(np.float64)
        return Everyone(sizes, np.zeros(graph.n), True, 1, "exact")
    everyone = np.arange(graph.n, dtype=np.int64).reshape(-1, 1)
    curves, nobody = np.empty((graph.n, 0), np.int32), np.empty(0, np.int64)

    def some(first: int, last: int, total: Any, squares: Any) -> None:
        """Runs are numbered through: the first of everybody, then the second. A piece may end in the midst of them."""
        mine, found = runner.twin(), np.zeros(graph.n, np.int64)
        while first < last:
            at = first % graph.n
            count = min(graph.n - at, last - first)
            part = slice(at, at + count)
            mine.run(first, everyone[part], found[part], curves[part], nobody)
            total[part] += found[part]
            squares[part] += found[part] * found[part]
            first += count

    work = (
        None if not graph.n else _summed(graph.n, runs * graph.n, threads, some, told, most=graph.n**2 * runs)
    )
    return _told(graph.n, runs, "runs", work)


def in_worlds(
    graph: Graph, weights: Any, *, worlds: int, rng: int = 0, threads: int = 1, told: Progress | None = None
) -> Everyone:
    """The linear threshold model. `weights` by in-arc in units of 2⁻³², or empty: all who influence a person alike."""
    _check(worlds, threads)
    n = graph.n

    # Sizes and followers in one number for everybody, in half the memory where they are small enough: half of it waits in the caches.
    small = n < 2 ** (32 - FOLLOWERS) and int(graph.out_degree.max(initial=0)) < 2**FOLLOWERS
    kind, digits = (np.uint32, FOLLOWERS) if small else (np.uint64, 32)

    def some(first: int, last: int, total: Any, squares: Any) -> None:
        follows, queue, state = np.empty(n, np.int32), np.empty(n + 1, np.int32), np.empty(n + 1, kind)
        _worlds.linear(
            graph.in_at, graph.in_from, weights, np.uint64(rng), first, last, follows, state, digits, queue, total, squares
        )  # fmt: skip

    return _told(
        n, worlds, "worlds", _summed(n, worlds, threads, some, told, most=n**2 * worlds) if n else None
    )


def by_samples(
    trees: Trees, *, samples: int, rng: int = 0, threads: int = 1, told: Progress | None = None
) -> Everyone:
    """By so many reverse samples per person."""
    _check(samples, threads)
    n = trees.graph.n
    count = samples * n

    def some(first: int, last: int, total: Any, squares: Any) -> None:
        total += Here(trees, rng).tally(ALONE, first, last)

    if not n:
        return _told(n, samples, "samples", None)
    share = _summed(n, count, threads, some, told, most=count)[0] / count
    return Everyone(n * share, n * np.sqrt(share * (1 - share) / count), False, samples, "samples")


def _check(runs: int, threads: int) -> None:
    if runs < 1 or threads < 1:
        raise SpreadError("At least one run and one thread are wanted.")


def _summed(
    n: int,
    runs: int,
    threads: int,
    some: Callable[[int, int, Any, Any], None],
    told: Progress | None,
    *,
    most: int,
) -> tuple[Any, Any]:
    """Sums over runs, in whole numbers and no more than `most`, so that it is the same however they are shared out."""
    if most >= 2**63:
        raise SpreadError(
            "{runs} are more than can be summed up for {people}.",
            runs=Counted("{n} run", "{n} runs", runs),
            people=so_many(n),
        )
    threads = min(threads, runs)
    parts = [(np.zeros(n, np.int64), np.zeros(n, np.int64)) for _ in range(threads)]
    pieces = threads if told is None else min(runs, threads * PIECES)
    ends = [runs * part // pieces for part in range(pieces + 1)]
    with ThreadPoolExecutor(threads) as pool:
        for begin in range(0, pieces, threads):
            now = range(begin, min(begin + threads, pieces))
            list(pool.map(lambda one: some(ends[one], ends[one + 1], *parts[one % threads]), now))
            if told is not None:
                told(ends[now[-1] + 1], runs)
    return sum(one for one, _ in parts), sum(one for _, one in parts)


def _told(n: int, runs: int, way: str, sums: tuple[Any, Any] | None) -> Everyone:
    total, squares = sums if sums is not None else (np.zeros(n), np.zeros(n))
    mean = total / runs
    spread = np.maximum(squares / runs - mean * mean, 0.0) / max(runs - 1, 1)
    return Everyone(mean, np.sqrt(spread), False, runs, way)
