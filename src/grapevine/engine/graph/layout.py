"""Where everybody stands in a picture of the network: communities first, then people inside.

A community is a disc as large as it has people, near those it has most ties with. Inside, friends stand near each other, who is tied to most in
the middle, and who has friends elsewhere on that side. What hangs together with nobody else stands around the rest in rings, the larger first.
The same graph and communities give the same picture; nothing is drawn by lot.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.graph import _layout, measures, network
from grapevine.engine.graph.errors import GraphError
from grapevine.engine.graph.network import Graph

STEPS = 60
MARGIN = 0.08
"""Room between the discs of two communities, as a share of both radii."""
EDGE = 1.0
"""Room around the people of a community, for the dots of the outermost and a line about them."""
_WORK = 250_000_000  # pairs of communities looked at, at most
_GOLDEN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, eq=False)
class Places:
    """Where people stand, and the discs of their communities; one person has room for a disc of radius 0.75, the picture's middle is 0, 0."""

    x: Any
    y: Any
    middle_x: Any
    middle_y: Any
    radius: Any


def place(graph: Graph, community: Any) -> Places:
    """Find a place for everybody. `community` numbers from 0, as `measures.communities` does. Time goes with ties, and with people to about 1.5."""
    group = np.ascontiguousarray(community, np.int32)
    if group.shape != (graph.n,) or (group.size and group.min() < 0):
        raise GraphError("Everybody needs the number of one community, from 0 on.")
    count = int(group.max(initial=-1)) + 1
    sizes = np.bincount(group, minlength=count)
    radius = np.sqrt(sizes.astype(np.float64))
    plain = measures.undirected(graph, weighted=True)
    middle_x, middle_y = _discs(plain, group, radius + EDGE)
    weight = _even(plain)
    order = np.lexsort((-plain.out_degree, group)).astype(np.int32)
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    x, y = np.zeros(graph.n), np.zeros(graph.n)
    _layout.inside(order, begins, plain.out_at, plain.out_to, weight, group, middle_x, middle_y, x, y, STEPS)
    x, y = (x + middle_x[group]).astype(np.float32), (y + middle_y[group]).astype(np.float32)
    return Places(x, y, middle_x, middle_y, radius)


def _even(plain: Graph) -> Any:
    """Weights about 1 that don't let one tie outweigh all others, shared among the ties of whoever has many."""
    if plain.out_weight is None or not plain.arcs:
        weight = np.ones(plain.arcs)
    else:
        weight = np.clip(plain.out_weight / max(float(np.median(plain.out_weight)), 1e-9), 0.25, 4.0)
    sources = np.repeat(np.arange(plain.n), plain.out_degree)
    few = np.minimum(plain.out_degree[sources], plain.out_degree[plain.out_to])
    return weight.astype(np.float64) / np.sqrt(np.maximum(few, 1))


def _discs(plain: Graph, group: Any, radius: Any) -> tuple[Any, Any]:
    """The middles of the communities: what hangs together is laid out as one, and these wholes then side by side."""
    count = radius.size
    sources = np.repeat(np.arange(plain.n, dtype=np.int32), plain.out_degree)
    one, other = group[sources].astype(np.int64), group[plain.out_to].astype(np.int64)
    apart = one < other
    weights = plain.out_weight[apart] if plain.out_weight is not None else np.ones(int(apart.sum()))
    ties = network.from_arrays(one[apart], other[apart], weights, directed=False, people=count)
    x, y = np.zeros(count), np.zeros(count)
    parts = measures.components(ties)
    order = np.argsort(parts, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(parts[order])) + 1) if count else []
    members.sort(key=lambda its: -float((radius[its] ** 2).sum()))
    wholes = [_whole(its, ties, radius, x, y) for its in members]
    _in_rings(members, wholes, x, y)
    return x, y


def _whole(its: Any, ties: Graph, radius: Any, x: Any, y: Any) -> float:
    """Lay out communities that hang together about their common middle. Returns the radius of the disc that holds them."""
    if its.size == 1:
        return float(radius[its[0]])
    number = np.zeros(ties.n, np.int64)
    number[its] = np.arange(its.size)
    rows = np.concatenate([np.arange(ties.out_at[one], ties.out_at[one + 1]) for one in its])
    starts = np.concatenate([[0], np.cumsum(ties.out_degree[its])]).astype(np.int64)
    to = number[ties.out_to[rows]]
    mine = radius[its]
    # How many ties two communities have, for what their sizes let expect.
    pull = ties.out_weight[rows] / (np.repeat(mine, np.diff(starts)) * mine[to])
    pull = np.clip(pull / pull.mean(), 0.05, 4.0) * 0.12
    spot = np.argsort(np.argsort(-mine, kind="stable"), kind="stable")
    wide = 1.5 * math.sqrt(float((mine**2).sum()) / its.size) * np.sqrt(spot)
    here_x, here_y = wide * np.cos(spot * _GOLDEN), wide * np.sin(spot * _GOLDEN)
    _layout.between(mine, starts, to, pull, here_x, here_y, max(40, min(300, _WORK // its.size**2)))
    _layout.part_discs(mine, MARGIN, here_x, here_y, 300)
    shares = mine**2 / (mine**2).sum()
    here_x -= float((here_x * shares).sum())
    here_y -= float((here_y * shares).sum())
    x[its], y[its] = here_x, here_y
    return float((np.hypot(here_x, here_y) + mine).max())


def _in_rings(members: list[Any], wholes: list[float], x: Any, y: Any) -> None:
    """Put the first whole into the middle and the others about it, ring after ring."""
    if not wholes:
        return
    inner = wholes[0]
    at, angle, ring = 1, 0.0, 0.0
    while at < len(members):
        size = wholes[at]
        if ring == 0.0:
            ring = max(ring, size)
            begin = angle
        room = size * (1 + MARGIN) + 0.5
        far = inner + ring * (1 + MARGIN) + 1.0
        turn = 2 * math.asin(min(1.0, room / far))
        if angle > begin and angle + turn > begin + 2 * math.pi:
            inner, ring = inner + 2 * ring * (1 + MARGIN) + 1.0, 0.0
            continue
        x[members[at]] += far * math.cos(angle + turn / 2)
        y[members[at]] += far * math.sin(angle + turn / 2)
        angle += turn
        at += 1
