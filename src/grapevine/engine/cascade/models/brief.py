"""A brief and the talk it sets off: people are reached from outside for a while, and by each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grapevine.engine.cascade import chances
from grapevine.engine.cascade.base import SpreadModel, knob
from grapevine.engine.cascade.runners import Waiting
from grapevine.engine.graph.network import Graph


@dataclass(frozen=True)
class BriefAndTalk(SpreadModel):
    """In every step of the brief everybody is reached from outside with one chance; whoever has joined tells each friend with another,
    until they fall silent.

    Bass' two rates, on a network instead of in a well-stirred crowd: with `probability` 0 it is the brief alone, with `outside` 0 talk alone.

    References: Bass (1969); Rahmandad & Sterman (2008); Goldenberg, Libai & Muller (2001).
    """

    name = "brief"
    title = "Brief and word of mouth"
    assumption = "A brief reaches anybody for some steps, and those who have joined tell their friends."
    references = (
        "Bass (1969): A new product growth model for consumer durables",
        "Goldenberg, Libai & Muller (2001): Talk of the network",
        "Rahmandad & Sterman (2008): Heterogeneity and network structure in the dynamics of diffusion",
    )

    outside: float = knob(
        0.01, low=0, high=1, unit="per step", help="Chance that the brief reaches a person in a step.",
        reference="Sultan, Farley & Lehmann (1990): 0.03 a year on average",
    )  # fmt: skip
    brief: int = knob(10, low=0, high=100_000, whole=True, unit="steps", help="How long the brief runs.")
    probability: float | str = knob(
        0.05, low=0, high=1, choices=chances.WORDS, unit="per step", help="In one step: " + chances.HELP
    )
    forget: float = knob(
        0.0,
        low=0,
        high=1,
        unit="per step",
        help="Chance to fall silent after a step; 0: never, 1: after the first.",
    )
    horizon: int = knob(
        30, low=1, high=100_000, whole=True, unit="steps", help="After so many steps we look."
    )

    def prepare(self, graph: Graph, *, rng: int = 0) -> Any:
        """Chances a step."""
        each = chances.of(graph, self.probability)
        return Waiting(
            graph, each, float(self.forget), float(self.outside), int(self.brief), int(self.horizon), rng
        )  # fmt: skip
