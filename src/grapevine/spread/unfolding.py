"""How something unfolded: who joined when, and who brought them. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grapevine.engine.cascade import bringing
from grapevine.spread.models import How


@dataclass(frozen=True)
class Joined:
    """Somebody joined with a post at a moment (seconds). `brought_by` is a place in the order of joining, `depth` how far from who began,
    `exposed` how many of those they listen to had joined before."""

    identity: int
    post: int
    at: int
    brought_by: int | None = None
    how: str = How.OWN
    depth: int = 0
    exposed: int = 0


@dataclass(frozen=True)
class Told:
    """What a post says of who brought its author: the identities it passes on and answers, the nearest first."""

    passed_on: Sequence[int] = ()
    answered: Sequence[int] = ()


Circle = Callable[[int, int], Sequence[int]]
"""Whom an identity listened to at a moment (seconds): identities."""


def unfold(
    first: dict[int, tuple[int, int]], told: dict[int, Told], circle: Circle, *, window: float
) -> tuple[Joined, ...]:
    """Who joined, in order. `first` says with which post each identity joined, and when (seconds); `told` what these posts say, by post;
    `window` (seconds) is how long somebody heard can bring somebody.

    Who is said to have brought somebody must have joined before them. A post that passes on or answers somebody who joined is proof; else it is
    whoever they listen to that joined last before them; else they joined on their own.
    """
    order = sorted(first.items(), key=lambda one: (one[1][1], one[1][0]))
    place_of: dict[int, int] = {}
    found: list[Joined] = []
    for place, (identity, (post, at)) in enumerate(order):
        heard = [place_of[one] for one in circle(identity, at) if one in place_of]
        heard = [one for one in heard if found[one].at < at]
        joined = Joined(identity, post, at, exposed=len(heard))
        by, how = _brought(told.get(post, Told()), heard, place_of, found, at, window)
        if by is not None:
            joined = replace(joined, brought_by=by, how=how, depth=found[by].depth + 1)
        found.append(joined)
        place_of[identity] = place
    return tuple(found)


def _brought(
    told: Told, heard: list[int], place_of: dict[int, int], found: list[Joined], at: int, window: float
) -> tuple[int | None, str]:
    for how, said in ((How.REPOST, told.passed_on), (How.REPLY, told.answered)):
        for one in said:
            if one in place_of:
                return place_of[one], how
    lately = [one for one in heard if at - found[one].at <= window]
    return (max(lately), How.LISTENS) if lately else (None, How.OWN)


def reproduction(joined: Sequence[Joined]) -> float | None:
    """How many each of the first generations brought, as the engine reckons it: later ones meet those who have joined already."""
    if not joined:
        return None
    count = bringing.first_generations(np.bincount([one.depth for one in joined]).tolist())
    first = {place for place, one in enumerate(joined) if one.depth < count}
    return sum(1 for one in joined if one.brought_by in first) / len(first)


def delay_hours(joined: Sequence[Joined]) -> float | None:
    """The median time from who brought somebody to them."""
    delays = [(one.at - joined[one.brought_by].at) / 3600 for one in joined if one.brought_by is not None]
    return statistics.median(delays) if delays else None
