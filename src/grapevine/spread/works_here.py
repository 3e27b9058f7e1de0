"""The kinds of work of this room; each is done by its own module of actions."""

from __future__ import annotations

from functools import partial
from typing import Any

from grapevine.core import clock
from grapevine.spread import snapshots
from grapevine.spread.actions import advising, audiences, cascades, experiments, networks, simulations, works
from grapevine.spread.models import Audience, Cascade, Experiment, Network, Simulation


def _draw(*told: Any) -> None:
    # Imported when it is wanted: the engine takes a while, and every process registers.
    from grapevine.spread import drawn_before

    drawn_before.of_simulation(*told)


def register() -> None:
    """Make them known. Called when Django starts."""
    works.register(
        works.Kind(
            "network",
            Network,
            partial(networks.do, clock=clock.now),
            networks.PERMISSION,
            dropped=snapshots.drop,
        )
    )
    works.register(works.Kind("cascade", Cascade, partial(cascades.do, clock=clock.now), cascades.PERMISSION))
    works.register(
        works.Kind(
            "simulation",
            Simulation,
            partial(simulations.do, clock=clock.now, draw=_draw),
            "spread.simulation.make",
        )
    )
    works.register(works.Kind("audience", Audience, partial(advising.do, clock=clock.now), audiences.MAKE))
    works.register(
        works.Kind("experiment", Experiment, partial(experiments.do, clock=clock.now), experiments.PERMISSION)
    )
