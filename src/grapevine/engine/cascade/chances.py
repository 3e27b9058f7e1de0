"""The chance that an arc passes on: the same for all, one over how many the target listens to, one of three, or what the file says."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _random
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Counted, so_many

WORDS = ("wc", "tri", "column")
THREE = (0.1, 0.01, 0.001)
HELP = (
    "The chance that one passes on to another: a number for all; wc = 1 / how many the listener listens to; "
    "tri = 0.1, 0.01 or 0.001 by lot; column = the network's weights."
)


def of(graph: Graph, chance: float | str) -> Any:
    """Chances by out-arc, or an array of one for all. The lots of `tri` are the network's: the same in every run, with every rng.

    Raises SpreadError for what is no chance.
    """
    if chance == "wc":
        return (1.0 / np.maximum(graph.in_degree, 1))[graph.out_to]
    if chance == "tri":
        drawn = np.empty(graph.arcs, np.float64)
        _random.one_of_three(np.uint64(0), np.array(THREE), drawn)
        return drawn
    if chance == "column":
        if graph.out_weight is None:
            raise SpreadError("The network has no weights: a third column is wanted for the chance 'column'.")
        wrong = np.flatnonzero(~((graph.out_weight >= 0) & (graph.out_weight <= 1)))
        if wrong.size:
            at = int(wrong[0])
            source = int(np.searchsorted(graph.out_at, at, side="right")) - 1
            pair = f"{graph.ids.of(source)} → {graph.ids.of(int(graph.out_to[at]))}"
            raise SpreadError(
                "{ties} with a weight that is no chance, the first of them {pair} with {weight}: from 0 to 1 is wanted.",
                ties=Counted("{n} tie", "{n} ties", wrong.size),
                pair=pair,
                weight=float(f"{graph.out_weight[at]:g}"),
            )
        return graph.out_weight.astype(np.float64)
    return np.array([float(chance)])


def each(graph: Graph, chance: float | str) -> Any:
    """Like `of`, for every arc its own."""
    found = of(graph, chance)
    return np.broadcast_to(found, (graph.arcs,)) if found.size == 1 else found


def shares(graph: Graph, chance: float | str) -> Any:
    """What each friend weighs in the linear threshold model, in units of 2⁻³² by out-arc; empty when all friends weigh the same and together one.

    Raises SpreadError when friends of somebody weigh more than one together.
    """
    if chance == "wc":
        return np.empty(0, np.int64)
    weights = each(graph, chance)
    total = np.bincount(graph.out_to, weights, minlength=graph.n)
    over = np.flatnonzero(total > 1 + 1e-5)
    if over.size:
        worst = int(over[np.argmax(total[over])])
        raise SpreadError(
            "In the linear threshold model the weights of all who influence one person sum to 1 at most; that is more for {people}, "
            "for {id} {sum}. Take wc, or scale the weights.",
            people=so_many(over.size),
            id=str(graph.ids.of(worst)),
            sum=float(f"{total[worst]:.4g}"),
        )
    return np.rint(weights / np.maximum(total, 1.0)[graph.out_to] * 2.0**32).astype(np.int64)
