"""The linear threshold model: friends weigh, and how much it takes is drawn evenly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grapevine.engine.cascade import _threshold, chances
from grapevine.engine.cascade.base import SpreadModel, knob
from grapevine.engine.cascade.runners import Drawing
from grapevine.engine.graph.network import Graph


@dataclass(frozen=True)
class LinearThreshold(SpreadModel):
    """A person joins when the weights of their joined friends reach a threshold, which every run draws evenly from 0 to 1 for everybody.

    With `wc` every friend weighs one over their number. With weights of your own, those of all who influence one person sum to 1 at most.

    References: Granovetter (1978); Kempe, Kleinberg & Tardos (2003).
    """

    name = "lt"
    title = "Linear threshold"
    assumption = (
        "Friends weigh; nobody knows how much weight a person needs, so every amount is equally likely."
    )
    references = (
        "Kempe, Kleinberg & Tardos (2003): Maximizing the spread of influence through a social network",
    )
    submodular = True

    probability: float | str = knob(
        "wc", low=0, high=1, choices=chances.WORDS, help="What a friend weighs: " + chances.HELP
    )

    def prepare(self, graph: Graph, *, rng: int = 0) -> Any:
        """Weights in whole numbers."""
        weights = chances.shares(graph, self.probability)
        return Drawing(graph, _threshold.UNIFORM, 0.0, 1.0, weights, rng)

    def everyone(
        self, graph: Graph, *, runs: int = 100, rng: int = 0, threads: int = 1, told: Any = None
    ) -> Any:
        """By worlds, each of which tells it for everybody."""
        from grapevine.engine.cascade import everyone

        weights = self.trees(graph).weights
        return everyone.in_worlds(graph, weights, worlds=runs, rng=rng, threads=threads, told=told)

    def trees(self, graph: Graph) -> Any:
        """Walks."""
        from grapevine.engine.cascade.trees import Walks

        return Walks.of(graph, self.probability)

    def advise(self, graph: Graph, wishes: Any, *, rng: int = 0, told: Any = None) -> Any:
        """By reverse samples, with a guarantee."""
        from grapevine.engine.cascade import opim

        return opim.advise(self.trees(graph), wishes, rng=rng, told=told)
