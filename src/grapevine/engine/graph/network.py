"""A graph in memory: who influences whom, by rows, seen from both ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np

from grapevine.engine.graph import _build
from grapevine.engine.graph.errors import GraphError
from grapevine.engine.graph.ids import Id, Ids
from grapevine.engine.graph.sentences import so_many

Duplicates = Literal["sum", "most", "chance"]
_HOW = {"sum": _build.SUM, "most": _build.MOST, "chance": _build.CHANCE}
MOST_PEOPLE = 2**31 - 1


@dataclass(frozen=True)
class LeftOut:
    """What was given and is not in the graph: ties of a person with themselves, and ties given more than once (made one)."""

    self_loops: int = 0
    duplicates: int = 0
    joined: str = field(default="sum", compare=False)
    """How ties given more than once were made one (`Duplicates`); empty where that isn't known."""


@dataclass(frozen=True, eq=False)
class Graph:
    """People 0 … n−1 and their arcs. An arc `u → v` means *u influences v*. Out-rows hold whom a person influences, in-rows who
    influences a person, both ascending; in an undirected graph they are the same arrays. Weights are 32-bit floats, or None.

    Memory: 4 bytes per arc and direction, 8 with weights, and 4 per person and direction.
    """

    n: int
    directed: bool
    out_at: Any
    out_to: Any
    in_at: Any
    in_from: Any
    out_weight: Any = None
    in_weight: Any = None
    ids: Ids = field(default_factory=lambda: Ids.plain(0))
    left_out: LeftOut = LeftOut()

    @property
    def arcs(self) -> int:
        """How many ordered pairs influence: an undirected tie counts twice."""
        return int(self.out_to.size)

    @property
    def m(self) -> int:
        """How many ties: an undirected one counts once."""
        return self.arcs if self.directed else self.arcs // 2

    @property
    def weighted(self) -> bool:
        """Whether arcs have weights."""
        return self.out_weight is not None

    @cached_property
    def in_degree(self) -> Any:
        """By how many each person is influenced."""
        return np.diff(self.in_at)

    @cached_property
    def out_degree(self) -> Any:
        """How many each person influences."""
        return np.diff(self.out_at)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, each once, without the ids."""
        arrays = (self.out_at, self.out_to, self.in_at, self.in_from, self.out_weight, self.in_weight)
        return sum({id(one): one.nbytes for one in arrays if one is not None}.values())

    def influences(self, number: int) -> Any:
        """Whom a person influences, by inner number."""
        return self.out_to[self.out_at[number] : self.out_at[number + 1]]

    def influenced_by(self, number: int) -> Any:
        """Who influences a person, by inner number."""
        return self.in_from[self.in_at[number] : self.in_at[number + 1]]

    def reversed(self) -> Graph:
        """The same ties with influence flowing the other way; shares all arrays."""
        return Graph(
            self.n, self.directed, self.in_at, self.in_from, self.out_at, self.out_to,
            self.in_weight, self.out_weight, self.ids, self.left_out,
        )  # fmt: skip


def from_arrays(
    sources: Any,
    targets: Any,
    weights: Any = None,
    *,
    directed: bool = True,
    people: Iterable[Id] | int | None = None,
    duplicates: Duplicates = "sum",
    used_up: bool = False,
) -> Graph:
    """A graph of arrays of ids: whole numbers, or anything else as text.

    `people` adds those who may have no ties: a count n for the ids 0 … n−1, or their ids. Duplicates become one tie, whose weight is the
    sum, the most, or the chance 1 − (1−a)(1−b) of theirs. A person's tie with themselves is left out: nobody is convinced by themselves.
    Both are counted in `left_out`. `used_up`: the arrays may be written to, which saves memory.
    """
    sources, targets = np.asarray(sources), np.asarray(targets)
    if sources.ndim != 1 or sources.shape != targets.shape:
        raise GraphError("Sources and targets must be two columns of one length.")
    if sources.size == 0:
        sources, targets = sources.astype(np.int64), targets.astype(np.int64)
    kept = _weights(weights, sources.size)
    listed = [] if people is None or isinstance(people, int) else list(people)
    if isinstance(people, int) and people < 0:
        raise GraphError("There can't be fewer than no people.")
    everyone = np.arange(people) if isinstance(people, int) else np.array(listed or [], dtype=object)
    if _whole(sources) and _whole(targets) and all(_is_number(one) for one in listed):
        first, second, ids = _number(sources, targets, everyone.astype(np.int64), used_up)
    else:
        first, second, ids = _name(sources, targets, everyone)
    return from_numbers(first, second, kept, ids, directed=directed, duplicates=duplicates, used_up=True)


def from_numbers(first: Any, second: Any, weights: Any, ids: Ids, *, directed: bool, duplicates: Duplicates = "sum",
                 used_up: bool = False) -> Graph:  # fmt: skip
    """A graph of arcs between inner numbers. `used_up`: the arrays may be written to, which saves memory."""
    count = len(ids)
    if count > MOST_PEOPLE:
        raise GraphError(
            "{people} are more than the {most} that one graph holds.", people=so_many(count), most=MOST_PEOPLE
        )
    if duplicates not in _HOW:
        raise GraphError(
            "Duplicates can be made one by {ways}, not by {way}.", ways=", ".join(_HOW), way=duplicates
        )
    given = first.size
    weighted = weights is not None
    weights = weights if weighted else np.empty(0, np.float64)
    if not used_up:
        first, second, weights = first.copy(), second.copy(), weights.copy()
    kept = _build.without_loops(first, second, weights)
    first, second, weights = first[:kept], second[:kept], weights[:kept]
    how = _HOW[duplicates]
    if not directed:
        _build.low_first(first, second)
    starts, to, merged = _build.sorted_rows(count, first, second, weights, how)
    left_out = LeftOut(given - kept, kept - int(to.size), duplicates)
    if not directed:
        starts, to, merged = _build.both_ways(count, starts, to, merged)
        merged = merged if weighted else None
        return Graph(count, False, starts, to, starts, to, merged, merged, ids, left_out)
    merged = merged.astype(np.float32)
    in_at, in_from, in_weight = _build.turned(count, starts, to, merged)
    if not weighted:
        return Graph(count, True, starts, to, in_at, in_from, None, None, ids, left_out)
    return Graph(count, True, starts, to, in_at, in_from, merged, in_weight, ids, left_out)


def _weights(weights: Any, count: int) -> Any:
    if weights is None:
        return None
    weights = np.asarray(weights)
    if weights.shape != (count,):
        raise GraphError("Every tie needs one weight.")
    try:
        weights = weights.astype(np.float64)
    except (TypeError, ValueError):
        raise GraphError("Weights must be numbers.") from None
    bad = np.flatnonzero(~(weights <= _build.MOST_WEIGHT) | (weights < 0))
    if bad.size:
        at = int(bad[0])
        raise GraphError(
            "Tie {tie} has the weight {weight}: a number from 0 to {most} is wanted.",
            tie=at + 1,
            weight=weights[at],
            most=_build.MOST_WEIGHT,
        )
    return weights


def _is_number(one: Any) -> bool:
    return isinstance(one, (int, np.integer)) and not isinstance(one, bool) and -(2**63) <= int(one) < 2**63


def _whole(array: Any) -> bool:
    if array.dtype.kind == "u" and array.size and int(array.max()) >= 2**63:
        return False
    return array.dtype.kind in "iu"


def _number(sources: Any, targets: Any, people: Any, used_up: bool) -> tuple[Any, Any, Ids]:
    """Inner numbers for ids that are whole numbers: their ranks. Nearly dense ids by a table, others by sorting."""
    parts = [one for one in (sources, targets, people) if one.size]
    if not parts:
        nothing = np.empty(0, np.int32)
        return nothing, nothing, Ids.plain(0)
    low, high = min(int(one.min()) for one in parts), max(int(one.max()) for one in parts)
    if low >= 0 and high < 8 * sum(one.size for one in parts) + 1024:
        present = np.zeros(high + 1, np.bool_)
        for one in parts:
            present[one] = True
        renumbered = np.empty(high + 1, np.int32)
        count = _build.ranks(present, renumbered)
        ids = Ids.plain(count) if count == high + 1 else Ids.of_numbers(np.flatnonzero(present))
        if used_up and sources.dtype == targets.dtype == np.int32:
            for one in (sources, targets):
                np.take(
                    renumbered, one, out=one, mode="clip"
                )  # clipping spares a copy; nothing is out of range
            return sources, targets, ids
        return renumbered[sources], renumbered[targets], ids
    kept = np.unique(np.concatenate([np.unique(one.astype(np.int64)) for one in parts]))
    first, second = (np.searchsorted(kept, one).astype(np.int32) for one in (sources, targets))
    return first, second, Ids.of_numbers(kept)


def _name(sources: Any, targets: Any, people: Any) -> tuple[Any, Any, Ids]:
    """Inner numbers for any other ids, in the order they come; whole numbers among them stay what they are."""
    numbers: dict[Id, int] = {}

    def numbered(array: Any) -> Any:
        return np.array([numbers.setdefault(_as_id(one), len(numbers)) for one in array.tolist()], np.int64)

    numbered(people)
    first, second = numbered(sources), numbered(targets)
    return first.astype(np.int32), second.astype(np.int32), Ids.of_texts(list(numbers))


def _as_id(one: Any) -> Id:
    if isinstance(one, bytes):
        return one.decode()
    if one is None or isinstance(one, float):
        raise GraphError("{id} can't be an id: whole numbers and texts can.", id=str(one))
    return one if isinstance(one, int) and not isinstance(one, bool) else str(one)
