"""Who joined when, as it was observed: a file of `id time`, or of ties that were used: `u v time` and perhaps a kind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph import reading
from grapevine.engine.graph.network import Graph

NEVER = math.inf


@dataclass(frozen=True)
class Adoptions:
    """When everybody joined, by inner number; infinite for those who didn't."""

    at: Any
    unknown: int
    """Events of people who are not in the network."""

    @property
    def joined(self) -> Any:
        """Who joined, the earliest first."""
        some = np.flatnonzero(np.isfinite(self.at))
        return some[np.argsort(self.at[some], kind="stable")]


def read(path: Path | str, graph: Graph, *, kinds: tuple[str, ...] = ()) -> Adoptions:
    """The first time of everybody. Lines of two columns say `id time`; of three or four `u v time kind`: u did something at that time (passed
    on, answered or named v), and has joined. `kinds` takes only some of them. Raises SpreadError with the line that can't be read."""
    path = Path(path)
    if not path.is_file():
        raise SpreadError(f"There is no file {path}.")
    first: dict[bytes, float] = {}
    for number, parts in reading.lines_of(path):
        if not 2 <= len(parts) <= 4:
            raise SpreadError(
                f"{path.name}, line {number}: {len(parts)} columns; `id time` or `u v time kind` is wanted."
            )
        if len(parts) == 4 and kinds and parts[3].decode("utf-8", "replace") not in kinds:
            continue
        told = parts[1] if len(parts) == 2 else parts[2]
        try:
            when = float(told)
        except ValueError:
            when = math.nan
        if not math.isfinite(when):
            raise SpreadError(
                f"{path.name}, line {number}: the time {told.decode('utf-8', 'replace')!r} is not a number."
            )
        if when < first.get(parts[0], NEVER):
            first[parts[0]] = when
    at = np.full(graph.n, NEVER)
    unknown = 0
    for id, when in first.items():
        found = graph.ids.number(id.decode("utf-8", "replace"))
        if found is None:
            unknown += 1
        else:
            at[found] = when
    return Adoptions(at, unknown)
