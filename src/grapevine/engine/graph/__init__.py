"""Graphs: who influences whom.

    >>> from grapevine.engine import graph
    >>> friends = graph.from_arrays(["anna", "bo"], ["bo", "cleo"], directed=False)
    >>> friends.n, friends.m, friends.ids.of_many(friends.influences(1))
    (3, 2, ['anna', 'cleo'])

`load` opens any file we know, `of` anything at all, `from_arrays` takes columns; `measures.describe` tells what a person asks of a network;
`store.save` keeps a graph so that it opens at once. `GraphError` says what is wrong with what was given.
"""

from __future__ import annotations

from grapevine.engine.graph.errors import GraphError
from grapevine.engine.graph.ids import Id, Ids
from grapevine.engine.graph.network import Graph, LeftOut, from_arrays
from grapevine.engine.graph.sources import load, of

__all__ = ["Graph", "GraphError", "Id", "Ids", "LeftOut", "from_arrays", "load", "of"]
