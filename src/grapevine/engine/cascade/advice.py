"""What is wished of advice, and what is given: whom to brief, why them, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Sentence, so_many


@dataclass(frozen=True)
class AtLeast:
    """So many of these people must be chosen."""

    count: int
    people: Sequence[int]


@dataclass(frozen=True)
class Wishes:
    """How many to choose, or for how much; and from whom. People are inner numbers."""

    k: int
    """At most so many, those briefed already not counted."""
    epsilon: float = 0.1
    """The guarantee that is promised is 1 − 1/e − ε."""
    delta: float | None = None
    """The chance that it fails; when not told, one over the number of people."""
    quality: float = 0.75
    """Go on beyond the promise until this share of the best is proved for these very people, or until more samples would hardly prove more: until
    nine tenths of what endless ones would are proved, and above 0.8 half way from this share to all of it. 0: stop at the promise."""
    budget: float | None = None
    """What all chosen together may cost."""
    costs: Sequence[float] | None = None
    """Everybody's cost; 1 when not told."""
    allowed: Sequence[int] | None = None
    """Who may be contacted; all when not told."""
    already: Sequence[int] = ()
    """Who is briefed already: they cost nothing, and nobody is chosen for reaching whom they reach."""
    at_least: tuple[AtLeast, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether only their number binds."""
        return self.budget is None and not self.at_least

    def check(self, graph: Graph) -> None:
        """Refuse what can't be wished on this graph. Raises SpreadError."""
        if not 0 <= self.k <= graph.n:
            raise SpreadError(
                "k is {k}; from 0 to {most} is wanted, for there are no more people.", k=self.k, most=graph.n
            )
        for name, share in (("epsilon", self.epsilon), ("delta", self.delta)):
            if share is not None and not 0 < share < 1:
                raise SpreadError("{name} is {share}; above 0 and below 1 is wanted.", name=name, share=share)
        if not 0 <= self.quality < 1:
            raise SpreadError("The quality is {quality}; from 0 to below 1 is wanted.", quality=self.quality)
        if self.budget is not None and not self.budget >= 0:
            raise SpreadError("The budget is {budget}; 0 or more is wanted.", budget=self.budget)
        self._check_people(graph)

    def _check_people(self, graph: Graph) -> None:
        if self.costs is not None:
            costs = np.asarray(self.costs, np.float64)
            if costs.shape != (graph.n,) or not (np.isfinite(costs) & (costs > 0)).all():
                raise SpreadError("Every person needs one cost above 0.")
        allowed = () if self.allowed is None else self.allowed
        for people in (allowed, self.already, *(one.people for one in self.at_least)):
            if len(people) and not (np.min(people) >= 0 and np.max(people) < graph.n):
                raise SpreadError("People must be inner numbers from 0 to {last}.", last=graph.n - 1)
        pool = np.flatnonzero(self.pool(graph))
        for one in self.at_least:
            there = np.intersect1d(pool, np.asarray(one.people, np.int64)).size
            if one.count > there:
                raise SpreadError(
                    "At least {wanted} of a group are wanted; {there} of it may be chosen.",
                    wanted=one.count,
                    there=there,
                )

    def pool(self, graph: Graph) -> Any:
        """Whom we may choose, as a mark for everybody."""
        pool = np.zeros(graph.n, np.bool_)
        pool[np.asarray(self.allowed, np.int64) if self.allowed is not None else slice(None)] = True
        if len(self.already):
            pool[np.asarray(self.already, np.int64)] = False
        return pool

    def cost(self, graph: Graph) -> Any:
        """What everybody costs."""
        return np.ones(graph.n) if self.costs is None else np.asarray(self.costs, np.float64)

    def why_fewer(self, graph: Graph, chosen: int) -> tuple[Sentence, ...]:
        """Why fewer are chosen than were wished; nothing when they are as many, or when nothing but the budget was to end it."""
        pool = self.pool(graph)
        there = int(np.count_nonzero(pool))
        if chosen >= self.k or not self.k:
            return ()
        if there and self.budget is not None and not chosen:
            cheapest = float(self.cost(graph)[pool].min())
            return (
                Sentence(
                    "The budget of {budget} pays for nobody: the cheapest of those who may be chosen costs {cost}.",
                    budget=self.budget, cost=cheapest,
                ),
            )  # fmt: skip
        if chosen == there:
            return (
                Sentence(
                    "Wanted: {wanted}. Who may be chosen: {there}.",
                    wanted=so_many(self.k),
                    there=so_many(there),
                ),
            )
        return (
            Sentence("{chosen} of {wanted} at most: the budget pays for nobody else beside them.", chosen=chosen, wanted=self.k),
        )  # fmt: skip


@dataclass(frozen=True)
class Advice:
    """Whom to brief, in the order of choice."""

    seeds: tuple[int, ...]
    gains: tuple[float, ...]
    """How many people each adds to those before them, estimated."""
    spread: float
    """How many join, on average, with all of them and those briefed already."""
    method: str
    guarantee: float | None
    """The share of the best that is proved, but for the chance `delta`; None where nothing is."""
    promised: float | None
    """What was promised beforehand: 1 − 1/e − ε; None where no promise can be made."""
    at_most: float | None
    """What no choice whatever exceeds, but for the chance `delta`."""
    delta: float | None
    rr_sets: int
    """Samples drawn; or runs, where there are no samples."""
    seconds: float
    notes: tuple[Sentence, ...] = ()
    """What is to be known of it: that nothing is proved, or why fewer are chosen than were wished."""
    stderr: float | None = None
    """The standard error of the spread; None where samples that judge tell no more than a proof of it."""

    @property
    def note(self) -> str:
        """The notes in English."""
        return " ".join(map(str, self.notes))
