"""Models whose chances differ from tie to tie: by how strong a tie is, or as it was learnt of what really spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from grapevine.engine import cascade
from grapevine.engine.cascade import estimation, heard
from grapevine.engine.cascade.events import NEVER, Adoptions
from grapevine.engine.graph import Graph
from grapevine.engine.graph import network as graphs
from grapevine.engine.graph.ids import Ids
from grapevine.spread import snapshots, words
from grapevine.spread.faults import Fault
from grapevine.spread.models import Cascade
from grapevine.spread.observed import Asked, Seen
from grapevine.spread.questions import LEARNT, ModelChoice
from grapevine.spread.snapshots import Snapshot

COLUMN = "column"
"""What a model's chance is called that stands with each tie."""
words.add(
    {
        "learnt_gone": _(
            "The spread that its chances were to be learnt of was removed, or tells nothing of ties. Choose another one, or another chance."
        )
    }
)
Fitted = tuple[cascade.SpreadModel, Graph]
Fit = Callable[[ModelChoice], Fitted]


def fitting(choice: ModelChoice, snapshot: Snapshot) -> Fit:
    """How a choice, and the same with another main knob, is put to a network: the model, and the graph it runs on. Raises Fault when what its
    chances were to be learnt of isn't there."""
    graph = snapshot.graph
    if not choice.ties or not graph.arcs:
        return lambda one: (one.made(), graph)
    if choice.name == "lt":
        shares = _shares(graph)
        return lambda one: _with(one, graph, shares)
    if choice.ties == LEARNT:
        each, mean = _learnt(choice.cascade_id, snapshot)
        return lambda one: _with(one, graph, np.clip(each * (one.chance / mean), 0.0, 1.0))
    strong = _strengths(graph)
    return lambda one: _with(one, graph, 1 - (1 - one.chance) ** strong)


def _with(choice: ModelChoice, graph: Graph, chances: Any) -> Fitted:
    """The model with a chance for each tie, by out-arc."""
    made = replace(
        graph, out_weight=chances.astype(np.float32), in_weight=chances[_into(graph)].astype(np.float32)
    )
    return choice.with_knob("probability", COLUMN).made(), made


def _sources(graph: Graph) -> Any:
    return np.repeat(np.arange(graph.n, dtype=np.int64), graph.out_degree)


def _into(graph: Graph) -> Any:
    """The out-arcs in the order of the in-arcs."""
    return np.argsort(graph.out_to, kind="stable")


def _strengths(graph: Graph) -> Any:
    """How strong each tie is beside the average one."""
    weights = np.ones(graph.arcs) if graph.out_weight is None else np.asarray(graph.out_weight, np.float64)
    mean = float(weights.mean())
    return weights / mean if mean > 0 else np.ones(graph.arcs)


def _shares(graph: Graph) -> Any:
    """Each tie's share in all that its listener listens to. A little below one together, since they are kept as 32-bit floats."""
    strong = _strengths(graph)
    total = np.bincount(graph.out_to, strong, minlength=graph.n)
    return (1 - 1e-6) * strong / np.maximum(total, 1e-12)[graph.out_to]


def _learnt(cascade_id: int | None, snapshot: Snapshot) -> tuple[Any, float]:
    """The chance of each tie of a network, by out-arc, as a real cascade tells it: its own where it was tried, drawn towards that of its group;
    else that of ties whose listeners listen to as many. And the mean of all that were tried."""
    row = Cascade.objects.done().select_related("network").filter(pk=cascade_id or 0).first()
    seen = Seen.from_json(row.result).estimated if row is not None else None
    mean = seen.chance if seen is not None else None
    if row is None or row.network is None or seen is None or not mean:
        raise Fault("learnt_gone")
    try:
        home = snapshots.read(row.network)
    except KeyError:
        raise Fault("learnt_gone") from None
    joined = [
        (who, int(at.timestamp()))
        for who, at in row.joinings.exclude(identity=None).order_by("place").values_list("identity_id", "at")
    ]
    told = {group: each for group, each, _tries in seen.chances}
    of_group = np.array([told.get(group, mean) for group in heard.GROUPS])
    graph = snapshot.graph
    each = of_group[heard.group_of(graph.in_degree)][graph.out_to]
    if not joined:
        return each, mean
    begin = min(at for _who, at in joined)
    earlier = before(home, begin)
    own = estimation.chances(
        earlier, adopted(home, joined, begin=begin), window=Asked.from_json(row.asked).window_hours
    )
    speakers, listeners = earlier.in_from, np.repeat(np.arange(earlier.n), earlier.in_degree)
    # The same people in the network that is asked about.
    here = snapshot.places(np.asarray(home.people["identity"]))
    known = (here[speakers] >= 0) & (here[listeners] >= 0)
    keys = here[speakers[known]].astype(np.int64) * graph.n + here[listeners[known]]
    order = np.argsort(keys, kind="stable")
    keys, own = keys[order], own[known][order]
    wanted = _sources(graph) * graph.n + graph.out_to
    if keys.size:
        at_ = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        there = keys[at_] == wanted
        each[there] = own[at_[there]]
    return each, mean


def before(snapshot: Snapshot, moment: int) -> Graph:
    """The ties of a network that had been seen before a moment (seconds), without weights."""
    graph = snapshot.graph
    earlier = np.asarray(snapshot.ties["first"]) < moment
    return graphs.from_numbers(
        _sources(graph)[earlier],
        graph.out_to[earlier].astype(np.int64),
        None,
        Ids.plain(graph.n),
        directed=True,
    )


def adopted(snapshot: Snapshot, joined: list[tuple[int, int]], *, begin: int) -> Adoptions:
    """When people of a network joined, in hours from the beginning: `joined` are identities with moments (seconds)."""
    at = np.full(snapshot.graph.n, NEVER)
    place = snapshot.places(np.array([who for who, _at in joined], np.int64))
    hours = (np.array([when for _who, when in joined], np.float64) - begin) / 3_600
    there = place >= 0
    np.minimum.at(at, place[there], hours[there])
    return Adoptions(at, int(np.count_nonzero(~there)))
