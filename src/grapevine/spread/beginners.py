"""With whom it begins: people of a network by a rule, among those who may be chosen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from grapevine.engine.cascade import baselines
from grapevine.engine.graph import Graph
from grapevine.spread.snapshots import Snapshot

RULES = ("degree", "discount", "core", "pagerank")
"""Those that need nothing but the network."""


def allowed(snapshot: Snapshot, refused: Collection[int], *, contactable: bool = True) -> Any:
    """Who may be chosen, as a mark for everybody: whoever isn't forgotten, and, when they are to be contacted, neither refuses that
    (`refused`: identities) nor is an account of our own."""
    identity = np.asarray(snapshot.people["identity"])
    marked: Any = identity > 0
    if contactable:
        marked = marked & ~np.isin(identity, np.asarray(sorted(refused), np.int64))
        if "ours" in snapshot.people:
            marked = marked & (np.asarray(snapshot.people["ours"]) == 0)
    return marked


def by_rule(rule: str, graph: Graph, count: int, among: Any) -> Any:
    """The first `count` people by a rule among those who are marked; fewer when there are fewer."""
    count = min(count, int(np.count_nonzero(among)))
    if count <= 0:
        return np.empty(0, np.int64)
    if rule == "discount":
        return _apart(graph, count, among)
    ranked = baselines.choose(rule, graph, graph.n)
    return np.asarray(ranked)[among[ranked]][:count]


def _apart(graph: Graph, count: int, among: Any) -> Any:
    """Those who influence most people whom nobody chosen is or influences (single discount), as `baselines.discount`, among the marked."""
    left = graph.out_degree.astype(np.int64)
    left[~among] = -1
    chosen = np.empty(count, np.int64)
    for place in range(count):
        one = int(np.argmax(left))
        chosen[place] = one
        left[one] = -1
        lost = graph.influenced_by(one)
        left[lost] -= left[lost] > 0
    return chosen
