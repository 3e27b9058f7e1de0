"""Choosing one after the other under wishes: who may come next, so that the budget holds and every group gets what it is owed."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade.advice import Wishes
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph.network import Graph


class Claims:
    """What was chosen so far, what that leaves to spend, and what groups are still owed."""

    def __init__(self, graph: Graph, wishes: Wishes) -> None:
        self.cost = wishes.cost(graph)
        self.seeds: list[int] = []
        self._k = wishes.k
        self._left = wishes.budget if wishes.budget is not None else float("inf")
        self._free = wishes.pool(graph)
        self._wanted = [one.count for one in wishes.at_least]
        self._members = [np.zeros(graph.n, np.bool_) for _ in wishes.at_least]
        for one, members in zip(wishes.at_least, self._members, strict=True):
            members[np.asarray(one.people, np.int64)] = True
        self._owed = list(self._wanted)

    def may(self) -> Any:
        """Who may come next, as a mark for everybody: affordable, and leaving places and money for what groups are owed."""
        if len(self.seeds) >= self._k:
            return np.zeros_like(self._free)
        may = self._free & (self.cost <= self._left + 1e-12)
        if not any(self._owed):
            return may
        claimed = np.zeros_like(may)
        for owed, members in zip(self._owed, self._members, strict=True):
            if owed:
                claimed |= members
        if sum(self._owed) >= self._k - len(self.seeds):
            may &= claimed
        if self._left == float("inf"):
            return may
        # Somebody in two groups may make both cheaper than they look; so where nothing fits, the owed go first.
        thrifty = may & (self.cost + self._kept() <= self._left + 1e-9)
        return thrifty if thrifty.any() else may & claimed

    def _kept(self) -> Any:
        """What must be kept for the groups, at their cheapest, when a person is taken."""
        kept = np.zeros(self.cost.size)
        for owed, members in zip(self._owed, self._members, strict=True):
            if owed:
                cheapest = np.sort(self.cost[members & self._free])[:owed]
                kept += cheapest.sum()
                kept[members] -= np.minimum(self.cost[members], cheapest[-1])
        return kept

    def take(self, one: int) -> None:
        """Choose a person."""
        self.seeds.append(one)
        self._free[one] = False
        self._left -= float(self.cost[one])
        self._owed = [
            owed - 1 if owed and members[one] else owed
            for owed, members in zip(self._owed, self._members, strict=True)
        ]

    def settle(self) -> None:
        """Refuse a choice that owes a group something. Raises SpreadError."""
        for wanted, owed in zip(self._wanted, self._owed, strict=True):
            if owed:
                raise SpreadError(
                    f"At least {wanted} of a group are wanted; the budget is spent on {wanted - owed} of it."
                )
