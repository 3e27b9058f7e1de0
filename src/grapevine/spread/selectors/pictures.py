"""What the page of a network shows beside its picture: its communities, and what changed since the network before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from grapevine.spread import snapshots
from grapevine.spread.definitions import Found
from grapevine.spread.maps import Disc, Map
from grapevine.spread.models import Network
from grapevine.spread.selectors import circles
from grapevine.spread.selectors.circles import Person
from grapevine.spread.snapshots import Snapshot

LISTED = 12
MOVED = 5


@dataclass(frozen=True)
class Community:
    """A community in the list: its `place` (from 1, as on the picture), its disc, the languages it speaks with their shares, its most
    listened-to people, and the words that are its own."""

    place: int
    disc: Disc
    languages: tuple[tuple[str, float], ...]
    heads: tuple[Person, ...]
    talk: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """Somebody whose number of listeners changed most."""

    person: Person
    before: int
    now: int


@dataclass(frozen=True)
class Compared:
    """What changed since the network before that was made in the same way."""

    before_id: int
    before_name: str
    until: datetime
    came: int
    went: int
    stayed: int
    ties_before: int
    moved: tuple[Moved, ...]


def communities(drawn: Map, snapshot: Snapshot, found: Found, *, only: int | None = None) -> list[Community]:
    """The largest communities; with `only` the one in that place, from 0 on."""
    shown = list(enumerate(drawn.discs[:LISTED] if only is None else drawn.discs))
    shown = shown if only is None else shown[only : only + 1]
    everyone = [head for _place, one in shown for head in one.heads]
    heads = {one.number: one for one in circles.people(snapshot, everyone)}
    return [
        Community(
            place + 1,
            one,
            tuple(
                (found.languages[lang], count / one.people)
                for lang, count in one.languages
                if lang < len(found.languages)
            ),
            tuple(heads[head] for head in one.heads if snapshot.graph.out_degree[head]),
            tuple(found.talk.get(str(one.number), ())),
        )
        for place, one in shown
    ]


def compared(network: Network, snapshot: Snapshot) -> Compared | None:
    """Held against the newest network before it that was made in the same way; None when there is none."""
    found = _before(network)
    if found is None:
        return None
    before, old = found
    now_ids, then_ids = (np.asarray(one.people["identity"]) for one in (snapshot, old))
    here, there = np.flatnonzero(now_ids > 0), np.flatnonzero(then_ids > 0)
    both, now_at, then_at = np.intersect1d(now_ids[here], then_ids[there], return_indices=True)
    now, then = snapshot.graph.out_degree[here[now_at]], old.graph.out_degree[there[then_at]]
    difference = now.astype(np.int64) - then
    most = np.argsort(-np.abs(difference), kind="stable")[:MOVED]
    most = most[difference[most] != 0]
    people = circles.people(snapshot, here[now_at[most]])
    moved = (
        Moved(person, int(then[at]), int(now[at])) for person, at in zip(people, most.tolist(), strict=True)
    )
    return Compared(
        before.pk, before.name, before.until, int(here.size - both.size), int(there.size - both.size), int(both.size),
        old.graph.m, tuple(moved),
    )  # fmt: skip


def _before(network: Network) -> tuple[Network, Snapshot] | None:
    asked = _asked(network)
    rows = Network.objects.done().filter(until__lt=network.until).exclude(pk=network.pk)
    for row in rows.order_by("-until", "-pk")[:20]:
        if _asked(row) == asked:
            try:
                return row, snapshots.read(row)
            except KeyError:
                continue
    return None


def _asked(network: Network) -> dict[str, object]:
    """How it was made, without what changes nothing in it."""
    return {name: value for name, value in network.asked.items() if name not in ("fresh", "rng")}
