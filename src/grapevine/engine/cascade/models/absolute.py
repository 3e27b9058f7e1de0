"""Complex contagion: a person joins when so many friends have joined, however many they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade.base import SpreadModel, knob
from grapevine.engine.cascade.runners import Counting
from grapevine.engine.cascade.shared import countdowns
from grapevine.engine.graph.network import Graph


@dataclass(frozen=True)
class AbsoluteThreshold(SpreadModel):
    """A person joins when at least this many of those who influence them have joined; who listens to fewer never does.

    References: Centola & Macy (2007); bootstrap percolation, Chalupa, Leath & Reich (1979).
    """

    name = "absolute"
    title = "Number of friends (complex contagion)"
    assumption = "A person joins when a certain number of those they listen to have joined, and stays."
    references = (
        "Chalupa, Leath & Reich (1979): Bootstrap percolation on a Bethe lattice",
        "Centola & Macy (2007): Complex contagions and the weakness of long ties",
    )
    random = False

    threshold: float = knob(
        2, low=1, high=1_000_000, whole=True, unit="people", help="How many friends must have joined."
    )

    def prepare(self, graph: Graph, *, rng: int = 0) -> Any:
        """Countdowns."""
        return Counting(graph, countdowns(np.full(graph.n, int(self.threshold)), graph.in_degree), rng)
