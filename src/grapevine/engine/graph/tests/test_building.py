"""Graphs out of columns: what counts as a tie, and whose ids they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine import graph
from grapevine.engine.graph import GraphError, store
from grapevine.engine.graph.network import from_arrays

ARCS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 9)), max_size=60)


def _arcs(made: graph.Graph) -> list[tuple[Any, Any]]:
    return [(made.ids.of(u), made.ids.of(int(v))) for u in range(made.n) for v in made.influences(u)]


def _back(made: graph.Graph) -> list[tuple[Any, Any]]:
    return [(made.ids.of(int(u)), made.ids.of(v)) for v in range(made.n) for u in made.influenced_by(v)]


@given(ARCS)
def test_a_directed_graph_holds_every_pair_once_and_is_the_same_from_both_ends(given_: Any) -> None:
    first, second, weight = (
        (np.array(column, np.int64) for column in zip(*given_, strict=True)) if given_ else ([], [], [])
    )
    made = from_arrays(first, second, weight, duplicates="sum")
    total: dict[tuple[int, int], int] = {}
    for u, v, w in given_:
        if u != v:
            total[u, v] = total.get((u, v), 0) + w
    assert _arcs(made) == sorted(total)
    assert sorted(_back(made)) == sorted(total)
    assert [made.out_weight[i] for i in range(made.arcs)] == [total[one] for one in sorted(total)]
    weights = {pair: made.in_weight[i] for i, pair in enumerate(_back(made))}
    assert weights == total
    assert made.left_out.self_loops == sum(u == v for u, v, _ in given_)
    assert made.left_out.duplicates == len(given_) - made.left_out.self_loops - len(total)
    assert made.n == len({one for u, v, _ in given_ for one in (u, v)})


@given(ARCS)
def test_an_undirected_graph_is_its_own_mirror_and_keeps_each_row_once(given_: Any) -> None:
    first, second, weight = (list(column) for column in zip(*given_, strict=True)) if given_ else ([], [], [])
    made = from_arrays(
        np.array(first, np.int64), np.array(second, np.int64), weight, directed=False, duplicates="most"
    )
    most: dict[tuple[int, int], int] = {}
    for u, v, w in given_:
        if u != v:
            most[u, v] = most[v, u] = max(most.get((u, v), 0), w)
    assert _arcs(made) == sorted(most)
    assert [made.out_weight[i] for i in range(made.arcs)] == [most[one] for one in sorted(most)]
    assert made.m * 2 == made.arcs == len(most)
    assert made.in_from is made.out_to


def test_parallel_chances_are_one_chance_that_none_of_them_fails() -> None:
    made = from_arrays([0, 0], [1, 1], [0.5, 0.5], duplicates="chance")
    assert made.out_weight.tolist() == [0.75]


@pytest.mark.parametrize(
    ("sources", "targets"),
    [
        ([5, 900_000_000_000], [900_000_000_000, -3]),
        (["anna", "007"], ["7", "anna"]),
        ([2**80, 1], [1, 3]),
        (np.array([2**64 - 1, 1], np.uint64), np.array([1, 2], np.uint64)),
    ],
)
def test_ids_come_out_as_they_went_in(sources: Any, targets: Any) -> None:
    made = from_arrays(sources, targets)
    assert sorted(map(str, _arcs(made))) == sorted(
        str((int(u) if not isinstance(u, str) else u, int(v) if not isinstance(v, str) else v))
        for u, v in zip(sources, targets, strict=True)
    )
    for number in range(made.n):
        assert made.ids.number(made.ids.of(number)) == number


def test_people_without_ties_are_there_when_they_are_named() -> None:
    assert from_arrays([0], [1], people=5).n == 5
    made = from_arrays([7], [3], people=[3, 9])
    assert (made.n, made.ids.of_many(range(3))) == (3, [3, 7, 9])
    assert from_arrays(["a"], ["b"], people=["z"]).n == 3
    assert from_arrays([], []).n == 0
    assert from_arrays([], [], people=3).n == 3


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -1.0, "much"])
def test_a_weight_that_is_none_is_refused(weight: Any) -> None:
    with pytest.raises(GraphError):
        from_arrays([0, 1], [1, 2], [1.0, weight])


def test_what_cannot_be_an_id_is_refused() -> None:
    with pytest.raises(GraphError, match="can't be an id"):
        from_arrays([0.5], [1.0])
    with pytest.raises(GraphError, match="one length"):
        from_arrays([0, 1], [1])


def test_an_id_that_nobody_has_is_named() -> None:
    made = from_arrays([10, 20], [20, 40])
    assert made.ids.numbers([40, "10"]).tolist() == [2, 0]
    with pytest.raises(GraphError, match="seeds are not in the network: 11, 010, True"):
        made.ids.numbers([11, "010", True], what="seeds")
    texts = from_arrays(["1", "x"], ["x", "y"])
    assert texts.ids.number(1) == texts.ids.number("1") == 0


def test_an_arc_costs_four_bytes_in_each_direction_and_eight_with_weight() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.integers(0, 1000, (2, 20_000))
    plain, weighted = from_arrays(first, second), from_arrays(first, second, np.ones(20_000))
    assert plain.nbytes == 2 * (4 * plain.arcs + 4 * 1001)
    assert weighted.nbytes == 2 * (8 * weighted.arcs + 4 * 1001)
    both = from_arrays(first, second, directed=False)
    assert both.nbytes == 4 * both.arcs + 4 * 1001


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("ids", [[0, 1, 2], [5, 9, 10**12], ["anna", "bo", "cleo"]])
def test_a_graph_comes_back_from_disk_as_it_was(tmp_path: Any, directed: bool, ids: list[Any]) -> None:
    made = from_arrays(ids, ids[1:] + ids[:1], [0.1, 0.2, 0.3], directed=directed)
    store.save(made, tmp_path / "there")
    back = graph.load(tmp_path / "there")
    assert _arcs(back) == _arcs(made)
    assert _back(back) == _back(made)
    assert back.out_weight.tolist() == made.out_weight.tolist()
    assert back.in_weight.tolist() == made.in_weight.tolist()
    assert (back.directed, back.left_out) == (directed, made.left_out)
    with pytest.raises(GraphError, match="there already"):
        store.save(made, tmp_path / "there")
    (tmp_path / "there" / "out_to.npy").unlink()
    with pytest.raises(GraphError, match="holds no graph"):
        graph.load(tmp_path / "there")


def test_influence_can_be_turned_round() -> None:
    made = from_arrays([0, 1], [1, 2])
    assert _arcs(made.reversed()) == [(1, 0), (2, 1)]
