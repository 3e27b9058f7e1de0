"""Graphs of other libraries and formats."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx
import pyarrow
import pyarrow.feather
import pyarrow.parquet
import pytest

from grapevine.engine import graph
from grapevine.engine.graph import GraphError, sources


def _arcs(made: graph.Graph) -> list[tuple[Any, Any]]:
    return [(made.ids.of(u), made.ids.of(int(v))) for u in range(made.n) for v in made.influences(u)]


def test_graphs_of_networkx_keep_direction_names_and_the_isolated() -> None:
    theirs = networkx.DiGraph()
    theirs.add_edge("anna", "bo", chance=0.25)
    theirs.add_node("cleo")
    made = graph.of(theirs, weight="chance")
    assert (made.n, _arcs(made), made.out_weight.tolist()) == (3, [("anna", "bo")], [0.25])
    made = graph.of(networkx.path_graph(3))
    assert (_arcs(made), made.directed) == ([(0, 1), (1, 0), (1, 2), (2, 1)], False)
    with pytest.raises(GraphError, match="no chance"):
        graph.of(networkx.path_graph(3), weight="chance")


def test_graphs_of_igraph_keep_direction_and_names() -> None:
    igraph = pytest.importorskip("igraph")
    assert _arcs(graph.of(igraph.Graph(n=4, edges=[(0, 1), (1, 2)], directed=True))) == [(0, 1), (1, 2)]
    named = igraph.Graph(n=2, edges=[(0, 1)], directed=True)
    named.vs["name"] = ["x", "y"]
    named.es["w"] = [2.5]
    made = graph.of(named, weight="w")
    assert (_arcs(made), made.out_weight.tolist()) == ([("x", "y")], [2.5])


def test_sparse_matrices_are_graphs_with_weights() -> None:
    sparse = pytest.importorskip("scipy.sparse")
    matrix = sparse.csr_matrix(([0.5, 2.0], ([0, 2], [1, 0])), shape=(4, 4))
    made = graph.of(matrix)
    assert (made.n, _arcs(made), made.out_weight.tolist()) == (4, [(0, 1), (2, 0)], [0.5, 2.0])
    both = graph.of(matrix + matrix.T, directed=False)
    assert (both.m, both.out_weight.tolist()) == (2, [0.5, 2.0, 0.5, 2.0])
    with pytest.raises(GraphError, match="square"):
        graph.of(sparse.csr_matrix((2, 3)))


def test_parquet_and_arrow_files_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    table = pyarrow.table({"from": ["a", "b"], "to": ["b", "c"], "chance": [0.5, 0.25]})
    pyarrow.parquet.write_table(table, tmp_path / "one")
    pyarrow.feather.write_feather(table, tmp_path / "two")
    for name in ("one", "two"):
        made = graph.load(tmp_path / name)
        assert (_arcs(made), made.out_weight.tolist()) == ([("a", "b"), ("b", "c")], [0.5, 0.25])
    assert graph.of(pyarrow.table({"u": [1], "v": [2]}), turned=True).influences(1).tolist() == [0]
    with pytest.raises(GraphError, match="empty place"):
        graph.of(pyarrow.table({"u": [1, None], "v": [2, 3]}))
    with pytest.raises(GraphError, match="1 column;"):
        graph.of(pyarrow.table({"u": [1]}))
    (tmp_path / "bad").write_bytes(b"PAR1nothing")
    with pytest.raises(GraphError, match="can't be read"):
        graph.load(tmp_path / "bad")


def test_what_is_no_graph_is_refused() -> None:
    with pytest.raises(GraphError, match="A dict is no graph"):
        sources.of({})


def test_no_other_library_is_imported_until_it_is_needed() -> None:
    ask = "import sys; import grapevine.engine.graph; print([one for one in ('networkx', 'igraph', 'graspologic_native', 'scipy', 'pyarrow') if one in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", ask], text=True) == "[]\n"
