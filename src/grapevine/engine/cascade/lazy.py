"""Advice where nothing can be proved: greedy by simulation, asking again only those who stood first (Leskovec et al. 2007).

For threshold models a further seed may add more than the one before it: two friends may convince where one didn't. So greedy has no
guarantee, and asking lazily may even miss whom it would have picked. The answer says so. It is held against the rules of `baselines`, and
the best is taken.
"""

from __future__ import annotations

import heapq
import itertools
import time
from typing import Any

import numpy as np

from grapevine.engine.cascade import baselines
from grapevine.engine.cascade.advice import Advice, Wishes
from grapevine.engine.cascade.base import SpreadModel
from grapevine.engine.cascade.claims import Claims
from grapevine.engine.cascade.runners import Counting
from grapevine.engine.cascade.shared import Shared
from grapevine.engine.graph.network import Graph

RUNS = 100
POOL = 300
NOTE = (
    "No guarantee: in this model a further person may add more than those before, so greedy choice can be far from the best. "
    "Estimated on {runs} run(s) a question, among the {pool} people who reach most alone; taken: {method}."
)


class _Asked:
    """Mean sizes of seed sets, all on the same dice, so that differences are the seeds'."""

    def __init__(self, model: SpreadModel, graph: Graph, rng: int) -> None:
        self._runner = model.prepare(graph, rng=rng)
        self.runs = 1 if self._runner.sure else RUNS
        self.asked = 0
        self._none = np.empty(0, np.int64)

    def size(self, seeds: list[int]) -> float:
        sizes = np.zeros(self.runs, np.int64)
        curves = np.zeros((self.runs, 0), np.int32)
        self._runner.run(0, np.array([seeds], np.int64).reshape(1, -1), sizes, curves, self._none)
        self.asked += self.runs
        return float(sizes.mean())

    def alone(self, graph: Graph) -> Any:
        """How far everybody reaches alone; by how many they influence, where that would take too long."""
        if isinstance(self._runner, Counting):
            return Shared(graph, self._runner.need).every_seed()
        return graph.out_degree


def greedy(model: SpreadModel, graph: Graph, wishes: Wishes, *, rng: int = 0) -> Advice:
    """Choose one after the other whoever adds most, for their cost where there is a budget."""
    begun = time.perf_counter()
    wishes.check(graph)
    asked = _Asked(model, graph, rng)
    already = [int(one) for one in wishes.already]
    claims = Claims(graph, wishes)
    cost = claims.cost if wishes.budget is not None else np.ones(graph.n)
    pool = _pool(asked, graph, wishes, cost)
    floor = asked.size(already) if graph.n else 0.0
    best = _greedy(asked, pool, cost, claims, already, floor)
    method = "greedy"
    for rule in ("degree", "core"):
        chosen = [int(one) for one in baselines.under(rule, graph, wishes)]
        reached = asked.size(already + chosen)
        if reached > best[1] + 1e-9:
            best, method = (chosen, reached, _steps(asked, chosen, already, floor)), rule
    seeds, reached, gains = best
    return Advice(
        tuple(seeds), tuple(gains), reached, f"greedy by simulation ({method})", None, None, None, None, asked.asked,
        time.perf_counter() - begun, NOTE.format(runs=asked.runs, pool=pool.size, method=method),
    )  # fmt: skip


def _pool(asked: _Asked, graph: Graph, wishes: Wishes, cost: Any) -> Any:
    """Among whom is looked: those who reach most alone for their cost, and of every group the best and the cheapest, so that it gets what it is
    owed."""
    may = wishes.pool(graph)
    if wishes.budget is not None:
        may &= cost <= wishes.budget
    people = np.flatnonzero(may)
    if not people.size:
        return people
    worth = np.asarray(asked.alone(graph), np.float64) / cost
    parts = [people[np.argsort(-worth[people], kind="stable")][: max(POOL, 3 * wishes.k)]]
    for one in wishes.at_least:
        members = np.intersect1d(people, np.asarray(one.people, np.int64))
        orders = (np.argsort(by[members], kind="stable") for by in (-worth, cost))
        parts += [members[order][: 3 * one.count] for order in orders]
    return np.unique(np.concatenate(parts)) if wishes.at_least else parts[0]


def _greedy(
    asked: _Asked, pool: Any, cost: Any, claims: Claims, already: list[int], floor: float
) -> tuple[list[int], float, list[float]]:
    heap = [(-(asked.size([*already, int(one)]) - floor) / cost[one], int(one), 0) for one in pool]
    heapq.heapify(heap)
    seeds = claims.seeds
    gains: list[float] = []
    later: list[tuple[float, int, int]] = []
    reached, may = floor, claims.may()
    while heap and may.any():
        worth, one, when = heapq.heappop(heap)
        if not may[one]:  # not now: it is a group's turn, or too dear
            later.append((worth, one, when))
            continue
        if when < len(seeds):
            gain = asked.size([*already, *seeds, one]) - reached
            heapq.heappush(heap, (-gain / cost[one], one, len(seeds)))
            continue
        claims.take(one)
        gains.append(-worth * float(cost[one]))
        reached += gains[-1]
        may = claims.may()
        for each in later:
            heapq.heappush(heap, each)
        later.clear()
    claims.settle()
    return seeds, reached, gains


def _steps(asked: _Asked, seeds: list[int], already: list[int], floor: float) -> list[float]:
    sizes = [floor, *(asked.size(already + seeds[: i + 1]) for i in range(len(seeds)))]
    return [after - before for before, after in itertools.pairwise(sizes)]
