"""Choosing one after the other under wishes: who may come next, so that the budget holds and every group gets what it is owed.

Before anybody is chosen, the cheapest people are looked for who give every group what it is owed. While they can still be paid and have places,
somebody else may come; so what can be kept is kept, and what can't is told at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade.advice import Wishes
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.owed import Kind, cheapest
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import so_many

EPS = 1e-9


class Claims:
    """What was chosen so far, what that leaves to spend, and what groups are still owed. Raises SpreadError when no choice meets the wishes."""

    def __init__(self, graph: Graph, wishes: Wishes) -> None:
        self.cost = wishes.cost(graph)
        self.seeds: list[int] = []
        self._k = wishes.k
        self._left = wishes.budget if wishes.budget is not None else float("inf")
        self._free = wishes.pool(graph)
        self._owed = [one.count for one in wishes.at_least]
        self._kind_of, self._kinds = self._sorted_out(wishes, graph.n)
        self._with: list[list[int]] = [[] for _ in self._owed]
        """By group, the kinds of people who stand in it."""
        for kind, groups in enumerate(self._kinds):
            for group in groups:
                self._with[group].append(kind)
        self.kept = self._planned(wishes)
        """Whom the groups get if nobody else of theirs is chosen: they can always be paid, and have places."""
        self._spare: list[list[int]] = [[] for _ in self._kinds]
        """By kind, who of those kept isn't needed once one of that kind is chosen."""
        self._freed = np.zeros(len(self._kinds))
        self._places = np.zeros(len(self._kinds), np.int64)
        self._reckon(range(len(self._kinds)))

    def _sorted_out(self, wishes: Wishes, n: int) -> tuple[Any, list[tuple[int, ...]]]:
        """Everybody's kind, and of each kind in which groups its people stand; the first stands in none."""
        groups: dict[int, tuple[int, ...]] = {}
        for group, one in enumerate(wishes.at_least):
            if one.count:
                for person in np.unique(np.asarray(one.people, np.int64)).tolist():
                    groups[person] = (*groups.get(person, ()), group)
        kinds: dict[tuple[int, ...], int] = {(): 0}
        kind_of = np.zeros(n, np.int64)
        for person, mine in groups.items():
            kind_of[person] = kinds.setdefault(mine, len(kinds))
        return kind_of, list(kinds)

    def _planned(self, wishes: Wishes) -> list[int]:
        if not any(self._owed):
            return []
        free = self._free & (self._kind_of > 0)
        found = cheapest(self._owed, self._by_kind(free, self.cost), self._k)
        if found is None:
            fewest = cheapest(self._owed, self._by_kind(free, np.ones(free.size)), int(free.sum()))
            if fewest is not None and len(fewest) > self._k:
                raise SpreadError(
                    "The groups want {people} at least, and no more than {most} are to be chosen.",
                    people=so_many(len(fewest)),
                    most=self._k,
                )
            raise SpreadError(
                "Among those who may be chosen, {people} can't give every group what it is owed.",
                people=so_many(self._k),
            )
        price = float(self.cost[found].sum())
        if price > self._left + EPS:
            raise SpreadError(
                "The budget of {budget} doesn't pay for what the groups are owed: the cheapest who meet it cost {price}.",
                budget=wishes.budget,
                price=price,
            )
        return found

    def _by_kind(self, free: Any, cost: Any) -> list[Kind]:
        people = np.flatnonzero(free)
        people = people[np.lexsort((people, cost[people], self._kind_of[people]))]
        kinds, starts = np.unique(self._kind_of[people], return_index=True)
        parts = np.split(people, starts[1:])
        return [
            Kind(self._kinds[kind], list(zip(cost[part].tolist(), part.tolist(), strict=True)))
            for kind, part in zip(kinds.tolist(), parts, strict=True)
        ]

    def may(self) -> Any:
        """Who may come next, as a mark for everybody: affordable, and leaving places and money for what groups are owed."""
        places = self._k - len(self.seeds)
        if places <= 0:
            return np.zeros_like(self._free)
        if not self.kept:
            return self._free & (self.cost <= self._left + EPS)
        price, count = float(self.cost[self.kept].sum()), len(self.kept)
        must = (price - self._freed)[self._kind_of]
        may: Any = self._free & (self.cost + must <= self._left + EPS)
        may &= (1 + count - self._places <= places)[self._kind_of]
        may[self.kept] = True
        return may

    def take(self, one: int) -> None:
        """Choose a person."""
        kind = int(self._kind_of[one])
        gone = [one] if one in self.kept else list(self._spare[kind])
        self.seeds.append(one)
        self._free[one] = False
        self._left -= float(self.cost[one])
        for group in self._kinds[kind]:
            self._owed[group] = max(0, self._owed[group] - 1)
        if not self.kept:
            return
        self.kept = [kept for kept in self.kept if kept not in gone]
        touched = {group for person in (one, *gone) for group in self._kinds[self._kind_of[person]]}
        self._reckon(sorted({other for group in touched for other in self._with[group]}))

    def _reckon(self, kinds: Any) -> None:
        """Whom of those kept one more of each kind makes needless, the dearest first."""
        there: dict[int, list[int]] = {}
        for person in sorted(self.kept, key=lambda one: -self.cost[one]):
            for group in self._kinds[self._kind_of[person]]:
                there.setdefault(group, []).append(person)
        for kind in kinds:
            more = {group: len(some) - self._owed[group] for group, some in there.items()}
            near = list[int]()
            for group in self._kinds[kind]:
                more[group] = more.get(group, 0) + 1
                near += there.get(group, ())
            needless = []
            for person in sorted(dict.fromkeys(near), key=lambda one: -self.cost[one]):
                mine = [group for group in self._kinds[self._kind_of[person]] if self._owed[group]]
                if all(more[group] > 0 for group in mine):
                    needless.append(person)
                    for group in mine:
                        more[group] -= 1
            self._spare[kind] = needless
            self._freed[kind] = float(self.cost[needless].sum()) if needless else 0.0
            self._places[kind] = len(needless)
