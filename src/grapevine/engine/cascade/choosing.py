"""A heap of reverse samples, and the choice of those who meet most of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grapevine.engine.cascade import _cover, _samples
from grapevine.engine.cascade.advice import Wishes

if TYPE_CHECKING:
    from grapevine.engine.cascade.opim import Trees


class Heap:
    """Samples kept: 4 bytes per person in a sample, and 4 for finding a person's samples."""

    def __init__(self, trees: Trees, rng: int, stream: int) -> None:
        self.trees = trees
        self.sets = 0
        self.starts = np.zeros(1, np.int64)
        self.entries = np.empty(0, np.int32)
        self._dice = (np.uint64(rng), stream)
        self._stamp = np.zeros(trees.graph.n, np.uint32)

    def grow(self, sets: int) -> None:
        """Draw samples until there are so many."""
        if sets <= self.sets:
            return
        begin = int(self.starts[self.sets])
        starts = np.zeros(sets + 1, np.int64)
        starts[: self.sets + 1] = self.starts[: self.sets + 1]
        done = self.sets
        while done < sets:
            each = begin / done if done else 8.0
            room = int(begin + 1.1 * each * (sets - done)) + 2 * self.trees.graph.n + 64
            if self.entries.size < room:
                grown = np.empty(room, np.int32)
                grown[:begin] = self.entries[:begin]
                self.entries = grown
            done = int(
                _samples.sample(*self.trees.arrays(), *self._dice, done, sets, self._stamp, self.entries, begin, starts)
            )  # fmt: skip
            begin = int(starts[done])
        self.starts, self.sets = starts, sets


@dataclass(frozen=True)
class Choice:
    """Whom we choose, what each adds and what nobody can exceed, in samples."""

    seeds: tuple[int, ...]
    gains: tuple[int, ...]
    bound: float


def choose(heap: Heap, wishes: Wishes) -> Choice:
    """The greedy choice under the wishes, and a bound from above on every choice."""
    graph = heap.trees.graph
    size = int(heap.starts[heap.sets])
    count = np.zeros(graph.n, np.int64)
    at = np.zeros(graph.n + 1, np.int64)
    inside = np.empty(size, np.int32)
    _cover.turn(heap.starts, heap.sets, heap.entries, count, at, inside)
    covered = np.zeros(heap.sets, np.uint8)
    rows = (at, inside, heap.starts, heap.entries, covered, count)
    met = int(_cover.take_all(np.asarray(wishes.already, np.int64), *rows)) if len(wishes.already) else 0
    order = np.empty(graph.n, np.int64)
    candidates = _cover.order_by(count, np.zeros(int(count.max(initial=0)) + 1, np.int64), order)
    pool = wishes.pool(graph)
    if wishes.plain:
        chosen, gains = np.zeros(wishes.k, np.int64), np.zeros(wishes.k, np.int64)
        picked, _, bound = _cover.greedy(wishes.k, *rows, order, candidates, pool, chosen, gains)
        seeds = tuple(map(int, chosen[:picked]))
        # Whoever is left meets nobody more; a wish for k people is kept all the same, while there are people.
        spare = np.flatnonzero(pool)[: wishes.k].tolist() if picked < wishes.k else []
        more = tuple(one for one in spare if one not in seeds)[: wishes.k - picked]
        return Choice(seeds + more, tuple(map(int, gains[:picked])) + (0,) * len(more), float(bound) + met)
    return _bound_choice(wishes, rows, pool, met, graph)


def _bound_choice(wishes: Wishes, rows: tuple[Any, ...], pool: Any, met: int, graph: Any) -> Choice:
    """Greedy by what a person adds for their cost, as long as budget, number and the groups' claims allow; or the best single one."""
    count = rows[-1]
    cost = wishes.cost(graph)
    budget = wishes.budget if wishes.budget is not None else float("inf")
    by_cost = wishes.budget is not None
    groups: list[tuple[int, Any]] = [
        (one.count, np.isin(np.arange(graph.n), np.asarray(one.people, np.int64))) for one in wishes.at_least
    ]
    owed: list[int] = [number for number, _ in groups]
    affordable = pool & (cost <= budget)
    single = int(np.argmax(np.where(affordable, count, -1))) if affordable.any() else -1
    best_single = int(count[single]) if single >= 0 else 0
    seeds: list[int] = []
    gains: list[int] = []
    bound = float(met) + _top(count, cost, pool, wishes.k, budget)
    reached, spent = met, 0.0
    free = pool.copy()
    while len(seeds) < wishes.k:
        may = free & (cost <= budget - spent + 1e-12)
        claims = sum(owed)
        if claims and claims >= wishes.k - len(seeds):
            claimed = np.zeros(graph.n, np.bool_)
            for number, (_, members) in zip(owed, groups, strict=True):
                if number:
                    claimed |= members
            may &= claimed
        if not may.any():
            break
        worth = np.where(may, count / cost if by_cost else count, -1.0)
        one = int(np.argmax(worth))
        seeds.append(one)
        gains.append(int(count[one]))
        reached += int(count[one])
        spent += float(cost[one])
        free[one] = False
        owed = [
            number - 1 if number and members[one] else number
            for number, (_, members) in zip(owed, groups, strict=True)
        ]
        _cover.take_all(np.array([one]), *rows)
        bound = min(bound, reached + _top(count, cost, pool, wishes.k, budget))
    if not groups and best_single > reached - met:
        return Choice((single,), (best_single,), bound)
    return Choice(tuple(seeds), tuple(gains), bound)


def _top(count: Any, cost: Any, pool: Any, k: int, budget: float) -> float:
    """The most that any choice could add: the k largest, or what the budget buys of the best for their cost, the last one in part."""
    mine = count[pool]
    largest = float(np.sort(mine)[::-1][:k].sum())
    if budget == float("inf"):
        return largest
    price = cost[pool]
    order = np.argsort(-mine / price, kind="stable")
    spent = np.cumsum(price[order])
    whole = int(np.searchsorted(spent, budget, side="right"))
    total = float(mine[order][:whole].sum())
    if whole < order.size:
        left = budget - (float(spent[whole - 1]) if whole else 0.0)
        total += float(mine[order][whole]) * left / float(price[order][whole])
    return min(total, largest)
