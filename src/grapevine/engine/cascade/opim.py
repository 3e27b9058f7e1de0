"""Whom to brief, with a proof: OPIM-C (Tang, Tang, Xiao & Yuan 2018), and IMM (Tang, Shi & Xiao 2015) as a check on it.

Two heaps of reverse samples: from the first the seeds are chosen, and it bounds from above what any others could do; the second, which had
no say in the choice, tells without bias what the seeds do. Samples double until the proved share of the best is enough. The bounds are the
paper's, with their chance of failing shared out over all rounds; the second heap is never kept, but drawn again, each sample only as far as
it takes to meet a seed.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice, _samples, chances
from grapevine.engine.cascade.advice import Advice, Wishes
from grapevine.engine.cascade.choosing import Heap, choose
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph import _build
from grapevine.engine.graph.network import Graph

CHOOSE, JUDGE, GUESS = 10, 11, 12  # streams of dice
LARGEST_TABLE = 12.0
FEWEST = 256
SETTLED = 0.95  # of what could be proved with endless samples: then more of them are of no use


@dataclass(frozen=True, eq=False)
class Trees:
    """How reverse samples of a model grow on a graph."""

    graph: Graph
    kind: int
    table_at: Any
    table: Any
    given: Any

    @classmethod
    def of(cls, graph: Graph, probability: float | str, rng: int) -> Trees:
        """Of the independent cascade. Where all arcs to a person have one chance, one roll tells how many of them live."""
        none32, none64 = np.empty(0, np.uint32), np.zeros(1, np.int64)
        no_table = np.empty(0, np.uint32)
        degrees = np.unique(graph.in_degree) if graph.n else np.zeros(1, np.int64)
        same = probability == "wc" or not isinstance(probability, str)
        if same and (probability == "wc" or float(probability) * int(degrees[-1]) <= LARGEST_TABLE):
            table_at, table = _tables(degrees, probability)
            return cls(graph, _samples.TABLE, table_at, table, none32)
        each = chances.each(graph, probability)
        return cls(graph, _samples.ARCS, none64, no_table, _dice.chance32(_by_target(graph, each)))

    def arrays(self) -> tuple[Any, ...]:
        """What the kernels take."""
        graph = self.graph
        return self.kind, graph.in_at, graph.in_from, self.table_at, self.table, self.given


class Walks:
    """How reverse samples of the linear threshold model grow: a walk, since a person follows one friend at most in each world."""

    @staticmethod
    def of(graph: Graph, probability: float | str, rng: int) -> Trees:
        """Walks by equal or by given weights."""
        weights = chances.shares(graph, probability)
        no_table, none = np.empty(0, np.uint32), np.zeros(1, np.int64)
        if weights.size == 0:
            return Trees(graph, _samples.EVEN, none, no_table, np.empty(0, np.int64))
        return Trees(graph, _samples.WEIGHED, none, no_table, _by_target(graph, weights).astype(np.int64))


def _by_target(graph: Graph, each: Any) -> Any:
    """What is told by out-arc, by in-arc."""
    return _build.turned(graph.n, graph.out_at, graph.out_to, np.ascontiguousarray(each, np.float64))[2]


def _tables(degrees: Any, probability: float | str) -> tuple[Any, Any]:
    """For every degree that occurs: the chance, in units of 2⁻³², that at most 0, 1, 2 … of its arcs live, as far as it differs from 1."""
    top = int(degrees[-1])
    rows: dict[int, list[int]] = {}
    for degree in map(int, degrees):
        chance = 1 / max(degree, 1) if probability == "wc" else float(probability)
        total, row = 0.0, []
        for count in range(degree):
            if chance >= 1:
                row.append(0)
                continue
            log = math.lgamma(degree + 1) - math.lgamma(count + 1) - math.lgamma(degree - count + 1)
            power = count * math.log(chance) if chance > 0 else (0.0 if count == 0 else -math.inf)
            total += math.exp(log + power + (degree - count) * math.log1p(-chance))
            row.append(min(round(total * 2**32), 2**32 - 1))
            if row[-1] == 2**32 - 1:
                break
        rows[degree] = row
    at = np.zeros(top + 2, np.int64)
    for degree, row in rows.items():
        at[degree + 1] = len(row)
    np.cumsum(at, out=at)
    return at, np.array([one for degree in sorted(rows) for one in rows[degree]], np.uint32)


def spread_of(trees: Trees, seeds: Any, *, samples: int, rng: int = 0) -> tuple[float, float]:
    """The spread of seeds by reverse samples, without a forward run: estimate and standard error."""
    n = trees.graph.n
    share = _hits(trees, seeds, rng, JUDGE, 0, samples, np.zeros(n, np.uint32)) / samples
    return n * share, n * math.sqrt(share * (1 - share) / samples)


def _hits(trees: Trees, seeds: Any, rng: int, stream: int, first: int, last: int, stamp: Any) -> int:
    marked = np.zeros(trees.graph.n, np.uint8)
    marked[np.asarray(seeds, np.int64)] = 1
    room = np.empty(trees.graph.n + 2, np.int32)
    stamp[:] = 0
    return int(_samples.hits(*trees.arrays(), np.uint64(rng), stream, first, last, stamp, room, marked))


def advise(graph: Graph, trees: Trees, wishes: Wishes, *, rng: int = 0) -> Advice:
    """Choose by OPIM-C. Where only the number of seeds binds, 1 − 1/e − ε is promised; with a budget or groups nothing is promised beforehand,
    but what is proved of the choice is told all the same: the bound from above holds for every choice there is."""
    begun = time.perf_counter()
    wishes.check(graph)
    n, k = graph.n, wishes.k
    already = np.asarray(wishes.already, np.int64)
    if n == 0 or k == 0 or not wishes.pool(graph).any():
        told = spread_of(trees, already, samples=2**14, rng=rng)[0] if len(already) and n else 0.0
        return Advice((), (), told, "opim-c", 1.0, None, None, None, 0, time.perf_counter() - begun)
    delta = wishes.delta if wishes.delta is not None else 1 / max(n, 2)
    most, fewest = _limits(n, k, wishes.epsilon, delta)
    rounds = max(1, math.ceil(math.log2(most / fewest)))
    log = math.log(3 * rounds / delta)
    promise = 1 - 1 / math.e - wishes.epsilon
    heap = Heap(trees, rng, CHOOSE)
    stamp = np.zeros(n, np.uint32)
    count = fewest
    for round_ in range(1, rounds + 1):
        heap.grow(count)
        choice = choose(heap, wishes)
        seeds = np.concatenate([already, np.asarray(choice.seeds, np.int64)])
        met = _hits(trees, seeds, rng, JUDGE, 0, count, stamp)
        proved = _least(met, log) / count * n
        at_most = min(_most(choice.bound, log) / count * n, float(n))
        share = min(1.0, proved / at_most) if at_most else 1.0
        settled = share >= SETTLED * min(1.0, met / choice.bound) if choice.bound else True
        if round_ == rounds or (share >= promise and (share >= wishes.quality or settled)):
            break
        count *= 2
    scale = n / count
    return Advice(
        choice.seeds, tuple(gain * scale for gain in choice.gains), met * scale, "opim-c",
        max(share, promise) if wishes.plain and round_ == rounds else share, promise if wishes.plain else None, at_most, delta,
        2 * count, time.perf_counter() - begun,
    )  # fmt: skip


def _limits(n: int, k: int, epsilon: float, delta: float) -> tuple[int, int]:
    """How many samples keep the promise whatever comes, and with how many to begin."""
    part = 1 - 1 / math.e
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    root = part * math.sqrt(math.log(6 / delta)) + math.sqrt(part * (ways + math.log(6 / delta)))
    most = 2 * n * root**2 / (epsilon**2 * k)
    fewest = max(FEWEST, math.ceil(most * epsilon**2 * k / n))
    return max(math.ceil(most), fewest), fewest


def _least(met: float, log: float) -> float:
    """What the met samples are at least, in truth (Tang et al. 2018, lemma 4.2)."""
    return max(0.0, (math.sqrt(met + 2 * log / 9) - math.sqrt(log / 2)) ** 2 - log / 18)


def _most(met: float, log: float) -> float:
    """What the met samples of the best are at most, in truth (lemma 5.2)."""
    return (math.sqrt(met + log / 2) + math.sqrt(log / 2)) ** 2


def imm(graph: Graph, trees: Trees, wishes: Wishes, *, rng: int = 0) -> Advice:
    """Choose by IMM. Its proof has a gap where samples are used twice (Chen 2018); here the seeds are chosen from fresh ones, which closes it."""
    begun = time.perf_counter()
    wishes.check(graph)
    n, k = graph.n, wishes.k
    if not wishes.plain or len(wishes.already):
        raise SpreadError(
            "IMM chooses a number of people only: for budgets, groups and people briefed already take OPIM-C."
        )
    if n < 2 or k == 0:
        raise SpreadError("IMM wants at least two people, and at least one to choose.")
    delta = wishes.delta if wishes.delta is not None else 1 / n
    epsilon = wishes.epsilon
    lasting = math.log(2 / delta) / math.log(n)  # n^−ℓ is the chance of failing, half of it in each part
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    rough = math.sqrt(2) * epsilon
    guess = Heap(trees, rng, GUESS)
    least = 1.0
    steps = max(1, math.ceil(math.log2(n)) - 1)
    factor = (
        (2 + 2 * rough / 3) * (ways + lasting * math.log(n) + math.log(max(math.log2(n), 1))) * n / rough**2
    )
    for step in range(1, steps + 1):
        aim = n / 2**step
        guess.grow(math.ceil(factor / aim))
        found = sum(choose(guess, wishes).gains) / guess.sets * n
        if found >= (1 + rough) * aim:
            least = found / (1 + rough)
            break
    part = 1 - 1 / math.e
    one, other = (
        math.sqrt(lasting * math.log(n) + math.log(2)),
        math.sqrt(part * (ways + lasting * math.log(n) + math.log(2))),
    )
    count = math.ceil(2 * n * (part * one + other) ** 2 / epsilon**2 / least)
    fresh = Heap(trees, rng, CHOOSE)
    fresh.grow(count)
    choice = choose(fresh, wishes)
    seeds = np.asarray(choice.seeds, np.int64)
    met = _hits(trees, seeds, rng, JUDGE, 0, count, np.zeros(n, np.uint32))
    promise = 1 - 1 / math.e - epsilon
    return Advice(
        choice.seeds, tuple(gain * n / count for gain in choice.gains), met * n / count, "imm", promise, promise, None, delta,
        guess.sets + 2 * count, time.perf_counter() - begun,
    )  # fmt: skip
