"""A network as it lies in the store, and in memory.

Its arrays are kept in pieces of at most 4 MB in the database, so that they are backed up, moved and forgotten in transactions with
everything else. Whoever computes with them has them written out once per machine into the cache folder of the home, and mapped from there.
"""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from django.conf import settings
from django.db import transaction

from grapevine.engine.graph import Graph
from grapevine.engine.graph.ids import Ids
from grapevine.spread.models import Network, NetworkPart

PIECE = 4_000_000
"""Bytes of a piece."""
_TIES = ("out_at", "out_to", "out_weight", "in_at", "in_from", "in_weight")
_lock = threading.Lock()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A network in memory. `graph` has one node for each person, `u → v` where v listens to u; the ids are the nodes' numbers.

    `people` holds a column of n values for each thing known of them: `identity` (rows of people; 0: forgotten), `lang` (the place in the list of
    languages in `result`; −1: unknown), `posts`, `followers` (−1: unknown), `ours`, `community`, `core`, `x`, `y`; `ties` one of as many values
    as the graph has arcs, in the order of `graph.out_to`: `kinds` (bits of `ties.KINDS`), `times` (how often it was seen), `first` and `last`
    (seconds since 1970), `post` (the latest post that shows it; 0: none). `joined` tells, in two columns of one length, which further identities
    (`identity`) stand behind which node (`node`), since they were joined to one person when it was made.
    """

    network_id: int
    revision: int
    graph: Graph
    people: Mapping[str, Any]
    ties: Mapping[str, Any]
    joined: Mapping[str, Any] = field(default_factory=dict)

    def numbers(self, identity_ids: Any) -> Any:
        """The nodes of identities, of those joined to others too; those that aren't in it are left out."""
        wanted = np.asarray(list(identity_ids), np.int64)
        wanted = wanted[wanted > 0]
        found = np.flatnonzero(np.isin(self.people["identity"], wanted))
        if not self.joined:
            return found
        behind = np.isin(self.joined["identity"], wanted)
        return np.union1d(found, np.asarray(self.joined["node"])[behind])

    def places(self, identity_ids: Any) -> Any:
        """The node of each identity, in their order, of those joined to others too; −1 for those that aren't in it."""
        wanted = np.asarray(identity_ids, np.int64)
        ids, nodes = np.asarray(self.people["identity"], np.int64), np.arange(self.graph.n)
        if self.joined:
            ids = np.concatenate([ids, np.asarray(self.joined["identity"], np.int64)])
            nodes = np.concatenate([nodes, np.asarray(self.joined["node"], np.int64)])
        if not ids.size:
            return np.full(wanted.shape, -1)
        order = np.argsort(ids, kind="stable")
        at = np.minimum(np.searchsorted(ids[order], wanted), ids.size - 1)
        return np.where((ids[order][at] == wanted) & (wanted > 0), nodes[order][at], -1)


@transaction.atomic
def write(
    network: Network,
    graph: Graph,
    people: Mapping[str, Any],
    ties: Mapping[str, Any],
    joined: Mapping[str, Any] | None = None,
) -> None:
    """Keep the arrays of a network, in place of those that are there."""
    network.stamp = uuid4().hex
    Network.objects.filter(pk=network.pk).update(stamp=network.stamp)
    arrays = {f"graph.{name}": getattr(graph, name) for name in _TIES}
    arrays |= {f"people.{name}": array for name, array in people.items()}
    arrays |= {f"ties.{name}": array for name, array in ties.items()}
    arrays |= {f"joined.{name}": array for name, array in (joined or {}).items()}
    NetworkPart.objects.filter(network=network).delete()
    for name, array in arrays.items():
        if array is None:
            continue
        file = io.BytesIO()
        np.save(file, np.ascontiguousarray(array), allow_pickle=False)
        data = file.getbuffer()
        NetworkPart.objects.bulk_create(
            NetworkPart(network=network, name=name, number=number, data=bytes(data[start : start + PIECE]))
            for number, start in enumerate(range(0, len(data), PIECE))
        )


def read(network: Network) -> Snapshot:
    """The network's snapshot, mapped. Raises KeyError when it has none (it isn't done)."""
    return _read(network.pk, network.revision, network.stamp)


@lru_cache(maxsize=4)
def _read(network_id: int, revision: int, stamp: str) -> Snapshot:
    # By the stamp, since another store on the same home may give the same number to another network.
    folder = _root() / f"{network_id}-{stamp}"
    with _lock:
        if not folder.exists():
            _write_out(network_id, folder)
    arrays: dict[str, dict[str, Any]] = {"graph": {}, "people": {}, "ties": {}, "joined": {}}
    for path in folder.glob("*.npy"):
        of, _, name = path.stem.partition(".")
        # "c": private to us and writable, because numba compiles anew for arrays that are not.
        arrays[of][name] = np.asarray(np.load(path, mmap_mode="c", allow_pickle=False))
    found = arrays["graph"]
    n = int(found["out_at"].size - 1)
    graph = Graph(
        n, True, found["out_at"], found["out_to"], found["in_at"], found["in_from"],
        found.get("out_weight"), found.get("in_weight"), Ids.plain(n),
    )  # fmt: skip
    return Snapshot(network_id, revision, graph, arrays["people"], arrays["ties"], arrays["joined"])


def _write_out(network_id: int, folder: Path) -> None:
    names = NetworkPart.objects.filter(network_id=network_id).values_list("name", flat=True).distinct()
    if not names:
        raise KeyError(network_id)
    making = folder.with_name(f".{folder.name}-{uuid4().hex}")
    making.mkdir(parents=True)
    for name in sorted(set(names)):
        rows = NetworkPart.objects.filter(network_id=network_id, name=name).order_by("number")
        with (making / f"{name}.npy").open("wb") as file:
            for data in rows.values_list("data", flat=True).iterator(chunk_size=4):
                file.write(data)
    try:
        making.replace(folder)
    except OSError:
        if not folder.is_dir():  # otherwise another process was faster, with the same
            raise
        shutil.rmtree(making)


def drop(network_id: int) -> None:
    """Throw away what was written out of a network, whatever its revision."""
    _read.cache_clear()
    root = _root()
    for folder in [*root.glob(f"{network_id}-*"), *root.glob(f".{network_id}-*")]:
        shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return settings.GRAPEVINE.home / "cache" / "networks"
