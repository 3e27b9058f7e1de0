"""What a person asks of a network: how many ties, how it hangs together, who stands in its middle, who is in whose circle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.graph import _measures, network
from grapevine.engine.graph.network import Graph


@dataclass(frozen=True)
class Degrees:
    """How many ties people have: the least, the middle ones and the most."""

    least: int
    p50: float
    mean: float
    p90: float
    p99: float
    most: int


@dataclass(frozen=True)
class Description:
    """A network in figures. Clustering, cores and communities look at who is tied to whom, whichever way influence flows."""

    n: int
    m: int
    directed: bool
    weighted: bool
    self_loops_left_out: int
    duplicates_left_out: int
    isolated: int
    out_degree: Degrees | None
    in_degree: Degrees | None
    components: int
    largest_component: int
    reciprocity: float | None
    """Share of arcs with one back; None when undirected."""
    clustering: float | None
    """The mean over people of the share of their pairs of friends who are friends; 0 for those with fewer than two."""
    transitivity: float | None
    """The share of all pairs of friends of somebody who are friends."""
    assortativity: float | None
    """Correlation of degrees at both ends of a tie (out-degree and in-degree in a directed graph); None when it has none."""
    highest_core: int
    """The largest k for which there is a group in which everybody has k ties inside it."""
    in_highest_core: int
    bytes: int


def describe(graph: Graph) -> Description:
    """Count it all. Time goes with the ties, for triangles with their power of 1.5."""
    plain = undirected(graph)
    parts = np.bincount(components(plain), minlength=1) if graph.n else np.zeros(1, np.int64)
    degree = plain.out_degree.astype(np.int64)
    triangles = _triangles(plain)
    pairs = degree * (degree - 1) // 2
    local = np.divide(triangles, pairs, out=np.zeros(graph.n), where=pairs > 0)
    core = core_numbers(plain)
    highest = int(core.max(initial=0))
    of_source = graph.out_degree
    of_target = graph.in_degree
    correlation = _measures.correlation(graph.out_at, graph.out_to, of_source, of_target)
    back = _measures.answered(graph.out_at, graph.out_to) if graph.directed and graph.arcs else None
    return Description(
        n=graph.n,
        m=graph.m,
        directed=graph.directed,
        weighted=graph.weighted,
        self_loops_left_out=graph.left_out.self_loops,
        duplicates_left_out=graph.left_out.duplicates,
        isolated=int(np.count_nonzero(degree == 0)),
        out_degree=_degrees(graph.out_degree),
        in_degree=_degrees(graph.in_degree),
        components=int(np.count_nonzero(parts)),
        largest_component=int(parts.max()),
        reciprocity=None if back is None else back / graph.arcs,
        clustering=float(local.mean()) if graph.n else None,
        transitivity=float(triangles.sum() / pairs.sum()) if pairs.sum() else None,
        assortativity=None if math.isnan(correlation) else correlation,
        highest_core=highest,
        in_highest_core=int(np.count_nonzero(core == highest)) if graph.n else 0,
        bytes=graph.nbytes,
    )


def undirected(graph: Graph, *, weighted: bool = False) -> Graph:
    """Who is tied to whom, without direction; with `weighted` and where there are weights, those of both directions together."""
    if not graph.directed:
        return graph
    sources = np.repeat(np.arange(graph.n, dtype=np.int32), graph.out_degree)
    weights = graph.out_weight if weighted else None
    return network.from_numbers(sources, graph.out_to, weights, graph.ids, directed=False)


def components(graph: Graph) -> Any:
    """For everybody the smallest inner number of those they hang together with, whichever way influence flows."""
    parent = np.empty(graph.n, np.int32)
    _measures.components(graph.out_at, graph.out_to, parent)
    return parent


def core_numbers(graph: Graph) -> Any:
    """For everybody the largest k such that they are in a group where everybody has k ties inside it."""
    plain = undirected(graph)
    core, order, place = (np.zeros(plain.n, np.int32) for _ in range(3))
    most = int(plain.out_degree.max(initial=0))
    _measures.cores(plain.out_at, plain.out_to, core, order, place, np.zeros(most + 2, np.int64))
    return core


def communities(graph: Graph, *, resolution: float = 1.0, rng: int = 0) -> Any:
    """For everybody the number of their community, the largest first, by the Leiden algorithm (Traag, Waltman & van Eck 2019).

    Looks at weights where there are some; who has no tie is a community of their own. The same `rng` finds the same communities.
    """
    import graspologic_native

    plain = undirected(graph, weighted=True)
    weights = np.ones(plain.arcs) if plain.out_weight is None else plain.out_weight.astype(np.float64)
    if not weights.any():
        return np.arange(plain.n)
    _, found = graspologic_native.leiden_csr(
        plain.out_at.astype(np.int64), plain.out_to, weights, plain.n, resolution=resolution, seed=rng
    )
    label = np.fromiter((found[number] for number in range(plain.n)), np.int64, plain.n)
    _, first, which, sizes = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    place = np.empty(sizes.size, np.int64)
    place[np.lexsort((first, -sizes))] = np.arange(sizes.size)
    return place[which]


@dataclass(frozen=True)
class Circle:
    """Who listens to a person, and to whom they listen: inner numbers."""

    influences: Any
    influenced_by: Any
    both_ways: Any


def circle(graph: Graph, number: int) -> Circle:
    """The circle of one person."""
    out, into = graph.influences(number), graph.influenced_by(number)
    return Circle(out, into, np.intersect1d(out, into, assume_unique=True))


def _triangles(plain: Graph) -> Any:
    count = np.zeros(plain.n, np.int64)
    _measures.triangles(plain.out_at, plain.out_to, count)
    return count


def _degrees(degree: Any) -> Degrees | None:
    if degree.size == 0:
        return None
    p50, p90, p99 = np.percentile(degree, (50, 90, 99))
    return Degrees(
        int(degree.min()), float(p50), float(degree.mean()), float(p90), float(p99), int(degree.max())
    )
