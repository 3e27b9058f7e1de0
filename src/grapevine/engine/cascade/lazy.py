"""Advice where nothing can be proved: greedy by simulation.

For threshold models a further seed may add more than the one before it: two friends may convince where one didn't. So greedy has no
guarantee. The answer says so. It is held against the rules of `baselines`, and the best is taken.

Where the seeds alone decide, what everybody would add to those chosen is known exactly and for all at once (`shared`): the cascade so far is kept,
and each of the others begins on top of it. Where chance plays a part, sets are simulated, all on the same dice, and those who stood first are
asked again (Leskovec et al. 2007); whoever seems to add more than the best of those asked so far is asked, too. How far the chosen go is told on
other dice than those that chose them.
"""

from __future__ import annotations

import heapq
import itertools
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from grapevine.engine.cascade import _threshold, baselines
from grapevine.engine.cascade.advice import Advice, Wishes
from grapevine.engine.cascade.base import SpreadModel
from grapevine.engine.cascade.claims import Claims
from grapevine.engine.cascade.runners import Counting
from grapevine.engine.cascade.shared import Shared
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Counted, Sentence, so_many

if TYPE_CHECKING:
    from grapevine.engine.cascade.simulation import Progress

RUNS = 100
POOL, MORE = 300, 30
"""So many people are asked at first, and so many more whenever somebody not asked yet seems to add more."""
JUDGED, TOLERANCE = 4_000, 0.01
Found = tuple[list[int], float, list[float]]
"""Whom, how far they go with those briefed already, and what each adds."""


def greedy(
    model: SpreadModel, graph: Graph, wishes: Wishes, *, rng: int = 0, told: Progress | None = None
) -> Advice:
    """Choose one after the other whoever adds most, for their cost where there is a budget. `told` hears between how many of how many are chosen
    (and the rules asked), and may end it."""
    begun = time.perf_counter()
    wishes.check(graph)
    asked = _Asked(model, graph, wishes, rng, told)
    best = asked.exactly() if asked.countdowns is not None else asked.lazily()
    method = "greedy"
    for name, chosen in asked.others():
        reached = asked.size(chosen)
        asked.step()
        if reached > best[1] + 1e-9:
            best, method = (chosen, reached, asked.gains(chosen)), name
    seeds, reached, gains = best
    stderr = 0.0
    if not asked.sure:
        judged = model.simulate(
            graph, [*asked.already, *seeds], runs=JUDGED, rng=rng + 1, tolerance=TOLERANCE,
            progress=None if told is None else lambda done, runs: asked.say(),
        )  # fmt: skip
        reached, stderr, asked.count = judged.mean, judged.stderr, asked.count + judged.runs
    note = Sentence(
        "No guarantee: in this model a further person may add more than those before, so greedy choice can be far from the best. "
        "Looked for {way}; taken: {method}.", way=asked.way, method=method,
    )  # fmt: skip
    return Advice(
        tuple(seeds), tuple(gains), reached, f"greedy by simulation ({method})", None, None, None, None, asked.count,
        time.perf_counter() - begun, (note, *wishes.why_fewer(graph, len(seeds))), stderr,
    )  # fmt: skip


class _Asked:
    """Mean sizes of seed sets, all on the same dice, so that differences are the seeds'."""

    def __init__(
        self, model: SpreadModel, graph: Graph, wishes: Wishes, rng: int, told: Progress | None
    ) -> None:
        self.graph, self.wishes = graph, wishes
        self.already = [int(one) for one in wishes.already]
        self._runner = model.prepare(graph, rng=rng)
        self.sure = self._runner.sure
        self.countdowns: Any = self._runner.need if isinstance(self._runner, Counting) else None
        self.runs = 1 if self.sure else RUNS
        self.count = 0
        self.way: Sentence | None = None
        self._told, self._done = told, 0
        self._cost = wishes.cost(graph) if wishes.budget is not None else np.ones(graph.n)
        self._single: int | None = None

    def say(self) -> None:
        if self._told is not None:
            self._told(self._done, self.wishes.k + 4)

    def step(self) -> None:
        """One more is chosen, or one rule asked."""
        self._done = min(self._done + 1, self.wishes.k + 4)
        self.say()

    def size(self, seeds: list[int], reached: Any = None) -> float:
        """How many join, on average, with these and those briefed already; adds to `reached` how often each does."""
        sizes, every = np.zeros(self.runs, np.int64), [*self.already, *seeds]
        counted = np.empty(0, np.int64) if reached is None else reached
        self._runner.run(
            0, np.array([every], np.int64).reshape(1, -1), sizes, np.zeros((self.runs, 0), np.int32), counted
        )
        self.count += self.runs
        return float(sizes.mean())

    def gains(self, seeds: list[int]) -> list[float]:
        """What each adds to those before."""
        sizes = [self.size(seeds[:i]) for i in range(len(seeds) + 1)]
        return [after - before for before, after in itertools.pairwise(sizes)]

    def others(self) -> list[tuple[str, list[int]]]:
        """Choices to hold greedy against."""
        found = [
            (rule, baselines.under(rule, self.graph, self.wishes).tolist())
            for rule in ("degree", "core", baselines.DISCOUNT)
        ]
        if self._single is not None and self.wishes.budget is not None and not self.wishes.at_least:
            found.append(("the best one alone", [self._single]))
        return found

    def exactly(self) -> Found:
        """Whoever adds most, of all there are; among equals whoever has most left to convince."""
        self.way = Sentence("exactly, among all who may be chosen")
        graph, claims = self.graph, Claims(self.graph, self.wishes)
        left, queue = self.countdowns.copy(), np.empty(graph.n + 1, np.int32)

        def join(people: list[int]) -> float:
            seeds = np.array(people, np.int64)
            return float(_threshold.run(graph.out_at, graph.out_to, left, seeds, queue))

        reached, gains = join(self.already), list[float]()
        while (may := claims.may()).any():
            adds = Shared(graph, left).every_seed(None if self._told is None else lambda done, of: self.say())
            self.count += 1
            if self._single is None:
                self._single = int(np.argmax(np.where(may, adds, -1)))
            worth = np.where(may, adds / self._cost, -1.0)
            best = np.flatnonzero(worth >= worth.max() - 1e-12)
            one = int(best[np.argmax(graph.out_degree[best] / self._cost[best])])
            claims.take(one)
            gains.append(join([one]))
            reached += gains[-1]
            self.step()
        return claims.seeds, reached, gains

    def lazily(self) -> Found:
        """Whoever adds most of those who are asked, asking again those who stood first."""
        claims, cost, floor = (
            Claims(self.graph, self.wishes),
            self._cost,
            self.size([]) if self.graph.n else 0.0,
        )
        adds: dict[int, float] = {}
        heap: list[tuple[float, int, int]] = []
        gains = list[float]()
        reached = floor

        def ask(people: Any) -> None:
            for one in people:
                adds[one] = self.size([*claims.seeds, one]) - reached
                heapq.heappush(heap, (-adds[one] / cost[one], one, len(claims.seeds)))
                self.say()

        joined = np.zeros(self.graph.n, np.int64)
        while (may := claims.may()).any():
            if gains or not adds:
                joined[:] = 0
                self.size(claims.seeds, joined)
            ask(self._next(may, joined, claims, adds))
            if self._single is None:
                self._single = max(adds, key=lambda one: adds[one])
            worth, one = self._best(heap, may, len(claims.seeds), ask)
            if (more := self._unasked(may, joined, adds, -worth)).size:
                heapq.heappush(heap, (worth, one, len(claims.seeds)))
                ask(more.tolist())
                worth, one = self._best(heap, may, len(claims.seeds), ask)
            claims.take(one)
            gains.append(float(-worth * cost[one]))
            reached += gains[-1]
            self.step()
        self.way = Sentence(
            "by {runs} a question, among those who promised most: {people}",
            runs=Counted("{n} run", "{n} runs", self.runs),
            people=so_many(len(adds)),
        )
        return claims.seeds, reached, gains

    def _next(self, may: Any, joined: Any, claims: Claims, adds: dict[int, float]) -> list[int]:
        """Whom to ask first: those who promise most, and whom the groups get; then, when none of those asked may come, the next ones."""
        if any(may[one] for one in adds if one not in claims.seeds):
            return []
        count = MORE if adds else max(POOL, 3 * self.wishes.k)
        promised = self._promised(joined)
        open_ = np.flatnonzero(may & ~np.isin(np.arange(may.size), list(adds)))
        first = open_[np.argsort(-promised[open_], kind="stable")][:count]
        return list(dict.fromkeys([*first.tolist(), *(one for one in claims.kept if one not in adds)]))

    def _promised(self, joined: Any) -> Any:
        """What somebody may add for their cost, at a guess: they themselves and their friends, as far as they don't join anyhow."""
        graph, free = self.graph, 1 - joined / self.runs
        ends = np.concatenate([[0.0], np.cumsum(free[graph.out_to])])
        friends = ends[graph.out_at[1:]] - ends[graph.out_at[:-1]]
        return free * (1 + friends) / self._cost

    def _unasked(self, may: Any, joined: Any, adds: dict[int, float], worth: float) -> Any:
        """Some of those not asked who surely add more than the best asked: they themselves, as often as they don't join anyhow."""
        sure = (1 - joined / self.runs) / self._cost
        sure[list(adds)] = -1.0
        open_ = np.flatnonzero(may & (sure > worth + 1e-9))
        return open_[np.argsort(-self._promised(joined)[open_], kind="stable")][:MORE]

    def _best(self, heap: list[tuple[float, int, int]], may: Any, step: int, ask: Any) -> tuple[float, int]:
        """The best of those asked who may come, taken off the heap; those who may not come now stay on it."""
        aside = []
        while True:
            worth, one, when = heapq.heappop(heap)
            if not may[one]:
                aside.append((worth, one, when))
            elif when < step:
                ask([one])
            else:
                break
        for entry in aside:
            heapq.heappush(heap, entry)
        return worth, one
