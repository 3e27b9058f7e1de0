"""Taking somebody out of what this room keeps."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import F, Q

from grapevine.core import bulk
from grapevine.engine import graph as graphs
from grapevine.spread import snapshots
from grapevine.spread.models import AudienceCost, AudienceMember, GivenTie, Joining, Network, Seed
from grapevine.spread.snapshots import Snapshot

AT_ONCE = 5_000


@transaction.atomic
def out_of_networks(identity_ids: Collection[int]) -> int:
    """Take people out of every network: their nodes stay as numbers without a name and without ties. Returns how many nodes.

    Whoever was joined of several identities is one node; when one of those is forgotten, all of it goes, since nobody knows any more which ties
    came of which: out of the beginnings and audiences that were made of this network, too, where the first of theirs stood for all. What the
    others did stands in the next network that is made.
    """
    count = 0
    rows = Network.objects.select_for_update().exclude(people=0).order_by("pk")
    for network in rows:
        try:
            snapshot = snapshots.read(network)
        except KeyError:
            continue
        nodes = snapshot.numbers(identity_ids)
        if not nodes.size:
            continue
        _out_of_what_stands_on(network, np.asarray(snapshot.people["identity"])[nodes].tolist())
        graph, people, ties = without(snapshot, nodes)
        snapshots.write(network, graph, people, ties, _others(snapshot, nodes))
        Network.objects.filter(pk=network.pk).update(
            revision=F("revision") + 1, ties=graph.m, people=int(np.count_nonzero(people["identity"] > 0))
        )
        transaction.on_commit(partial(snapshots.drop, network.pk))
        count += int(nodes.size)
    return count


def _out_of_what_stands_on(network: Network, stood_for: Collection[int]) -> None:
    for part in bulk.chunks(stood_for, AT_ONCE):
        Seed.objects.filter(scenario__simulation__network=network, identity_id__in=part).delete()
        for model in (AudienceMember, AudienceCost):
            model._default_manager.filter(audience__network=network, identity_id__in=part).delete()


def without(snapshot: Snapshot, nodes: Any) -> tuple[graphs.Graph, dict[str, Any], dict[str, Any]]:
    """The arrays of a snapshot with these nodes empty: no identity, nothing known of them, no ties. Numbers stay what they are."""
    graph = snapshot.graph
    gone = np.zeros(graph.n, np.bool_)
    gone[nodes] = True
    sources = np.repeat(np.arange(graph.n, dtype=np.int32), graph.out_degree)
    kept = ~(gone[sources] | gone[graph.out_to])
    weights = None if graph.out_weight is None else graph.out_weight[kept]
    # Rows are ascending and stay so, hence the order of ties stays that of `out_to`.
    left = graphs.from_arrays(sources[kept], graph.out_to[kept], weights, people=graph.n)
    people = {name: np.array(column) for name, column in snapshot.people.items()}
    for name, column in people.items():
        column[nodes] = -1 if name in ("followers", "community", "lang") else 0
    return left, people, {name: np.asarray(column)[kept] for name, column in snapshot.ties.items()}


def _others(snapshot: Snapshot, nodes: Any) -> dict[str, Any]:
    """Which further identities stand behind which node, without these nodes."""
    if not snapshot.joined:
        return {}
    kept = ~np.isin(snapshot.joined["node"], nodes)
    return {name: np.asarray(column)[kept] for name, column in snapshot.joined.items()}


@transaction.atomic
def everywhere(identity_ids: Collection[int]) -> None:
    """Take people out of all that this room keeps, before their rows are removed: networks, cascades, beginnings and audiences."""
    ids = list(identity_ids)
    if not ids:
        return
    out_of_networks(ids)
    for part in bulk.chunks(ids, AT_ONCE):
        GivenTie.objects.filter(Q(listener_id__in=part) | Q(speaker_id__in=part)).delete()
        Joining.objects.filter(identity_id__in=part).update(identity=None, post_id=None)
        for model in (Seed, AudienceMember, AudienceCost):
            model._default_manager.filter(identity_id__in=part).delete()
