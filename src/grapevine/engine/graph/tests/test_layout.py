"""Where people stand in a picture: the same every time, apart from each other, communities in discs of their own."""

from __future__ import annotations

from typing import Any

import networkx
import numpy as np
import pytest

from grapevine.engine import graph
from grapevine.engine.graph import layout, measures


def _towns(sizes: list[int], *, seed: int = 3) -> graph.Graph:
    chances = np.full((len(sizes), len(sizes)), 0.01) + np.diag([0.24] * len(sizes))
    return graph.of(networkx.stochastic_block_model(sizes, chances.tolist(), seed=seed))


def _nearest(x: Any, y: Any) -> float:
    far = np.hypot(x[:, None] - x, y[:, None] - y)
    np.fill_diagonal(far, np.inf)
    return float(far.min())


@pytest.fixture(scope="module")
def towns() -> tuple[graph.Graph, Any, layout.Places]:
    made = _towns([300, 120, 60, 20])
    community = measures.communities(made)
    return made, community, layout.place(made, community)


def test_the_same_network_gives_the_same_picture(towns: Any) -> None:
    made, community, places = towns
    again = layout.place(made, measures.communities(made))
    assert np.array_equal(places.x, again.x)
    assert np.array_equal(places.y, again.y)


def test_nobody_stands_on_somebody(towns: Any) -> None:
    _, _, places = towns
    assert _nearest(places.x, places.y) > 0.9


def test_people_stand_in_the_disc_of_their_community_and_no_discs_overlap(towns: Any) -> None:
    _, community, places = towns
    away = np.hypot(places.x - places.middle_x[community], places.y - places.middle_y[community])
    assert (away <= places.radius[community] + 1e-3).all()
    far = np.hypot(places.middle_x[:, None] - places.middle_x, places.middle_y[:, None] - places.middle_y)
    touch = places.radius[:, None] + places.radius
    np.fill_diagonal(far, np.inf)
    assert (far > touch).all()


def test_friends_stand_nearer_than_strangers(towns: Any) -> None:
    made, community, places = towns
    of_largest = np.flatnonzero(community == 0)
    ties = [(one, two) for one in of_largest for two in made.influences(int(one)) if community[two] == 0]
    one, two = np.array(ties).T
    friends = np.hypot(places.x[one] - places.x[two], places.y[one] - places.y[two]).mean()
    among = places.x[of_largest], places.y[of_largest]
    everybody = np.hypot(among[0][:, None] - among[0], among[1][:, None] - among[1]).mean()
    assert friends < 0.97 * everybody


def test_communities_stand_nearest_to_those_they_have_most_ties_with() -> None:
    # A chain of four towns: the ends must not stand side by side.
    chances = np.full((4, 4), 0.0) + np.diag([0.3] * 4) + np.diag([0.03] * 3, 1) + np.diag([0.03] * 3, -1)
    made = graph.of(networkx.stochastic_block_model([60] * 4, chances.tolist(), seed=5))
    places = layout.place(made, np.repeat(np.arange(4), 60))

    def far(one: int, two: int) -> float:
        return float(
            np.hypot(places.middle_x[one] - places.middle_x[two], places.middle_y[one] - places.middle_y[two])
        )

    assert far(0, 3) > max(far(0, 1), far(1, 2), far(2, 3))


def test_what_hangs_together_with_nobody_stands_around_the_rest() -> None:
    towns = _towns([100, 50])
    pairs = [(200 + 2 * number, 201 + 2 * number) for number in range(30)]
    sources = [*np.repeat(np.arange(towns.n), towns.out_degree).tolist(), *(one for one, _ in pairs)]
    targets = [*towns.out_to.tolist(), *(two for _, two in pairs)]
    made = graph.from_arrays(sources, targets, people=300)
    community = measures.communities(made)
    places = layout.place(made, community)
    far = np.hypot(places.x, places.y)
    assert far[150:].min() > far[:150].max()
    assert _nearest(places.x, places.y) > 0.9


@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_even_the_smallest_networks_have_a_picture(people: int) -> None:
    alone = graph.from_arrays([], [], people=people)
    places = layout.place(alone, measures.communities(alone))
    assert places.x.shape == places.y.shape == (people,)
    assert np.isfinite(places.x).all()
    if people > 1:
        assert _nearest(places.x, places.y) > 0.9


def test_a_star_of_a_thousand_is_drawn_without_anybody_on_a_heap() -> None:
    star = graph.from_arrays(np.zeros(999, np.int64), np.arange(1, 1000))
    places = layout.place(star, np.zeros(1000, np.int64))
    assert np.isfinite(places.x).all()
    assert np.hypot(places.x[0], places.y[0]) < 0.25 * places.radius[0]
    assert _nearest(places.x, places.y) > 0.5


def test_weights_that_outweigh_all_others_do_not_break_the_picture() -> None:
    made = graph.from_arrays([0, 1, 2, 3], [1, 2, 3, 0], [1e-30, 1.0, 1e30, 0.0])
    places = layout.place(made, measures.communities(made))
    assert np.isfinite(places.x).all()
    assert np.isfinite(places.y).all()


def test_everybody_needs_a_community() -> None:
    pair = graph.from_arrays([0], [1])
    with pytest.raises(graph.GraphError, match="one community"):
        layout.place(pair, [0])
    with pytest.raises(graph.GraphError, match="one community"):
        layout.place(pair, [0, -1])
