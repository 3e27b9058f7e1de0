"""Who had heard of it from whom, and when: of everybody whom a friend of theirs went before, in one or several cascades."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from grapevine.engine.cascade import _learning
from grapevine.engine.cascade.events import Adoptions
from grapevine.engine.graph.network import Graph

BOUNDS = (2, 5, 20, 100)
GROUPS = ("1", "2–4", "5–19", "20–99", "100 and more")
"""People by how many they listen to: a single spread says too little of single ties."""


def group_of(listens: Any) -> Any:
    """The place in GROUPS of people who listen to so many."""
    return np.searchsorted(BOUNDS, listens, side="right")


@dataclass(frozen=True, eq=False)
class Heard:
    """Rows of people, each in one cascade, whom at least one friend went before; and the friends who did, in the order in which they joined."""

    graph: Graph
    cascade: Any
    """Which cascade a row is of."""
    person: Any
    joined: Any
    """When they joined; infinite for those who didn't."""
    starts: Any
    """Where the friends of a row begin."""
    arc: Any
    """Along which in-arc a friend was heard."""
    when: Any
    """When that friend joined."""
    window: float

    @cached_property
    def row(self) -> Any:
        """Of which row a friend is."""
        return np.repeat(np.arange(self.person.size), self.before)

    @cached_property
    def before(self) -> Any:
        """How many friends went before."""
        return np.diff(self.starts)

    @cached_property
    def has(self) -> Any:
        """Whether they joined."""
        return np.isfinite(self.joined)

    @cached_property
    def convinced(self) -> Any:
        """Whether they joined within the window after the last friend who went before."""
        if not self.person.size:
            return self.has
        return self.has & (self.joined - self.when[self.starts[1:] - 1] <= self.window)

    @cached_property
    def listens(self) -> Any:
        """To how many the person of a row listens."""
        return self.graph.in_degree[self.person]

    @cached_property
    def delay(self) -> Any:
        """How long after a friend the person joined."""
        return self.joined[self.row] - self.when

    @cached_property
    def may(self) -> Any:
        """Whether a friend may have convinced: the person joined, and within the window after."""
        return self.has[self.row] & (self.delay <= self.window)

    @cached_property
    def listener_group(self) -> Any:
        """The group of the person who heard, by friend."""
        return group_of(self.listens)[self.row]


def listen(graph: Graph, cascades: Sequence[Adoptions], window: float = math.inf) -> Heard:
    """Who had heard what before they joined."""
    parts = [_of_one(graph, one, number) for number, one in enumerate(cascades)]
    cascade, person, joined, before, arc, when = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    starts = np.concatenate([[0], np.cumsum(before)]).astype(np.int64)
    order = np.lexsort((when, np.repeat(np.arange(person.size), before)))
    return Heard(graph, cascade, person, joined, starts, arc[order], when[order], window)


def _of_one(graph: Graph, seen: Adoptions, number: int) -> tuple[Any, ...]:
    before = np.zeros(graph.n, np.int64)
    _learning.exposures(graph.in_at, graph.in_from, seen.at, before)
    people = np.flatnonzero(before)
    count = before[people]
    arc, when = np.empty(count.sum(), np.int64), np.empty(count.sum(), np.float64)
    _learning.heard(graph.in_at, graph.in_from, seen.at, people, np.cumsum(count) - count, arc, when)
    return np.full(people.size, number), people, seen.at[people], count, arc, when
