"""A heap of reverse samples, and the choice of those who meet most of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade import _cover
from grapevine.engine.cascade.advice import Wishes
from grapevine.engine.cascade.claims import Claims
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.trees import Source
from grapevine.engine.graph.sentences import Counted, so_many

LOOK = 1 << 21
"""Where somebody wants to be told, so many ties and people are walked between, about."""
SELDOM = 1 << 14
"""With more people than that, not every step of a choice is worth a bound of its own."""
INDEXED = 10  # times as many people as are wanted have their samples looked up, at first


class Heap:
    """Samples kept: 4 bytes per person in a sample, 4 per sample, and up to 4 for finding a person's samples."""

    def __init__(self, source: Source, stream: int) -> None:
        self.source = source
        self.stream = stream
        self.graph = source.trees.graph
        self.sets = 0
        self.starts = np.zeros(1, np.uint32)
        self.entries = np.empty(0, np.int32)
        self.count = np.zeros(self.graph.n, np.int64)
        """In how many samples each person stands."""

    @property
    def size(self) -> int:
        """How many people all samples hold."""
        return int(self.starts[self.sets])

    def grow(self, sets: int) -> None:
        """Draw samples until there are so many."""
        if sets > self.sets:
            self.source.draw(self.stream, self.sets, sets, self)

    def grow_told(self, sets: int, told: Callable[[], None]) -> None:
        """The same, in pieces, with a word between them."""
        while self.sets < sets:
            if self.sets:
                self.make_room(sets, 0)
            self.grow(min(sets, self.sets + self.piece))
            told()

    @property
    def piece(self) -> int:
        """So many samples take about as long as somebody should wait to be told; few while nothing is known of them."""
        if not self.sets:
            return 1 << 10
        each = (1 + self.size / self.sets) * (1 + self.graph.arcs / max(1, self.graph.n))
        return max(1 << 8, int(LOOK / each))

    def append(self, lengths: Any, entries: Any) -> None:
        """Take samples drawn elsewhere, the next in number: how many people each holds, and who they are."""
        begin, last = self.size, self.sets + len(lengths)
        self.make_room(last, entries.size)
        self.starts[self.sets + 1 : last + 1] = begin + np.cumsum(lengths, dtype=np.int64)
        self.entries[begin : begin + entries.size] = entries
        self.count += np.bincount(entries, minlength=self.graph.n)
        self.sets = last

    def met(self, seeds: Any, first: int = 0) -> int:
        """How many samples, from a first one on, hold one of the seeds."""
        marked = np.zeros(self.graph.n, np.uint8)
        marked[np.asarray(seeds, np.int64)] = 1
        return int(_cover.meet(self.starts, first, self.sets, self.entries, marked))

    def make_room(self, sets: int, entries: int) -> None:
        """Room for so many samples, and for so many more people in them at least. As far as it can be foreseen: whoever fills it asks again."""
        if self.starts.size <= sets:
            self.starts = np.concatenate([self.starts, np.zeros(sets + 1 - self.starts.size, np.uint32)])
        size = self.size
        each = size / self.sets if self.sets else 8.0
        room = size + int(1.1 * each * (sets - self.sets)) + entries
        if room >= 2**32:
            raise SpreadError(
                "{samples} of {people} each are more than one choice can be made from; take a larger epsilon or a lower quality.",
                samples=Counted("{n} sample", "{n} samples", sets),
                people=so_many(round(each)),
            )
        if self.entries.size < room:
            grown = np.empty(room, np.int32)
            grown[:size] = self.entries[:size]
            self.entries = grown


@dataclass(frozen=True)
class Choice:
    """Whom we choose, what each adds and what nobody can exceed, in samples."""

    seeds: tuple[int, ...]
    gains: tuple[int, ...]
    bound: float


def choose(heap: Heap, wishes: Wishes, told: Callable[[], None] | None = None) -> Choice:
    """The greedy choice under the wishes, and a bound from above on every choice. `told` is called between, and may end it."""
    pool = wishes.pool(heap.graph)
    if not wishes.plain:
        return _bound_choice(wishes, *_rows(heap, pool, wishes.already), pool, heap.graph, told)
    first = np.zeros(int(heap.count.max(initial=0)) + 1, np.int64)
    _cover.histogram_of(heap.count, pool, first)
    indexed = INDEXED * wishes.k + 64
    while True:
        floor = int(_cover.level(first, indexed)) - 1
        among = pool & (heap.count > floor)
        rows, met = _rows(heap, among, wishes.already)
        count = rows[-1]
        histogram = np.zeros_like(first)
        _cover.histogram_of(count, pool, histogram)
        order = np.empty(int(np.count_nonzero(among)), np.int64)
        candidates = _cover.order_by(count, among, histogram.size - 1, order)
        chosen, gains = np.zeros(wishes.k, np.int64), np.zeros(wishes.k, np.int64)
        picked, bound, ended = _cover.greedy(
            wishes.k, *rows, pool, histogram, order, candidates, floor, chosen, gains
        )
        if ended:
            break
        indexed *= 8
    seeds = tuple(map(int, chosen[:picked]))
    # Whoever is left meets nobody more; a wish for k people is kept all the same, while there are people.
    spare = np.flatnonzero(pool)[: wishes.k].tolist() if picked < wishes.k else []
    more = tuple(one for one in spare if one not in seeds)[: wishes.k - picked]
    return Choice(seeds + more, tuple(map(int, gains[:picked])) + (0,) * len(more), float(bound) + met)


def _rows(heap: Heap, among: Any, already: Any) -> tuple[tuple[Any, ...], int]:
    """The samples, and for some people (and those briefed already) in which they stand; how many those briefed already meet, which are covered."""
    n = heap.graph.n
    briefed = np.asarray(already, np.int64)
    indexed = among.copy()
    indexed[briefed] = True
    count, at = heap.count.copy(), np.zeros(n + 1, np.int64)
    inside = np.empty(_cover.places(count, indexed, at) + 1, np.uint32)
    starts = heap.starts[: heap.sets + 1]
    _cover.turn(heap.entries, heap.size, indexed, at, inside)
    posts = np.empty((heap.size >> _cover.POST) + 1, np.uint32)
    _cover.signposts(starts, posts[: -(-heap.size >> _cover.POST)])
    covered = np.zeros(heap.sets, np.uint8)
    rows = (at, inside, posts, starts, heap.entries, covered, count)
    return rows, int(_cover.take_all(briefed, *rows, indexed)) if briefed.size else 0


def _bound_choice(
    wishes: Wishes, rows: tuple[Any, ...], met: int, pool: Any, graph: Any, told: Callable[[], None] | None
) -> Choice:
    """Greedy by what a person adds for their cost, as long as budget, number and the groups' claims allow; or the best single one."""
    count = rows[-1]
    claims = Claims(graph, wishes)
    cost, budget = claims.cost, wishes.budget if wishes.budget is not None else float("inf")
    affordable = pool & (cost <= budget)
    single = int(np.argmax(np.where(affordable, count, -1))) if affordable.any() else -1
    best_single = int(count[single]) if single >= 0 else 0
    gains: list[int] = []
    bound = float(met) + _top(count, cost, pool, wishes.k, budget)
    reached = met
    while (may := claims.may()).any():
        worth = np.where(may, count / cost if wishes.budget is not None else count, -1.0)
        one = int(np.argmax(worth))
        claims.take(one)
        gains.append(int(count[one]))
        reached += gains[-1]
        _cover.take_all(np.array([one]), *rows, pool)
        if len(gains) % (1 + graph.n // SELDOM) == 0:
            bound = min(bound, reached + _top(count, cost, pool, wishes.k, budget))
        if told is not None:
            told()
    if not wishes.at_least and best_single > reached - met:
        return Choice((single,), (best_single,), bound)
    return Choice(tuple(claims.seeds), tuple(gains), bound)


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
