"""A network as a picture: the discs of its communities, the ties between them, and everybody's place, packed for the browser.

Pure: it knows numbers and no names.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from grapevine.spread.snapshots import Snapshot

HUES = 8
ROUNDS = 2
"""The colours go round once filled and once hollow, so that as many communities as have a number in the picture can be told apart."""
MOST_DISCS = 300
MOST_BUNDLES = 400
HEADS = 3
ROOM = 0.9
"""From the middle of the outermost person to the edge of the disc."""


@dataclass(frozen=True)
class Disc:
    """A community in the picture. `hue` is the place of its colour (from `HUES` on: the same colours, hollow), −1 for those that have none of
    their own; `within` the share of its people's ties that stay inside; `languages` places in the network's languages with how many, the most
    first; `heads` its most listened-to."""

    number: int
    people: int
    x: float
    y: float
    radius: float
    hue: int
    within: float
    languages: tuple[tuple[int, int], ...]
    heads: tuple[int, ...]
    ours: int

    @property
    def look(self) -> str:
        """The classes of its colour."""
        return look(self.hue)


@dataclass(frozen=True)
class Bundle:
    """So many ties between two communities, whichever way they go."""

    one: int
    other: int
    ties: int


@dataclass(frozen=True)
class Map:
    """The picture before it is drawn. `discs` holds the largest communities, `bundles` the strongest ties between those; `rest` counts the
    communities without a disc, `bounds` are left, top, right and bottom of everything."""

    people: int
    ties: int
    discs: tuple[Disc, ...]
    bundles: tuple[Bundle, ...]
    rest: int
    bounds: tuple[float, float, float, float]


def look(hue: int) -> str:
    """The classes of a colour by its place."""
    return f"hue-{hue % HUES}{' hollow' if hue >= HUES else ''}" if hue >= 0 else "no-hue"


@lru_cache(maxsize=4)
def of(snapshot: Snapshot) -> Map:
    """The picture of a network. People who were forgotten (community −1) aren't in it."""
    community = np.asarray(snapshot.people["community"], np.int64)
    there = np.flatnonzero(community >= 0)
    sizes = np.bincount(community[there])
    x, y = (np.asarray(snapshot.people[name], np.float64) for name in ("x", "y"))
    chosen = np.argsort(-sizes, kind="stable")[:MOST_DISCS]
    chosen = chosen[sizes[chosen] > 1]
    discs = _discs(snapshot, community, chosen, sizes, x, y)
    bounds = (0.0, 0.0, 0.0, 0.0)
    if there.size:
        bounds = (
            float(x[there].min()) - ROOM, float(y[there].min()) - ROOM, float(x[there].max()) + ROOM, float(y[there].max()) + ROOM,
        )  # fmt: skip
    return Map(
        int(there.size), snapshot.graph.m, discs, _bundles(snapshot, community, chosen),
        int(np.count_nonzero(sizes)) - len(discs), bounds,
    )  # fmt: skip


def _discs(snapshot: Snapshot, community: Any, chosen: Any, sizes: Any, x: Any, y: Any) -> tuple[Disc, ...]:
    graph = snapshot.graph
    order = np.argsort(community, kind="stable")
    begins = np.searchsorted(community[order], np.arange(sizes.size + 1))
    ends = community[graph.out_to]
    begin = np.repeat(community, graph.out_degree)
    count = sizes.size + 1  # the last is everybody's who was forgotten
    touching = (
        np.bincount(begin, minlength=count) + np.bincount(ends, minlength=count) if graph.arcs else None
    )
    inside = np.bincount(begin[begin == ends], minlength=count)
    found = []
    for place, number in enumerate(chosen.tolist()):
        members = order[begins[number] : begins[number + 1]]
        middle_x = float((x[members].min() + x[members].max()) / 2)
        middle_y = float((y[members].min() + y[members].max()) / 2)
        away = np.hypot(x[members] - middle_x, y[members] - middle_y)
        spoken = np.asarray(snapshot.people["lang"])[members]
        tongues = Counter(spoken[spoken >= 0].tolist()).most_common(3)
        listened = np.argsort(-graph.out_degree[members], kind="stable")[:HEADS]
        all_ties = int(touching[number]) - int(inside[number]) if touching is not None else 0
        found.append(
            Disc(
                number,
                int(members.size),
                middle_x,
                middle_y,
                float(away.max()) + ROOM,
                place if place < HUES * ROUNDS else -1,
                int(inside[number]) / all_ties if all_ties else 0.0,
                tuple(tongues),
                tuple(members[listened].tolist()),
                int(np.count_nonzero(np.asarray(snapshot.people["ours"])[members])),
            )
        )
    return tuple(found)


def _bundles(snapshot: Snapshot, community: Any, chosen: Any) -> tuple[Bundle, ...]:
    graph = snapshot.graph
    place = np.full(int(community.max(initial=0)) + 2, -1, np.int64)  # the last for those of no community
    place[chosen] = np.arange(chosen.size)
    one = place[np.repeat(community, graph.out_degree)]
    other = place[community[graph.out_to]]
    apart = (one >= 0) & (other >= 0) & (one != other)
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    keys, counts = np.unique(low * max(1, chosen.size) + high, return_counts=True)
    strongest = np.argsort(-counts, kind="stable")[:MOST_BUNDLES]
    return tuple(
        Bundle(int(chosen[key // chosen.size]), int(chosen[key % chosen.size]), int(count))
        for key, count in zip(keys[strongest].tolist(), counts[strongest].tolist(), strict=True)
    )


@lru_cache(maxsize=2)
def places(snapshot: Snapshot) -> bytes:
    """Everybody's place, community (−1: forgotten), listeners and marks (1: ours) with the discs and bundles: gzipped, see `_packed`."""
    drawn = of(snapshot)
    told = {
        "people": int(snapshot.graph.n), "ties": drawn.ties, "bounds": drawn.bounds,
        "discs": [{"n": one.number, "p": one.people, "x": one.x, "y": one.y, "r": one.radius, "h": one.hue} for one in drawn.discs],
        "bundles": [list(asdict(one).values()) for one in drawn.bundles],
    }  # fmt: skip
    arrays = {
        "x": np.asarray(snapshot.people["x"], "<f4"),
        "y": np.asarray(snapshot.people["y"], "<f4"),
        "community": np.asarray(snapshot.people["community"], "<i4"),
        "listeners": np.asarray(snapshot.graph.out_degree, "<i4"),
        "ours": np.asarray(snapshot.people["ours"], "u1"),
    }
    return _packed(told, arrays)


@lru_cache(maxsize=2)
def arcs(snapshot: Snapshot) -> bytes:
    """All ties, as rows: `at` (where each person's listeners begin) and `to` (their numbers)."""
    graph = snapshot.graph
    kind = "<u2" if graph.n < 2**16 else "<u4"
    return _packed({}, {"at": np.asarray(graph.out_at, "<u4"), "to": np.asarray(graph.out_to).astype(kind)})


def _packed(told: dict[str, Any], arrays: dict[str, Any]) -> bytes:
    """A length (32 bits, little-endian), so many bytes of JSON, and the arrays it names with their kinds, each from a multiple of four on."""
    named = [[name, array.dtype.str.lstrip("<|"), int(array.size)] for name, array in arrays.items()]
    head = json.dumps({**told, "arrays": named}, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 4)
    parts = [len(head).to_bytes(4, "little"), head]
    for array in arrays.values():
        data = np.ascontiguousarray(array).tobytes()
        parts.append(data + b"\0" * (-len(data) % 4))
    return gzip.compress(b"".join(parts), compresslevel=5, mtime=0)
