"""Small networks for the tests of this room."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from grapevine.core.testing import NOON
from grapevine.engine import graph as graphs
from grapevine.people import testing as people
from grapevine.spread import snapshots
from grapevine.spread.models import Network, WorkState

_numbers = itertools.count(1)


def network_of(
    arcs: Iterable[tuple[int, int]],
    *,
    handles: Sequence[str],
    lang: Sequence[int] | None = None,
    community: Sequence[int] | None = None,
    followers: Sequence[int] | None = None,
    ours: Sequence[int] = (),
    name: str = "Elsinore",
) -> Network:
    """A network that is done: person i is called `handles[i]`, and u → v where v listens to u."""
    n = len(handles)
    pairs = np.array(list(arcs) or np.empty((0, 2)), np.int64).reshape(-1, 2)
    graph = graphs.from_arrays(pairs[:, 0], pairs[:, 1], np.ones(len(pairs)), people=n)
    who = [people.make_identity(handle=f"{one}{next(_numbers)}" if one == "?" else one) for one in handles]
    network = Network.objects.create(
        name=name,
        until=NOON,
        made_at=NOON + timedelta(seconds=next(_numbers)),
        state=WorkState.DONE,
        people=n,
        ties=graph.m,
        result={"languages": ["en", "sv"]},
    )
    columns: dict[str, Any] = {
        "identity": np.array([one.pk for one in who], np.int64),
        "lang": np.array(lang if lang is not None else [0] * n, np.int8),
        "posts": np.ones(n, np.int32),
        "followers": np.array(followers if followers is not None else [-1] * n, np.int64),
        "ours": np.isin(np.arange(n), list(ours)).astype(np.int8),
        "community": np.array(community if community is not None else [0] * n, np.int32),
        "core": np.zeros(n, np.int32),
        "x": np.zeros(n, np.float32),
        "y": np.zeros(n, np.float32),
    }
    snapshots.write(network, graph, columns, {})
    return network


def two_towns() -> Network:
    """Thirty people: a star about hamlet (0 → 1 … 14) and a chain in another town (15 → 16 → … → 29)."""
    star = [(0, one) for one in range(1, 15)]
    chain = [(one, one + 1) for one in range(15, 29)]
    names = ["hamlet", *("?" for _ in range(14)), "ophelia", *("?" for _ in range(14))]
    return network_of(
        star + chain, handles=names, lang=[0] * 15 + [1] * 15, community=[0] * 15 + [1] * 15, ours=[14]
    )


def identity(network: Network, node: int) -> int:
    """Who a node of a network is."""
    return int(snapshots.read(network).people["identity"][node])
