"""A network taken out of the room, for those who compute elsewhere: people by the numbers of their identities, ties, and who may be contacted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.core import bulk
from grapevine.engine.graph import Graph
from grapevine.engine.graph import network as graphs
from grapevine.engine.graph.ids import Ids
from grapevine.people.selectors import names
from grapevine.spread.snapshots import Snapshot

COLUMNS = ("id", "handle", "language", "posts", "followers", "ours", "community", "core", "contact")
AT_ONCE = 5_000


@dataclass(frozen=True, eq=False)
class Handed:
    """`graph` has the numbers of identities for ids; `allowed` marks for its people who may be contacted and is no account of our own. Whoever was
    forgotten isn't there (`forgotten`: so many)."""

    graph: Graph
    allowed: Any
    forgotten: int
    _columns: dict[str, Any]
    _languages: tuple[str, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, *, allowed: Any, languages: Sequence[str]) -> Handed:
        """What goes out of a snapshot; `allowed` marks those of its nodes that may be contacted."""
        identity = np.asarray(snapshot.people["identity"])
        there = np.flatnonzero(identity > 0)
        order = there[np.argsort(identity[there], kind="stable")]
        place = np.full(identity.size, -1, np.int64)
        place[order] = np.arange(order.size)
        graph = snapshot.graph
        sources = np.repeat(np.arange(graph.n), graph.out_degree)
        # Who was forgotten has no ties any more.
        weights = None if graph.out_weight is None else np.asarray(graph.out_weight, np.float64)
        ids = Ids.of_numbers(identity[order])
        made = graphs.from_numbers(
            place[sources], place[np.asarray(graph.out_to)], weights, ids, directed=True
        )
        columns = {name: np.asarray(column)[order] for name, column in snapshot.people.items()}
        return cls(
            made, np.asarray(allowed)[order], int(identity.size - order.size), columns, tuple(languages)
        )

    @property
    def ids(self) -> Any:
        """Everybody's id."""
        return self._columns["identity"]

    def ties(self) -> tuple[Any, Any, Any]:
        """Who influences, who is influenced, and how strongly: columns of one length."""
        graph = self.graph
        weights = np.ones(graph.arcs) if graph.out_weight is None else np.asarray(graph.out_weight)
        return np.repeat(self.ids, graph.out_degree), self.ids[np.asarray(graph.out_to)], weights

    def people(self) -> Iterator[tuple[Any, ...]]:
        """A row for everybody, as `COLUMNS` names them. Empty where nothing is known."""
        for part in bulk.chunks(range(self.graph.n), AT_ONCE):
            called = names.identities(self.ids[list(part)].tolist())
            yield from self._rows(part, called)

    def _rows(self, part: Iterable[int], called: dict[int, str]) -> Iterator[tuple[Any, ...]]:
        column = self._columns
        for one in part:
            lang, followers = int(column["lang"][one]), int(column["followers"][one])
            yield (
                int(self.ids[one]), called.get(int(self.ids[one]), ""), self._languages[lang] if lang >= 0 else "",
                int(column["posts"][one]), followers if followers >= 0 else "", int(column["ours"][one]),
                int(column["community"][one]), int(column["core"][one]), int(self.allowed[one]),
            )  # fmt: skip
