"""Asking who matters: everybody begins alone, and the best connected are held against the others (Watts & Dodds 2007)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.core import jobs
from grapevine.engine.cascade import SpreadError, influentials
from grapevine.engine.cascade.models import WattsThreshold
from grapevine.spread import experiments, snapshots
from grapevine.spread.actions import works
from grapevine.spread.actions.steps import Steps
from grapevine.spread.experiments import Asked
from grapevine.spread.faults import Fault
from grapevine.spread.models import Experiment, Network, WorkState

PERMISSION = "spread.simulation.make"
FEWEST = 10
"""With fewer people, one person is more than a tenth."""


@transaction.atomic
def ask(*, network: Network, asked: Asked, by: Any, at: datetime, is_demo: bool = False) -> Experiment:
    """Have the experiment made on a network. Raises AccessDenied."""
    return works.ask(Experiment(network=network, asked=asked.to_json(), is_demo=is_demo), by=by, at=at)


def do(row: Experiment, run: jobs.Run, *, clock: Callable[[], datetime]) -> None:
    """Make the experiment. Raises NotYet while the network is being made, Fault when it is gone or too small."""
    if row.network.state in WorkState.unfinished():
        raise works.NotYet
    asked = Asked.from_json(row.asked)
    try:
        snapshot = snapshots.read(row.network)
    except KeyError:
        raise Fault("network_gone") from None
    graph = snapshot.graph
    if graph.n < FEWEST:
        raise Fault("matters_too_few", people=graph.n, fewest=FEWEST)
    steps = Steps(run, 2)
    model = WattsThreshold(threshold=asked.threshold)
    begun = influentials.alone(model, graph, told=steps.look)
    steps.step()
    try:
        found = influentials.compare(
            model, graph, top=asked.top, costs=experiments.costs(asked, snapshot), begun=begun
        )
    except SpreadError:
        raise Fault("matters_too_few", people=graph.n, fewest=FEWEST) from None
    result = experiments.told(found, begun, influentials.best(graph, asked.top), graph)
    with transaction.atomic():
        works.finish(row, run, at=clock(), result=result.to_json())
