"""Whom one would brief without reckoning: the well connected, the central, anybody. To hold advice against; none has a guarantee."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph import measures
from grapevine.engine.graph.network import Graph


def degree(graph: Graph, k: int, rng: int) -> Any:
    """Those who influence most people."""
    return _largest(graph.out_degree, k)


def discount(graph: Graph, k: int, rng: int) -> Any:
    """Those who influence most people not chosen and not influenced by a chosen one (single discount; Chen, Wang & Yang 2009)."""
    left = graph.out_degree.astype(np.int64)
    chosen = []
    for _ in range(k):
        one = int(np.argmax(left))
        chosen.append(one)
        left[one] = -1
        lost = graph.influenced_by(one)
        left[lost] -= left[lost] >= 0
    return np.array(chosen, np.int64)


def core(graph: Graph, k: int, rng: int) -> Any:
    """Those in the innermost cores (Kitsak et al. 2010), among equals those who influence most."""
    return _largest(
        measures.core_numbers(graph) * (graph.out_degree.max(initial=0) + 1.0) + graph.out_degree, k
    )


def pagerank(graph: Graph, k: int, rng: int) -> Any:
    """Those at whom a walk against influence stays: PageRank of the turned network, with 0.85 (Page et al. 1999)."""
    rank = np.full(graph.n, 1 / graph.n)
    targets = np.repeat(np.arange(graph.n), graph.in_degree)
    degrees = np.maximum(graph.in_degree, 1)
    for _ in range(200):
        flow = np.bincount(graph.in_from, (rank / degrees)[targets], minlength=graph.n)
        lost = rank[graph.in_degree == 0].sum()
        new = 0.15 / graph.n + 0.85 * (flow + lost / graph.n)
        done = np.abs(new - rank).sum() < 1e-10
        rank = new
        if done:
            break
    return _largest(rank, k)


def chance(graph: Graph, k: int, rng: int) -> Any:
    """Anybody."""
    return np.random.default_rng(rng).permutation(graph.n)[:k]


RULES: dict[str, Callable[[Graph, int, int], Any]] = {
    "degree": degree,
    "discount": discount,
    "core": core,
    "pagerank": pagerank,
    "random": chance,
}


def choose(rule: str, graph: Graph, k: int, *, rng: int = 0) -> Any:
    """k people by a rule, as inner numbers. Raises SpreadError for a rule that isn't there, or more people than there are."""
    if rule not in RULES:
        raise SpreadError(f"There is no rule {rule!r}. There are: {', '.join(RULES)}.")
    if not 0 <= k <= graph.n:
        raise SpreadError(f"k is {k}; from 0 to the {graph.n:,} people there are is wanted.")
    return RULES[rule](graph, k, rng) if k else np.empty(0, np.int64)


def _largest(values: Any, k: int) -> Any:
    """The k largest, equals by number."""
    return np.argsort(-np.asarray(values, np.float64), kind="stable")[:k]
