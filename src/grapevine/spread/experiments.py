"""The question who matters, and its answer: plain values, kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from grapevine.engine.cascade.influentials import Alone, Group, Matters
from grapevine.engine.graph import Graph
from grapevine.spread import kept
from grapevine.spread.snapshots import Snapshot

COSTS = {
    "listeners": _("as much as they have listeners"),
    "same": _("the same, whoever they are"),
    "followers": _("as much as they have followers on their platform"),
}
"""What briefing somebody may cost."""
SIZES = (1, 2, 5, 20, 100, 1000)
"""Cascades are counted from each of these sizes up to the next."""
PARTS = 10


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`threshold`: the share of those somebody listens to that must have joined; `top`: the share of people that is held against the others;
    `cost`: one of `COSTS`."""

    threshold: float = 0.18
    top: float = 0.1
    cost: str = "listeners"

    def to_json(self) -> dict[str, Any]:
        """As `Experiment.asked` keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, asked: Mapping[str, Any]) -> Asked:
        """Read again, whatever version wrote it."""
        return kept.again(cls, asked)


@dataclass(frozen=True, kw_only=True)
class Found:
    """The groups held against each other, and how their cascades are spread. `counts` has a row for the top and one for ordinary people: how
    many of them set off cascades of each of `SIZES`; `tenths` are the mean cascades of people by listeners, the most listened-to tenth first, with
    the mean number of their listeners."""

    top: Group
    everybody: Group
    ordinary: Group
    ratio: float
    degree_ratio: float
    multiplier: float
    per_cost_ratio: float
    largest: int
    counts: tuple[tuple[int, ...], tuple[int, ...]]
    tenths: tuple[tuple[float, float], ...]

    def to_json(self) -> dict[str, Any]:
        """As `Experiment.result` keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, result: Mapping[str, Any]) -> Found:
        """Read again, whatever version wrote it."""
        groups = {name: kept.again(Group, result[name]) for name in ("top", "everybody", "ordinary")}
        top, ordinary = result["counts"]
        tenths = tuple((mean, degree) for mean, degree in result["tenths"])
        return kept.again(cls, result, **groups, counts=(tuple(top), tuple(ordinary)), tenths=tenths)


def costs(asked: Asked, snapshot: Snapshot) -> Any:
    """What it costs to brief each person, at least 1; whose followers aren't known costs as much as the middle one of the others."""
    if asked.cost == "same":
        return np.ones(snapshot.graph.n)
    if asked.cost == "listeners":
        return np.maximum(snapshot.graph.out_degree, 1).astype(np.float64)
    followers = np.asarray(snapshot.people["followers"], np.float64)
    known = followers >= 0
    middle = float(np.median(followers[known])) if known.any() else 1.0
    return np.maximum(np.where(known, followers, middle), 1.0)


def told(matters: Matters, begun: Alone, chosen: Any, graph: Graph) -> Found:
    """What is kept of an experiment; `chosen` are the top."""
    sizes = begun.sizes
    place = np.searchsorted(np.asarray(SIZES), sizes, side="right") - 1
    rows = (np.bincount(place[those], minlength=len(SIZES)) for those in (chosen, ~chosen))
    top, ordinary = (tuple(int(one) for one in row) for row in rows)
    # Of people with as many listeners those of the top come first, so that a top tenth is the first tenth.
    order = np.lexsort((~chosen, -graph.out_degree))
    tenths = tuple(
        (float(sizes[part].mean()), float(graph.out_degree[part].mean()))
        for part in np.array_split(order, min(PARTS, graph.n))
    )
    return Found(
        top=matters.top,
        everybody=matters.everybody,
        ordinary=matters.ordinary,
        ratio=matters.ratio,
        degree_ratio=matters.degree_ratio,
        multiplier=matters.multiplier,
        per_cost_ratio=matters.per_cost_ratio,
        largest=int(sizes.max()),
        counts=(top, ordinary),
        tenths=tenths,
    )
