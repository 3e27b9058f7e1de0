"""Whom one would brief without reckoning: the well connected, the central, anybody. To hold advice against; none has a guarantee.

A rule gives everybody a rank; `under` goes down it among those who may be chosen, past whoever the budget or a group's claim has no room for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grapevine.engine.cascade.advice import Wishes
from grapevine.engine.cascade.claims import Claims
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph import measures
from grapevine.engine.graph.network import Graph


def degree(graph: Graph, rng: int) -> Any:
    """How many people somebody influences."""
    return graph.out_degree


def core(graph: Graph, rng: int) -> Any:
    """In how inner a core somebody stands (Kitsak et al. 2010), among equals how many they influence."""
    return measures.core_numbers(graph) * (graph.out_degree.max(initial=0) + 1.0) + graph.out_degree


def pagerank(graph: Graph, rng: int) -> Any:
    """How often a walk against influence comes by: PageRank of the turned network, with 0.85 (Page et al. 1999)."""
    rank = np.full(graph.n, 1 / graph.n) if graph.n else np.empty(0)
    targets = np.repeat(np.arange(graph.n), graph.in_degree)
    degrees = np.maximum(graph.in_degree, 1)
    for _ in range(200 if graph.n else 0):
        flow = np.bincount(graph.in_from, (rank / degrees)[targets], minlength=graph.n)
        lost = rank[graph.in_degree == 0].sum()
        new = 0.15 / graph.n + 0.85 * (flow + lost / graph.n)
        done = np.abs(new - rank).sum() < 1e-10
        rank = new
        if done:
            break
    return rank


def chance(graph: Graph, rng: int) -> Any:
    """Anybody: a place drawn for each."""
    order = np.random.default_rng(rng).permutation(graph.n)
    places = np.empty(graph.n, np.int64)
    places[order] = np.arange(graph.n)
    return -places


DISCOUNT = "discount"
"""How many people somebody influences who aren't chosen (single discount; Chen, Wang & Yang 2009): the rank changes with every choice."""
RULES: dict[str, Callable[[Graph, int], Any]] = {
    "degree": degree,
    DISCOUNT: degree,
    "core": core,
    "pagerank": pagerank,
    "random": chance,
}


def choose(rule: str, graph: Graph, k: int, *, among: Any = None, rng: int = 0) -> Any:
    """The first k people by a rule, as inner numbers; with `among`, a mark for everybody, the first of those marked: fewer when there are fewer.
    Raises SpreadError for a rule that isn't there, or more people than there are."""
    allowed: Any = None if among is None else np.flatnonzero(among)
    return under(rule, graph, Wishes(k, allowed=allowed), rng=rng)


def under(rule: str, graph: Graph, wishes: Wishes, *, rng: int = 0) -> Any:
    """Whom a rule chooses under wishes: down its ranking among those allowed and not briefed yet, past those the budget no longer pays for,
    and past all but a group's own where the group is owed the places or the money that are left. Raises SpreadError as `Wishes.check`."""
    if rule not in RULES:
        raise SpreadError(
            "There is no rule {rule}. There are: {rules}.", rule=repr(rule), rules=", ".join(RULES)
        )
    wishes.check(graph)
    ranks = np.asarray(RULES[rule](graph, rng), np.float64)
    if wishes.plain and rule != DISCOUNT:
        order = np.argsort(-ranks, kind="stable")
        return order[wishes.pool(graph)[order]][: wishes.k]
    if rule == DISCOUNT:
        ranks = ranks.copy()
        for one in wishes.already:
            ranks[graph.influenced_by(one)] -= 1
    claims = Claims(graph, wishes)
    while (may := claims.may()).any():
        one = int(np.argmax(np.where(may, ranks, -np.inf)))
        claims.take(one)
        if rule == DISCOUNT:
            ranks[graph.influenced_by(one)] -= 1
    return np.asarray(claims.seeds, np.int64)
