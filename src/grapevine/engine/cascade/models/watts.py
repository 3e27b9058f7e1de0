"""Watts' model: a person joins when a share of those they listen to has joined."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from grapevine.engine.cascade import _threshold
from grapevine.engine.cascade.base import SpreadModel, knob
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.runners import Counting, Drawing
from grapevine.engine.cascade.shared import countdowns
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Counted, so_many


@dataclass(frozen=True)
class WattsThreshold(SpreadModel):
    """A person joins when at least this share of those who influence them has joined.

    Exactly ⌈share · degree⌉ friends, reckoned as the decimal fraction it is written as, and at least one: nobody joins unasked. So a
    threshold of 0 means that one friend is enough, 1 that all must have joined. Thresholds are one for all, given for each (`given`), or
    drawn anew in each run (`spread`).

    References: Granovetter (1978); Watts (2002).
    """

    name = "watts"
    title = "Share of friends (Watts)"
    assumption = "A person joins when a certain share of those they listen to has joined, and stays."
    references = (
        "Granovetter (1978): Threshold models of collective behavior",
        "Watts (2002): A simple model of global cascades on random networks",
    )
    random = False

    threshold: float = knob(
        0.18, low=0, high=1, help="Share of friends that must have joined.", reference="Watts (2002): 0.18"
    )
    drawn: str = knob(
        "same", choices=("same", "even", "normal"),
        help="Whether all have the same threshold, or each run draws everybody's anew: evenly from threshold − spread to "
        "threshold + spread, or normally about it.",
    )  # fmt: skip
    spread: float = knob(
        0.0, low=0, high=1, help="Half the width, or the standard deviation, of thresholds that are drawn."
    )
    given: Sequence[float] | None = field(default=None, compare=False)
    """Everybody's own threshold, by inner number, instead of one for all."""

    def prepare(self, graph: Graph, *, rng: int = 0) -> Any:
        """Countdowns, or a distribution to draw from."""
        if self.given is not None:
            return Counting(graph, countdowns(self._given(graph), graph.in_degree), rng)
        if self.drawn == "same":
            return Counting(graph, countdowns(needs(self.threshold, graph.in_degree), graph.in_degree), rng)
        none = np.empty(0, np.int64)
        if self.drawn == "even":
            ends = (self.threshold - self.spread, self.threshold + self.spread)
            return Drawing(graph, _threshold.UNIFORM, *ends, none, rng)
        return Drawing(graph, _threshold.NORMAL, self.threshold, self.spread, none, rng)

    def _given(self, graph: Graph) -> Any:
        shares = np.asarray(self.given, np.float64)
        if shares.shape != (graph.n,):
            raise SpreadError(
                "A threshold for each is wanted: given are {thresholds} for {people}.",
                thresholds=Counted("{n} threshold", "{n} thresholds", shares.size),
                people=so_many(graph.n),
            )
        wrong = np.flatnonzero(~((shares >= 0) & (shares <= 1)))
        if wrong.size:
            raise SpreadError(
                "The threshold of {id} is {threshold}; from 0 to 1 is wanted.",
                id=str(graph.ids.of(int(wrong[0]))),
                threshold=shares[wrong[0]],
            )
        need = np.empty(graph.n, np.int64)
        for share in np.unique(shares):
            those = shares == share
            need[those] = needs(float(share), graph.in_degree[those])
        return need

    def foresee(self, degrees: Any, seed_fraction: float) -> Any:
        """Gleeson & Cahalane's size and Watts' condition, for one threshold for all, on ties that count both ways or one."""
        if self.drawn != "same" or self.given is not None:
            return None
        from grapevine.engine.cascade import analytic

        return analytic.foresee(degrees, self.threshold, seed_fraction)


def needs(threshold: float | str | Fraction, degrees: Any) -> Any:
    """How many of their friends it takes, for people with so many: exact, because a decimal fraction is taken for what it is written as."""
    share = threshold if isinstance(threshold, Fraction) else Fraction(str(threshold))
    found, place = np.unique(degrees, return_inverse=True)
    table = np.array([max(1, math.ceil(share * int(degree))) for degree in found], np.int64)
    return table[place] if table.size else np.empty(0, np.int64)
