"""Graphs: who influences whom.

    >>> from grapevine.engine import graph
    >>> friends = graph.from_arrays(["anna", "bo"], ["bo", "cleo"], directed=False)
    >>> friends.n, friends.m, friends.ids.of_many(friends.influences(1))
    (3, 2, ['anna', 'cleo'])

`load` opens any file we know, `of` anything at all, `from_arrays` takes columns; `measures.describe` tells what a person asks of a network;
`store.save` keeps a graph so that it opens at once. `GraphError` says what is wrong with what was given.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grapevine.engine.graph.errors import GraphError
    from grapevine.engine.graph.ids import Id, Ids
    from grapevine.engine.graph.network import Graph, LeftOut, from_arrays
    from grapevine.engine.graph.sources import load, of

# Looked up when they are asked for: the compiler, which takes most of a second to import, is not needed for an error or a formula.
_WHERE = {
    "Graph": "network",
    "GraphError": "errors",
    "Id": "ids",
    "Ids": "ids",
    "LeftOut": "network",
    "from_arrays": "network",
    "load": "sources",
    "of": "sources",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE})


__all__ = ["Graph", "GraphError", "Id", "Ids", "LeftOut", "from_arrays", "load", "of"]
