"""Talk that dies down: people pass on for a while, then forget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grapevine.engine.cascade import chances
from grapevine.engine.cascade.base import SpreadModel, knob
from grapevine.engine.cascade.runners import Waiting
from grapevine.engine.graph.network import Graph


@dataclass(frozen=True)
class ForgottenTalk(SpreadModel):
    """Who has heard tells each friend in every step with a certain chance, until they forget to; who has heard once doesn't begin again.

    A friend is told at all with the chance p / (p + f − p·f), with p the chance a step and f that of forgetting; the tellings of one person
    hang together, because they talk for the same time (Newman 2002).

    References: Kermack & McKendrick (1927); Newman (2002).
    """

    name = "sir"
    title = "Talk that dies down (SIR)"
    assumption = "Who has heard tells friends until they forget to; in every step the same chance of either."
    references = (
        "Kermack & McKendrick (1927): A contribution to the mathematical theory of epidemics",
        "Newman (2002): Spread of epidemic disease on networks",
    )

    probability: float | str = knob(
        0.1, low=0, high=1, choices=chances.WORDS, unit="per step", help="In one step: " + chances.HELP
    )
    forget: float = knob(
        0.3,
        low=0,
        high=1,
        unit="per step",
        help="Chance to fall silent after a step; 0: never, 1: after the first.",
    )
    horizon: int = knob(
        100, low=1, high=100_000, whole=True, unit="steps", help="After so many steps we look."
    )

    def prepare(self, graph: Graph, *, rng: int = 0) -> Any:
        """Chances a step."""
        each = chances.of(graph, self.probability)
        return Waiting(graph, each, float(self.forget), 0.0, 0, int(self.horizon), rng)
