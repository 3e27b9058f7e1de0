"""The independent cascade: whoever joins gets one chance at each friend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grapevine.engine.cascade import _dice, chances
from grapevine.engine.cascade.base import SpreadModel, knob
from grapevine.engine.cascade.runners import Trying
from grapevine.engine.graph.network import Graph


@dataclass(frozen=True)
class IndependentCascade(SpreadModel):
    """Whoever joins tells each friend once, and convinces them with a certain chance, whatever others have tried.

    Chances are kept in units of 2⁻³²; 0 is never and 1 is always.

    References: Goldenberg, Libai & Muller (2001); Kempe, Kleinberg & Tardos (2003).
    """

    name = "ic"
    title = "Independent cascade"
    assumption = "Everybody who joins has one chance at each friend, and each try stands alone."
    references = (
        "Goldenberg, Libai & Muller (2001): Talk of the network",
        "Kempe, Kleinberg & Tardos (2003): Maximizing the spread of influence through a social network",
        "Chen, Wang & Wang (2010): Scalable influence maximization (weighted cascade, trivalency)",
    )
    submodular = True

    probability: float | str = knob("wc", low=0, high=1, choices=chances.WORDS, help=chances.HELP)

    def prepare(self, graph: Graph, *, rng: int = 0) -> Any:
        """Chances in whole numbers."""
        return Trying(graph, _dice.chance32(chances.of(graph, self.probability)), rng)

    def everyone(
        self, graph: Graph, *, runs: int = 100, rng: int = 0, threads: int = 1, told: Any = None
    ) -> Any:
        """By so many reverse samples per person."""
        from grapevine.engine.cascade import everyone

        return everyone.by_samples(self.trees(graph), samples=runs, rng=rng, threads=threads, told=told)

    def trees(self, graph: Graph) -> Any:
        """Trees against the arcs."""
        from grapevine.engine.cascade.trees import Trees

        return Trees.of(graph, self.probability)

    def advise(self, graph: Graph, wishes: Any, *, rng: int = 0, told: Any = None) -> Any:
        """By reverse samples, with a guarantee."""
        from grapevine.engine.cascade import opim

        return opim.advise(self.trees(graph), wishes, rng=rng, told=told)
