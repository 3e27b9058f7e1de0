"""How likely a tie passes it on, learnt of who joined when: by EM, for groups of ties and for each tie, drawn towards its group."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade import _learning, heard
from grapevine.engine.cascade.heard import Heard

ROUNDS = 200
ENOUGH = 1e-7
LEAST, MOST = 1e-12, 1 - 1e-12


@dataclass(frozen=True)
class Learnt:
    """Chances of groups of ties, how many of each were tried, and how fast a friend who convinces does so."""

    chance: Any
    tries: Any
    rate: float
    rounds: int

    @property
    def mean(self) -> float | None:
        """The chance of a tie that was tried, on average; None when none was."""
        total = float(self.tries.sum())
        return float(self.chance @ self.tries / total) if total else None

    @property
    def delay(self) -> float | None:
        """How long it takes on average from a friend's joining to that of whom they convince."""
        return 1 / self.rate if self.rate else None


def by_group(known: Heard, rows: Any, strength: float) -> Learnt:
    """Chances by how many the listener listens to; `strength` tries at the mean of all are put to those of every group."""
    count = len(heard.GROUPS)
    chance = np.full(count, 0.05)
    if not rows.size:
        return Learnt(np.zeros(count), np.zeros(count), 0.0, 0)

    def better(credit: Any, asked: Any) -> Any:
        return (credit + strength * (credit.sum() / asked.sum())) / np.maximum(asked + strength, LEAST)

    return _climb(known, known.listener_group, rows, chance, None, better)


def by_tie(known: Heard, rows: Any, groups: Learnt, strength: float) -> tuple[Any, Any]:
    """The in-arcs that were tried, and their chances: the most likely ones, when `strength` tries at its group's chance are put to each tie's own
    (a Beta prior). One cascade tries a tie once, so it says little of it; several say more."""
    tried = np.zeros(known.person.size, np.bool_)
    tried[rows] = True
    kept = np.flatnonzero(tried[known.row])
    arcs, place = np.unique(known.arc[kept], return_inverse=True)
    which = np.zeros(known.arc.size, np.int64)
    which[kept] = place
    prior = np.zeros(arcs.size)
    prior[place] = groups.chance[known.listener_group[kept]]
    if not arcs.size:
        return arcs, prior

    def better(credit: Any, asked: Any) -> Any:
        return (credit + strength * prior) / np.maximum(asked + strength, LEAST)

    found = _climb(known, which, rows, np.clip(prior, LEAST, MOST), groups.rate, better)
    return arcs, found.chance


def _climb(known: Heard, which: Any, rows: Any, chance: Any, rate: float | None, better: Any) -> Learnt:
    """Rounds of EM until they change nothing. With a `rate` that is known, only chances are learnt."""
    credit, asked, times = np.zeros(chance.size), np.zeros(chance.size), np.zeros(2)
    delays = known.delay[known.may]
    here = rate or (1 / float(np.median(delays)) if delays.size else 1.0)
    last, rounds = -math.inf, 0
    while rounds < ROUNDS:
        rounds += 1
        told = float(
            _learning.improve(
                known.starts, known.may, known.delay, which, rows, chance, here, credit, asked, times
            )
        )
        chance = np.clip(better(credit, asked), LEAST, MOST)
        if rate is None and times[0] > 0:
            here = float(times[0] / times[1])
        if abs(told - last) <= ENOUGH * abs(told):
            break
        last = told
    learnt_rate = here if rate is not None or times[0] > 0 else 0.0
    return Learnt(chance, asked, learnt_rate, rounds)
