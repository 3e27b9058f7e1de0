"""Who brought whom, as the order of joining tells it: generations, how many each of the first brought, and what mere chance would make of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade import _learning
from grapevine.engine.cascade.events import NEVER, Adoptions
from grapevine.engine.graph.network import Graph

Z95 = 1.959963984540054
FIRST = 30
"""So many people of the first generations at least are looked at, where there are so many: later ones meet those who have joined already."""
SHUFFLES = 20


@dataclass(frozen=True)
class Reproduction:
    """How many each of the first brought. `by_chance`: what comes out when those who joined did so in any other order, on average and in 95 of
    100 orders; what lies within it is no sign that anybody brought anybody."""

    value: float
    low: float
    high: float
    generations: int
    """Of how many generations, from those who began."""
    people: int
    early_half: float
    """The same of the earlier half of all: capped at 1 where everybody who joined was brought."""
    by_chance: float | None = None
    by_chance_low: float | None = None
    by_chance_high: float | None = None

    @property
    def by_lot(self) -> tuple[float, ...]:
        """By chance: on average, from, and to; empty where it wasn't tried."""
        told = (self.by_chance, self.by_chance_low, self.by_chance_high)
        return tuple(one for one in told if one is not None)


@dataclass(frozen=True)
class Brought:
    """Generations of all cascades together, from those who began, and how many each person brought."""

    generations: tuple[int, ...]
    first: Reproduction | None


def bring(graph: Graph, cascades: Sequence[Adoptions], window: float, rng: int) -> Brought:
    """Who is said to have been brought by whoever joined last before them of those they listen to, at most `window` before."""
    generations, found = _bring(graph, cascades, window)
    if found is None:
        return Brought(generations, None)
    dice = np.random.default_rng(rng)
    others = [_bring(graph, [shuffled(one, dice) for one in cascades], window)[1] for _ in range(SHUFFLES)]
    values = np.array([one.value for one in others if one is not None])
    low, high = np.quantile(values, (0.025, 0.975))
    told = Reproduction(
        found.value, found.low, found.high, found.generations, found.people, found.early_half,
        float(values.mean()), float(low), float(high),
    )  # fmt: skip
    return Brought(generations, told)


def shuffled(seen: Adoptions, dice: np.random.Generator) -> Adoptions:
    """The same people joining at the same moments, each at another's."""
    at = np.full(seen.at.size, NEVER)
    who = seen.joined
    at[who] = dice.permutation(seen.at[who])
    return Adoptions(at, seen.unknown, seen.used)


def _bring(
    graph: Graph, cascades: Sequence[Adoptions], window: float
) -> tuple[tuple[int, ...], Reproduction | None]:
    depths, brought, early = [], [], []
    for seen in cascades:
        order = seen.joined
        depth, children = np.zeros(graph.n, np.int64), np.zeros(graph.n, np.int64)
        _learning.parents(graph.in_at, graph.in_from, seen.at, float(window), order, depth, children)
        depths.append(depth[order])
        brought.append(children[order])
        early.append(children[order[: max(1, order.size // 2)]])
    depth, children = np.concatenate(depths), np.concatenate(brought)
    if not depth.size:
        return (), None
    generations = np.bincount(depth)
    return tuple(map(int, generations)), _first(
        generations, depth, children, float(np.concatenate(early).mean())
    )


def _first(generations: Any, depth: Any, children: Any, early_half: float) -> Reproduction:
    count = first_generations(generations)
    theirs = children[depth < count]
    mean = float(theirs.mean())
    error = float(theirs.std(ddof=1)) / math.sqrt(theirs.size) if theirs.size > 1 else math.inf
    return Reproduction(
        mean, max(0.0, mean - Z95 * error), mean + Z95 * error, count, int(theirs.size), early_half
    )  # fmt: skip


def first_generations(generations: Sequence[int]) -> int:
    """How many of the first generations are looked at: as few as hold enough people, and never the last, which had nobody to bring."""
    reach = int(np.searchsorted(np.cumsum(generations), FIRST)) + 1
    return max(1, min(reach, len(generations) - 1))
