"""Watts' model on endless random networks with given degrees, answered without simulating.

Gleeson & Cahalane (2007) give the size that a share of seeds leads to; Watts (2002) the chance that one seed sets off a global cascade, and the
window of mean degrees in which it can. Both for ties that count both ways; where they are directed, the same is reckoned from how many people
listen to and how many listen to them (see `degrees`). Either takes the network as drawn at random but for its degrees: no clustering, no likes
among likes. Works with numpy alone; nothing is compiled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from grapevine.engine.cascade.degrees import (
    Arcs,
    Crowd,
    Degrees,
    of_degrees,
    of_graph,
    poisson,
    poisson_arcs,
    regular,
    regular_arcs,
)
from grapevine.engine.cascade.errors import SpreadError

__all__ = [
    "Arcs",
    "Degrees",
    "Foreseen",
    "foresee",
    "of_degrees",
    "of_graph",
    "poisson",
    "poisson_arcs",
    "poisson_window",
    "regular",
    "regular_arcs",
]

EXACT = 1e-16
MOST_ROUNDS = 2_000_000
MOST_FRIENDS = 1_000_000
"""Of whom one may be enough: for thresholds below one over this the window's upper end isn't told."""
SMALL = 600
"""So many terms of a Poisson distribution can be summed as they stand."""


@dataclass(frozen=True)
class Foreseen:
    """What is known without simulating."""

    share: float
    """The share of people that the seeds lead to, themselves among them."""
    p_single_seed_global: float
    """The chance that one person, picked evenly, sets off a cascade through a positive share of an endless network."""
    vulnerable_reach: float
    """How many further people that one friend convinces a person newly convinced meets; above 1, one seed may be enough."""


def needs(degrees: Any, threshold: Fraction | float | str) -> Any:
    """How many friends it takes, by degree; as `models.watts.needs`."""
    share = threshold if isinstance(threshold, Fraction) else as_fraction(threshold)
    found, place = np.unique(degrees, return_inverse=True)
    table = np.array([max(1, math.ceil(share * int(degree))) for degree in found], np.int64)
    return table[place]


def as_fraction(threshold: float | str) -> Fraction:
    """A threshold as the decimal fraction it is written as, or as a fraction like 1/3. Raises SpreadError when it isn't from 0 to 1."""
    text = str(threshold)
    try:
        # A number is looked at as such first: the exact value of 1e-999999999 would fill the memory.
        if "/" not in text and not 1e-300 <= float(text) <= 1:
            share = Fraction(0) if float(text) == 0 else Fraction(-1)
        else:
            share = Fraction(text)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise SpreadError(
            "The threshold is {threshold}; a number from 0 to 1 is wanted.", threshold=threshold
        )
    return share


def foresee(degrees: Degrees | Arcs, threshold: float | str, seed_fraction: float) -> Foreseen:
    """All that is known for such degrees, threshold and share of seeds; as for a directed network where they are of one."""
    if not 0 <= seed_fraction <= 1:
        raise SpreadError("The share of seeds is {share}; from 0 to 1 is wanted.", share=seed_fraction)
    share = as_fraction(threshold)
    if degrees.mean == 0:
        return Foreseen(float(seed_fraction), 0.0, 0.0)
    return Foreseen(_size(degrees, share, seed_fraction), _single(degrees, share), _reach(degrees, share))


class _Tails:
    """The chance that of `tries` at least `need` hit, for many pairs at once: 1 minus the terms below."""

    def __init__(self, tries: Any, need: Any) -> None:
        self._count = len(tries)
        self._row = np.repeat(np.arange(len(tries)), need)
        self._hit = np.concatenate([np.arange(one) for one in need]) if len(need) else np.empty(0)
        self._miss = np.asarray(tries)[self._row] - self._hit
        possible = self._miss >= 0
        self._row, self._hit, self._miss = (one[possible] for one in (self._row, self._hit, self._miss))
        top = int(max(tries, default=0)) + 1
        log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, top + 1)))])
        self._log = (
            log_factorial[self._hit + self._miss] - log_factorial[self._hit] - log_factorial[self._miss]
        )

    def at(self, chance: float) -> Any:
        if chance <= 0:
            below = np.bincount(self._row[self._hit == 0], minlength=self._count).astype(float)
        elif chance >= 1:
            below = np.bincount(self._row[self._miss == 0], minlength=self._count).astype(float)
        else:
            terms = np.exp(self._log + self._hit * math.log(chance) + self._miss * math.log1p(-chance))
            below = np.bincount(self._row, terms, minlength=self._count)
        return np.clip(1.0 - below, 0.0, 1.0)


def _size(degrees: Degrees | Arcs, threshold: Fraction, seeds: float) -> float:
    behind, everybody = _convinced(degrees.behind, threshold), _convinced(degrees.everybody, threshold)
    chance = _climb(lambda chance: seeds + (1 - seeds) * behind(chance), seeds)
    return float(min(1.0, seeds + (1 - seeds) * everybody(chance)))


def _convinced(crowd: Crowd, threshold: Fraction) -> Any:
    """What share of a crowd is convinced, by the chance that somebody who may convince them has joined."""
    width = int(crowd.askers.max(initial=0)) + 1
    kinds, place = np.unique(crowd.listens.astype(np.int64) * width + crowd.askers, return_inverse=True)
    share = np.bincount(place, crowd.share)
    tails = _Tails(kinds % width, needs(kinds // width, threshold))
    return lambda chance: float(share @ tails.at(chance))


def _climb(further: Any, begin: float) -> float:
    """The lowest fixed point from `begin` on, reached from below; the last digits by Newton's way, where it agrees with climbing."""
    here = begin
    for round_ in range(MOST_ROUNDS):
        there = further(here)
        if there - here <= EXACT:
            return max(here, there)
        if round_ % 50 == 49 and there - here < 1e-8:
            width = 1e-7 * max(here, 1e-6)
            slope = (further(here + width) - further(here - width)) / (2 * width)
            if slope < 0.9999:
                root = here + (there - here) / (1 - slope)
                if abs(further(root) - root) < 1e-15 and root - here < 1e-3:
                    return root
        here = there
    return here


def _easy(degrees: Degrees | Arcs, threshold: Fraction) -> tuple[Any, Any]:
    """Of those met along a tie, whom one friend convinces: how likely one meets them, by how many they pass it on to."""
    ahead = degrees.ahead
    easy = (needs(ahead.listens, threshold) == 1) & (ahead.listens > 0)
    return ahead.share[easy], ahead.onward[easy]


def _single(degrees: Degrees | Arcs, threshold: Fraction) -> float:
    """The chance that one of those who listen to the seed stands in the endless cluster of people whom one friend convinces."""
    if _reach(degrees, threshold) <= 1:
        return 0.0
    met, onward = _easy(degrees, threshold)
    onward, place = np.unique(onward, return_inverse=True)
    met = np.bincount(place, met)
    whole = float(met[onward > 0].sum())
    # The chance that a tie does lead there, climbed down from 1; so it is found whole, not as a difference of ones.
    leads = 1.0
    for _ in range(MOST_ROUNDS):
        new = float(met @ -np.expm1(onward * np.log1p(-min(leads, 1 - 1e-17)))) if leads < 1 else whole
        if abs(new - leads) <= EXACT:
            break
        leads = new
    everybody = degrees.everybody
    if leads >= 1:
        return float(1 - everybody.share[everybody.onward == 0].sum())
    return float(everybody.share @ -np.expm1(everybody.onward * math.log1p(-leads)))


def _reach(degrees: Degrees | Arcs, threshold: Fraction) -> float:
    met, onward = _easy(degrees, threshold)
    return float(met @ onward)


def poisson_window(threshold: float | str, *, directed: bool = False) -> tuple[float, float | None] | None:
    """Between which mean degrees one seed can set off a global cascade in a network whose ties are drawn evenly; None where there is no such
    mean. Where one friend convinces everybody there is no upper end.

    One friend convinces those with at most 1/threshold friends. In a Poisson network they are met `z · P(degree ≤ 1/threshold − 2)` times:
    one of their friends is who convinced them. Where ties are directed, whoever convinced them needn't listen to them: `− 1` it is then.
    """
    share = as_fraction(threshold)
    if share == 0:
        return 1.0, None
    largest = math.floor(1 / share)
    if largest > MOST_FRIENDS:
        raise SpreadError(
            "For a threshold of {threshold} the upper end lies above a mean degree of {most}.",
            threshold=threshold,
            most=MOST_FRIENDS,
        )
    most = largest - (1 if directed else 2)

    def reach(mean: float) -> float:
        return mean * _poisson_below(mean, most)

    # The reach has one top: beyond it people have too many friends to be convinced by one.
    low, high = 0.0, float(2 * largest + 4)
    for _ in range(300):
        third = (high - low) / 3
        low, high = (low + third, high) if reach(low + third) < reach(high - third) else (low, high - third)
    top = (low + high) / 2
    if reach(top) <= 1:
        return None
    return _crossing(reach, 0.0, top), _crossing(reach, float(3 * largest + 40), top)


def _poisson_below(mean: float, most: int) -> float:
    """The chance of at most so many, of a Poisson distribution."""
    if most < 0:
        return 0.0
    if most <= SMALL:
        term = total = math.exp(-mean)
        for k in range(1, most + 1):
            term *= mean / k
            total += term
        return total
    # The terms that weigh anything, from one whose logarithm is known.
    width = int(12 * math.sqrt(max(mean, most)) + 40)
    first, last = max(0, min(most, int(mean)) - width), min(most, int(mean) + width)
    begin = first * math.log(mean) - mean - math.lgamma(first + 1) if mean > 0 else 0.0
    steps = np.log(mean / np.arange(first + 1, last + 1)) if mean > 0 else np.zeros(0)
    return float(min(1.0, np.exp(begin + np.concatenate([[0.0], np.cumsum(steps)])).sum()))


def _crossing(reach: Any, outside: float, inside: float) -> float:
    for _ in range(200):
        middle = (outside + inside) / 2
        if reach(middle) > 1:
            inside = middle
        else:
            outside = middle
    return (outside + inside) / 2
