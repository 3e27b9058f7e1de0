"""Who matters? Cascades begun by the best connected against those begun by anybody (Watts & Dodds 2007), per head and per unit of cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grapevine.engine.cascade.base import SpreadModel
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.runners import Counting
from grapevine.engine.cascade.shared import Shared
from grapevine.engine.cascade.simulation import GLOBAL
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import so_many

if TYPE_CHECKING:
    from grapevine.engine.cascade.simulation import Progress

PIECES = 64  # in which each of everybody's runs is done where somebody wants to be told


@dataclass(frozen=True)
class Group:
    """What one person of a group sets off alone, on average."""

    people: int
    degree: float
    cascade: float
    cost: float
    per_cost: float
    global_share: float


@dataclass(frozen=True)
class Matters:
    """The best connected against all and against the others."""

    top: Group
    everybody: Group
    ordinary: Group
    ratio: float
    """The mean cascade of the top over that of everybody."""
    degree_ratio: float
    """Their mean degree over everybody's."""
    multiplier: float
    """The first ratio over the second: above 1, the top set off more than their connections alone explain."""
    per_cost_ratio: float
    """What a unit of cost brings at the top over what it brings at ordinary people."""
    exact: bool
    """Whether every person was tried and the model leaves nothing to chance."""
    runs: int


@dataclass(frozen=True, eq=False)
class Alone:
    """What everybody sets off alone: the mean size (themselves among them), and the share of runs that end above `GLOBAL`."""

    sizes: Any
    wide: Any
    exact: bool
    runs: int


def alone(
    model: SpreadModel, graph: Graph, *, runs: int = 100, rng: int = 0, told: Progress | None = None
) -> Alone:
    """Let everybody begin alone. For given thresholds this is exact and shares what cascades have in common; else each person begins `runs` times.
    `told` hears between how many of how many have begun, and may end it."""
    runner = model.prepare(graph, rng=rng)
    if isinstance(runner, Counting):
        found = Shared(graph, runner.need).every_seed(told).astype(np.float64)
        return Alone(found, (found > GLOBAL * graph.n).astype(np.float64), True, 1)
    sizes, wide = np.zeros(graph.n), np.zeros(graph.n)
    everyone = np.arange(graph.n, dtype=np.int64).reshape(-1, 1)
    none, found = np.empty((graph.n, 0), np.int32), np.zeros(graph.n, np.int64)
    piece = max(1, graph.n if told is None else -(-graph.n // PIECES))
    for run in range(runs):
        for at in range(0, graph.n, piece):
            part = slice(at, at + piece)
            runner.run(run * graph.n + at, everyone[part], found[part], none[part], np.empty(0, np.int64))
            if told is not None:
                told(run * graph.n + min(at + piece, graph.n), runs * graph.n)
        sizes += found / runs
        wide += (found > GLOBAL * graph.n) / runs
    return Alone(sizes, wide, False, runs)


def best(graph: Graph, top: float) -> Any:
    """Who is of the top share by how many they influence; ties go to the smaller number."""
    count = max(1, round(top * graph.n))
    chosen = np.zeros(graph.n, np.bool_)
    chosen[np.argsort(-graph.out_degree, kind="stable")[:count]] = True
    return chosen


def compare(
    model: SpreadModel,
    graph: Graph,
    *,
    top: float = 0.1,
    runs: int = 100,
    rng: int = 0,
    costs: Any = None,
    begun: Alone | None = None,
) -> Matters:
    """Let everybody begin alone (or take what `alone` found of it), and compare. Without costs a person costs as much as people they influence,
    at least 1: reach is what is paid for."""
    if not 0 < top < 1:
        raise SpreadError("The top is {top}; a share above 0 and below 1 is wanted.", top=top)
    if graph.n < 2:
        raise SpreadError("Two people at least are wanted.")
    cost = (
        np.maximum(graph.out_degree, 1).astype(np.float64) if costs is None else np.asarray(costs, np.float64)
    )
    if cost.shape != (graph.n,) or not (np.isfinite(cost) & (cost > 0)).all():
        raise SpreadError("Every person needs one cost above 0.")
    found = begun or alone(model, graph, runs=runs, rng=rng)
    chosen = best(graph, top)
    if chosen.all():
        raise SpreadError(
            "The top is {top}; with {people} nobody is left to hold it against.",
            top=top,
            people=so_many(graph.n),
        )
    best_, all_, others = (
        _group(graph, found.sizes, found.wide, cost, those)
        for those in (chosen, np.ones(graph.n, np.bool_), ~chosen)
    )
    ratio = best_.cascade / all_.cascade
    degree_ratio = best_.degree / all_.degree if all_.degree else 1.0
    return Matters(
        best_, all_, others, ratio, degree_ratio, ratio / degree_ratio, best_.per_cost / others.per_cost, found.exact, found.runs
    )  # fmt: skip


def _group(graph: Graph, sizes: Any, wide: Any, cost: Any, those: Any) -> Group:
    return Group(
        int(those.sum()), float(graph.out_degree[those].mean()), float(sizes[those].mean()), float(cost[those].mean()),
        float(sizes[those].sum() / cost[those].sum()), float(wide[those].mean()),
    )  # fmt: skip
