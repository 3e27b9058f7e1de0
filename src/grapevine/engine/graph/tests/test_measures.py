"""Figures of a network, held against networkx."""

from __future__ import annotations

import math

import networkx
import numpy as np
import pytest

from grapevine.engine import graph
from grapevine.engine.graph import measures


def _some(seed: int, directed: bool) -> networkx.Graph:
    made = networkx.gnp_random_graph(60, 0.07, seed=seed, directed=directed)
    made.add_nodes_from([60, 61])
    return made


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_figures_agree_with_networkx(seed: int, directed: bool) -> None:
    theirs = _some(seed, directed)
    plain = networkx.Graph(theirs)
    told = measures.describe(graph.of(theirs))
    assert (told.n, told.m, told.directed) == (62, theirs.number_of_edges(), directed)
    assert told.isolated == networkx.number_of_isolates(theirs)
    parts = list(networkx.connected_components(plain))
    assert (told.components, told.largest_component) == (len(parts), max(map(len, parts)))
    assert told.clustering == pytest.approx(networkx.average_clustering(plain))
    assert told.transitivity == pytest.approx(networkx.transitivity(plain))
    assert told.assortativity == pytest.approx(networkx.degree_assortativity_coefficient(theirs))
    core = networkx.core_number(plain)
    assert told.highest_core == max(core.values())
    assert measures.core_numbers(graph.of(theirs)).tolist() == [core[one] for one in range(62)]
    if directed:
        assert told.reciprocity == pytest.approx(networkx.overall_reciprocity(theirs))
    else:
        assert told.reciprocity is None


@pytest.mark.parametrize("people", [0, 1, 5])
def test_a_network_without_ties_has_figures_too(people: int) -> None:
    told = measures.describe(graph.from_arrays([], [], people=people))
    assert (told.n, told.m, told.isolated, told.components, told.highest_core) == (
        people,
        0,
        people,
        people,
        0,
    )
    assert (told.transitivity, told.assortativity) == (None, None)


def test_a_ring_has_no_assortativity_rather_than_a_wrong_one() -> None:
    told = measures.describe(graph.of(networkx.cycle_graph(9)))
    assert told.assortativity is None
    assert not any(isinstance(one, float) and math.isnan(one) for one in vars(told).values())


def test_two_circles_of_friends_are_two_communities() -> None:
    theirs = networkx.barbell_graph(8, 0)
    found = measures.communities(graph.of(theirs))
    assert len(set(found.tolist())) == 2
    assert len(set(found[:8].tolist())) == len(set(found[8:].tolist())) == 1
    assert measures.communities(graph.from_arrays([], [], people=3)).tolist() == [0, 1, 2]


def test_communities_are_the_same_for_the_same_rng_and_come_largest_first() -> None:
    theirs = graph.of(
        networkx.stochastic_block_model(
            [20, 40, 30], [[0.5, 0.01, 0.01], [0.01, 0.5, 0.01], [0.01, 0.01, 0.5]], seed=4
        )
    )
    found = measures.communities(theirs, rng=7)
    assert found.tolist() == measures.communities(theirs, rng=7).tolist()
    assert np.bincount(found).tolist() == [40, 30, 20]


def test_strong_ties_bind_communities_that_weak_ones_would_not() -> None:
    # A ring of four, where the strong ties say who belongs together.
    ring = graph.from_arrays([0, 1, 2, 3], [1, 2, 3, 0], [9.0, 1.0, 9.0, 1.0])
    found = measures.communities(ring).tolist()
    assert found[0] == found[1] != found[2] == found[3]
    turned = graph.from_arrays([0, 1, 2, 3], [1, 2, 3, 0], [1.0, 9.0, 1.0, 9.0])
    found = measures.communities(turned).tolist()
    assert found[1] == found[2] != found[3] == found[0]


def test_a_circle_tells_who_listens_and_who_is_listened_to() -> None:
    made = graph.from_arrays([0, 0, 1, 3], [1, 2, 0, 0])
    seen = measures.circle(made, 0)
    assert [np.asarray(one).tolist() for one in (seen.influences, seen.influenced_by, seen.both_ways)] == [
        [1, 2],
        [1, 3],
        [1],
    ]
