"""Who joined when, as it was observed: a file of `id time`, or of ties that were used: `u v time` and perhaps a kind."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph import reading
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Counted

NEVER = math.inf


@dataclass(frozen=True)
class Adoptions:
    """When everybody joined, by inner number; infinite for those who didn't."""

    at: Any
    unknown: int
    """Events of people who are not in the network."""
    used: Any = field(default_factory=lambda: np.empty(0, np.int64))
    """The ties that were used, where events tell: who did something, and whom they passed on, answered or named; see `pair`."""

    @property
    def joined(self) -> Any:
        """Who joined, the earliest first."""
        some = np.flatnonzero(np.isfinite(self.at))
        return some[np.argsort(self.at[some], kind="stable")]


def pair(people: int, who: Any, whom: Any) -> Any:
    """Two people of so many as one number."""
    return np.asarray(who, np.int64) * people + np.asarray(whom, np.int64)


def read(path: Path | str, graph: Graph, *, kinds: tuple[str, ...] = ()) -> Adoptions:
    """The first time of everybody. Lines of two columns say `id time`; of three or four `u v time kind`: u did something at that time (passed
    on, answered or named v), and has joined. `kinds` takes only some of them. Raises SpreadError with the line that can't be read."""
    path = Path(path)
    if not path.is_file():
        raise SpreadError("There is no file {file}.", file=path)
    first: dict[bytes, float] = {}
    ties: set[tuple[bytes, bytes]] = set()
    for number, parts in reading.lines_of(path):
        if not 2 <= len(parts) <= 4:
            raise SpreadError(
                "{file}, line {line}: {columns}; `id time` or `u v time kind` is wanted.",
                file=path.name,
                line=number,
                columns=Counted("{n} column", "{n} columns", len(parts)),
            )
        if len(parts) == 4 and kinds and parts[3].decode("utf-8", "replace") not in kinds:
            continue
        when = _time(parts[1] if len(parts) == 2 else parts[2], number, path.name)
        first[parts[0]] = min(when, first.get(parts[0], NEVER))
        if len(parts) > 2:
            ties.add((parts[0], parts[1]))
    return _of(graph, first, ties)


def _time(told: bytes, number: int, name: str) -> float:
    try:
        when = float(told)
    except ValueError:
        when = math.nan
    if not math.isfinite(when):
        raise SpreadError(
            "{file}, line {line}: the time {time} is not a number.",
            file=name,
            line=number,
            time=repr(told.decode("utf-8", "replace")),
        )
    return when


def _of(graph: Graph, first: dict[bytes, float], ties: set[tuple[bytes, bytes]]) -> Adoptions:
    ids = {*first, *(whom for _who, whom in ties)}
    numbers = {id: graph.ids.number(id.decode("utf-8", "replace")) for id in ids}
    at = np.full(graph.n, NEVER)
    for id, when in first.items():
        number = numbers[id]
        if number is not None:
            at[number] = when
    pairs = ((numbers[who], numbers[whom]) for who, whom in ties)
    within = np.array([one for one in pairs if None not in one], np.int64).reshape(-1, 2)
    unknown = sum(numbers[id] is None for id in first)
    return Adoptions(at, unknown, pair(graph.n, within[:, 0], within[:, 1]))
