"""People of a network by what they are called: a line each, as somebody types or pastes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from grapevine.people.selectors import names, siblings
from grapevine.spread.snapshots import Snapshot

FEW = 5_000
"""In networks of so many people at most words are looked for anywhere in what people are called."""
MOST = 2_000
"""So many lines are read."""
_NUMBERED = re.compile(r"#(\d{1,18})\s*$")


def number(line: str) -> int | None:
    """The number of the identity that a line ends with, as in “hamlet #12”; None when it has none."""
    hit = _NUMBERED.search(line)
    return int(hit.group(1)) if hit else None


@dataclass(frozen=True)
class Named:
    """Somebody of a network: their identity there, their node, what they are called, and how many listen to them."""

    identity_id: int
    node: int
    called: str
    listeners: int

    @property
    def line(self) -> str:
        """As a line that names exactly them."""
        return f"{self.called} #{self.identity_id}"


@dataclass(frozen=True)
class Meant:
    """Whom lines name: identities as they stand in the network, by line; lines that name nobody there, and lines that name several."""

    found: dict[str, int]
    unknown: tuple[str, ...]
    several: tuple[str, ...]

    @property
    def people(self) -> tuple[int, ...]:
        """Everybody once, in the order of the lines."""
        return tuple(dict.fromkeys(self.found.values()))


def meant(snapshot: Snapshot, lines: Iterable[str]) -> Meant:
    """Whom each line names: by handle (with or without its @), or by `#` and the number of an identity. Whoever was joined into one person is
    found under each of their handles. The same few statements however many lines."""
    wanted = list(dict.fromkeys(line for one in lines if (line := one.strip())))[:MOST]
    numbered = {one: told for one in wanted if (told := number(one)) is not None}
    handles = names.by_handle([one for one in wanted if one not in numbered])
    asked = {one: [numbered[one]] if one in numbered else handles.get(one, []) for one in wanted}
    here = _in_network(snapshot, {each for ids in asked.values() for each in ids})
    found: dict[str, int] = {}
    unknown, several = [], []
    for line, ids in asked.items():
        those = sorted({here[one] for one in ids if one in here})
        if not those:
            unknown.append(line)
        elif len(those) > 1:
            several.append(line)
        else:
            found[line] = those[0]
    return Meant(found, tuple(unknown), tuple(several))


def like(snapshot: Snapshot, words: str, *, limit: int = 8) -> tuple[Named, ...]:
    """People of the network whose handle or name begins with `words`, those with most listeners first; after them, where there is room and
    the network is small, those who have the words anywhere in what they are called."""
    ids = names.beginning(words, limit=10 * limit)
    here = _in_network(snapshot, ids)
    called = {here[one]: name for one, name in reversed(ids.items()) if one in here}
    found = named(snapshot, called)[:limit]
    if len(found) == limit or snapshot.graph.n > FEW or not words.strip():
        return found
    wanted, known = words.strip().casefold(), {one.identity_id for one in found}
    people = names.identities(one for one in np.asarray(snapshot.people["identity"]).tolist() if one)
    inside = {one: name for one, name in people.items() if wanted in name.casefold() and one not in known}
    return (*found, *named(snapshot, inside)[: limit - len(found)])


def named(snapshot: Snapshot, called: dict[int, str]) -> tuple[Named, ...]:
    """Identities of the network with their nodes, those with most listeners first."""
    place = nodes(snapshot, called)
    degree = snapshot.graph.out_degree
    rows = [Named(one, place[one], called[one], int(degree[place[one]])) for one in called if one in place]
    return tuple(sorted(rows, key=lambda one: (-one.listeners, one.called.casefold())))


def nodes(snapshot: Snapshot, identity_ids: Iterable[int]) -> dict[int, int]:
    """The node of each identity that stands in the network."""
    found = snapshot.numbers(identity_ids)
    ids = np.asarray(snapshot.people["identity"])[found]
    return dict(zip(ids.tolist(), found.tolist(), strict=True))


def _in_network(snapshot: Snapshot, identity_ids: Iterable[int]) -> dict[int, int]:
    """For identities that are in the network, or joined to one that is: the identity there."""
    together = siblings.together(identity_ids)
    there = nodes(snapshot, {each for one, others in together.items() for each in (one, *others)})
    found = {one: [other for other in (one, *others) if other in there] for one, others in together.items()}
    return {one: those[0] for one, those in found.items() if those}
