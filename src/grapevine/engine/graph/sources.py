"""Graphs of other libraries and formats. None of those libraries is imported unless a thing of theirs, or a file of theirs, is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from grapevine.engine.graph import network, reading, store
from grapevine.engine.graph.errors import GraphError
from grapevine.engine.graph.network import Duplicates, Graph
from grapevine.engine.graph.sentences import Counted, Sentence, so_many


def load(path: Path | str, *, directed: bool = True, duplicates: Duplicates = "sum", turned: bool = False,
         people: int | None = None) -> Graph:  # fmt: skip
    """A graph of any file we know: a folder that `store.save` wrote, Parquet, Arrow (Feather), or an edge list as text.

    A folder is as it was saved; options that say otherwise are refused.
    """
    path = Path(path)
    if path.is_dir() and (path / store.HEAD).is_file():
        return _as_saved(
            store.load(path), path, directed=directed, duplicates=duplicates, turned=turned, people=people
        )
    kind = _kind(path)
    if kind == "text":
        return reading.read(path, directed=directed, duplicates=duplicates, turned=turned, people=people)
    import pyarrow

    try:
        if kind == "parquet":
            import pyarrow.parquet

            table = pyarrow.parquet.read_table(path)
        else:
            import pyarrow.feather

            table = pyarrow.feather.read_table(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise GraphError("{file} can't be read: {error}", file=path.name, error=error) from error
    return from_arrow(table, directed=directed, duplicates=duplicates, turned=turned, people=people)


def _as_saved(graph: Graph, folder: Path, *, directed: bool, duplicates: Duplicates, turned: bool,
              people: int | None) -> Graph:  # fmt: skip
    left = graph.left_out
    contradicted = (
        (graph.directed and not directed, Sentence("its ties are directed, and can't count both ways")),
        (graph.directed and turned, Sentence("who influences whom was settled then, and isn't turned")),
        (people is not None and people != graph.n,
         Sentence("it holds {held}, not {people}", held=so_many(graph.n), people=people)),
        (people is not None and not graph.ids.are_plain, Sentence("its people have ids of their own")),
        (duplicates == "chance" and left.duplicates > 0 and left.joined != "chance",
         Sentence("ties given twice had their weights summed, and hold no chances")),
    )  # fmt: skip
    for is_so, why in contradicted:
        if is_so:
            raise GraphError("{folder} is as it was saved: {why}. Save it anew.", folder=folder, why=why)
    return graph


def _kind(path: Path) -> str:
    if not path.is_file():
        return "text"  # whose reader tells what is wrong
    with path.open("rb") as file:
        head = file.read(6)
    return "parquet" if head[:4] == b"PAR1" else "arrow" if head == b"ARROW1" else "text"


def from_arrow(table: Any, *, directed: bool = True, duplicates: Duplicates = "sum", turned: bool = False,
               people: int | None = None) -> Graph:  # fmt: skip
    """A graph of an Arrow table: its first two columns are the ends, the third, where there is one, the weight."""
    if table.num_columns not in (2, 3):
        raise GraphError(
            "{columns}; two ids, and perhaps a weight, are wanted.",
            columns=Counted("{n} column", "{n} columns", table.num_columns),
        )
    for column, name in zip(table.columns, table.column_names, strict=True):
        if column.null_count:
            raise GraphError(
                "The column {name} has {empty}.",
                name=name,
                empty=Counted("{n} empty place", "{n} empty places", column.null_count),
            )
    first, second, *weights = (column.to_numpy() for column in table.columns)
    if turned:
        first, second = second, first
    return network.from_arrays(
        first, second, weights[0] if weights else None, directed=directed, duplicates=duplicates, people=people
    )  # fmt: skip


def from_networkx(graph: Any, *, weight: str | None = None) -> Graph:
    """A graph of networkx, directed as it is. `weight` names the attribute to take; a tie without it is refused."""
    edges = list(graph.edges(data=weight, default=None)) if weight else list(graph.edges())
    if weight and any(edge[2] is None for edge in edges):
        raise GraphError("Some ties have no {weight}.", weight=weight)
    first, second = _objects([edge[0] for edge in edges]), _objects([edge[1] for edge in edges])
    weights = [edge[2] for edge in edges] if weight else None
    return network.from_arrays(
        first, second, weights, directed=graph.is_directed(), people=list(graph.nodes())
    )


def from_igraph(graph: Any, *, weight: str | None = None) -> Graph:
    """A graph of igraph, directed as it is; people are named by the attribute `name` where there is one."""
    count = graph.vcount()
    ends = np.array(graph.get_edgelist(), np.int64).reshape(-1, 2)
    weights = graph.es[weight] if weight else None
    names = graph.vs["name"] if "name" in graph.vs.attributes() else None
    if names is None:
        return network.from_arrays(
            ends[:, 0], ends[:, 1], weights, directed=graph.is_directed(), people=count
        )
    named = _objects(names)
    return network.from_arrays(
        named[ends[:, 0]], named[ends[:, 1]], weights, directed=graph.is_directed(), people=names
    )


def from_scipy(matrix: Any, *, directed: bool = True, weighted: bool = True) -> Graph:
    """A graph of a sparse matrix: a value at (u, v) is the weight of u → v. An undirected one may be given by one half."""
    if matrix.shape[0] != matrix.shape[1]:
        raise GraphError(
            "The matrix is {rows} by {columns}: a square one is wanted.",
            rows=matrix.shape[0],
            columns=matrix.shape[1],
        )
    there = matrix.tocoo()
    row, col, data = there.row, there.col, there.data
    return network.from_arrays(
        row, col, data if weighted else None, directed=directed, people=matrix.shape[0],
        duplicates="sum" if directed else "most",
    )  # fmt: skip


def of(thing: Any, **options: Any) -> Graph:
    """A graph of whatever it is: ours, a path, an Arrow table, or a graph of networkx, igraph or scipy.sparse."""
    if isinstance(thing, Graph):
        return thing
    if isinstance(thing, (str, Path)):
        return load(thing, **options)
    makers = {"networkx": from_networkx, "igraph": from_igraph, "scipy": from_scipy, "pyarrow": from_arrow}
    for kind in type(thing).__mro__:
        make: Any = makers.get(kind.__module__.partition(".")[0])
        if make is not None:
            return make(thing, **options)
    raise GraphError("A {thing} is no graph that we know.", thing=type(thing).__name__)


def _objects(values: list[Any]) -> Any:
    if values and all(isinstance(one, (int, np.integer)) and not isinstance(one, bool) for one in values):
        if all(-(2**63) <= one < 2**63 for one in values):
            return np.array(values, np.int64)
        return np.array([int(one) for one in values], dtype=object)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
