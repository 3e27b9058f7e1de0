"""One person of a network and their circle: who listens to them, to whom they listen, and what shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from grapevine.people.selectors import names
from grapevine.sources.selectors import platforms
from grapevine.spread import finding
from grapevine.spread.snapshots import Snapshot

MOST = 60
"""So many of each side of a circle are shown, the strongest ties first."""
FOUND = 20


@dataclass(frozen=True)
class Person:
    """Somebody in a network. `name` is their handle, empty when they were forgotten; `lang` the place in the network's languages, −1 unknown."""

    number: int
    identity_id: int
    name: str
    lang: int
    posts: int
    followers: int
    ours: bool
    community: int
    core: int
    listeners: int
    listens_to: int


@dataclass(frozen=True)
class Tie:
    """That `listener` listens to `speaker`: how often it was seen and when last, how (bits of `ties.KINDS`), the latest post that shows it (0: none),
    and its weight."""

    speaker: Person
    listener: Person
    kinds: int
    times: int
    last_at: datetime | None
    post_id: int
    weight: float


@dataclass(frozen=True)
class Circle:
    """A person between those who listen to them and those they listen to, strongest ties first, at most `MOST` of each."""

    person: Person
    listeners: tuple[Tie, ...]
    listens_to: tuple[Tie, ...]
    both_ways: int


def people(snapshot: Snapshot, numbers: Any) -> list[Person]:
    """People by number, in that order."""
    numbers = [int(one) for one in numbers]
    known = snapshot.people
    identities = {one: int(known["identity"][one]) for one in numbers}
    called = told_apart(one for one in identities.values() if one)
    return [
        Person(
            number=one,
            identity_id=identities[one],
            name=called.get(identities[one], ""),
            lang=int(known["lang"][one]),
            posts=int(known["posts"][one]),
            followers=int(known["followers"][one]),
            ours=bool(known["ours"][one]),
            community=int(known["community"][one]),
            core=int(known["core"][one]),
            listeners=int(snapshot.graph.out_degree[one]),
            listens_to=int(snapshot.graph.in_degree[one]),
        )
        for one in numbers
    ]


def told_apart(identity_ids: Iterable[int]) -> dict[int, str]:
    """What identities are called; with the source they write at where several are called the same."""
    ids = list(identity_ids)
    called = names.identities(ids)
    times = Counter(called.values())
    twice = [one for one in ids if one in called and called[one] and times[called[one]] > 1]
    where = names.writers(twice) if twice else {}
    sources = platforms.called({one.platform for one in where.values()}) if where else {}
    found = {one: sources.get(who.platform, who.channel) for one, who in where.items()}
    return called | {one: f"{called[one]} · {place}" for one, place in found.items() if place}


def circle(snapshot: Snapshot, number: int) -> Circle:
    """The circle of one person. Raises KeyError when there is nobody of that number."""
    graph = snapshot.graph
    if not 0 <= number < graph.n:
        raise KeyError(number)
    out = np.arange(graph.out_at[number], graph.out_at[number + 1])
    into = _arcs_into(snapshot, number)
    both = int(np.intersect1d(graph.out_to[out], graph.influenced_by(number)).size)
    if graph.out_weight is not None:
        out = out[np.argsort(-graph.out_weight[out], kind="stable")]
        into = into[np.argsort(-graph.out_weight[into], kind="stable")]
    out, into = out[:MOST], into[:MOST]
    speakers = _sources(snapshot, into)
    numbers = [number, *graph.out_to[out].tolist(), *speakers.tolist()]
    found = people(snapshot, dict.fromkeys(numbers))
    by_number = {one.number: one for one in found}
    here = by_number[number]
    return Circle(
        here,
        tuple(_tie(snapshot, arc, here, by_number[int(graph.out_to[arc])]) for arc in out.tolist()),
        tuple(
            _tie(snapshot, arc, by_number[one], here)
            for arc, one in zip(into.tolist(), speakers.tolist(), strict=True)
        ),
        both,
    )


def tie(snapshot: Snapshot, speaker: int, listener: int) -> Tie:
    """One tie. Raises KeyError when there is none."""
    graph = snapshot.graph
    if not (0 <= speaker < graph.n and 0 <= listener < graph.n):
        raise KeyError((speaker, listener))
    row = graph.influences(speaker)
    at = int(np.searchsorted(row, listener))
    if at >= row.size or int(row[at]) != listener:
        raise KeyError((speaker, listener))
    one, other = people(snapshot, (speaker, listener))
    return _tie(snapshot, int(graph.out_at[speaker]) + at, one, other)


def called_like(snapshot: Snapshot, words: str) -> list[Person]:
    """People of the network who are called like that; see `finding.like`."""
    return people(snapshot, [one.node for one in finding.like(snapshot, words, limit=FOUND)])


def most_listened_to(snapshot: Snapshot, *, community: int | None = None, count: int = FOUND) -> list[Person]:
    """Those with the most listeners, of everybody or of one community."""
    there = np.asarray(snapshot.people["identity"]) > 0
    if community is not None:
        there &= np.asarray(snapshot.people["community"]) == community
    numbers = np.flatnonzero(there)
    return people(snapshot, numbers[np.argsort(-snapshot.graph.out_degree[numbers], kind="stable")][:count])


def _arcs_into(snapshot: Snapshot, number: int) -> Any:
    """Where the arcs that end at a person stand among all."""
    graph = snapshot.graph
    found = []
    for source in graph.influenced_by(number).tolist():
        begin = int(graph.out_at[source])
        found.append(begin + int(np.searchsorted(graph.influences(source), number)))
    return np.array(found, np.int64)


def _sources(snapshot: Snapshot, arcs: Any) -> Any:
    return np.searchsorted(snapshot.graph.out_at, arcs, side="right") - 1


def _tie(snapshot: Snapshot, arc: int, speaker: Person, listener: Person) -> Tie:
    graph, known = snapshot.graph, snapshot.ties
    last = int(known["last"][arc])
    weight = float(graph.out_weight[arc]) if graph.out_weight is not None else 1.0
    return Tie(
        speaker,
        listener,
        int(known["kinds"][arc]),
        int(known["times"][arc]),
        datetime.fromtimestamp(last, UTC) if last else None,
        int(known["post"][arc]),
        weight,
    )
