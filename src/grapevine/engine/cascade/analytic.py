"""Watts' model on endless random networks with given degrees, answered without simulating.

Gleeson & Cahalane (2007) give the size that a share of seeds leads to; Watts (2002) the chance that one seed sets off a global cascade, and the
window of mean degrees in which it can. Both take the network as drawn at random but for its degrees: no clustering, no likes among likes.
Works with numpy alone; nothing is compiled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from grapevine.engine.cascade.errors import SpreadError

EXACT = 1e-16
TAIL = 1e-18
MOST_ROUNDS = 2_000_000
LARGEST_MEAN = 1000.0


@dataclass(frozen=True)
class Degrees:
    """A distribution of degrees: shares of people by degree."""

    degree: Any
    share: Any

    @property
    def mean(self) -> float:
        """The mean degree."""
        return float(self.degree @ self.share)


@dataclass(frozen=True)
class Foreseen:
    """What is known without simulating."""

    share: float
    """The share of people that the seeds lead to, themselves among them."""
    p_single_seed_global: float
    """The chance that one person, picked evenly, sets off a cascade through a positive share of an endless network."""
    vulnerable_reach: float
    """How many further people that one friend convinces a person newly convinced meets; above 1, one seed may be enough."""


def poisson(mean: float) -> Degrees:
    """Degrees of a network whose ties are drawn evenly."""
    if not 0 <= mean <= LARGEST_MEAN:
        raise SpreadError(f"The mean degree is {mean}; from 0 to {LARGEST_MEAN:g} is wanted.")
    if mean == 0:
        return Degrees(np.array([0]), np.array([1.0]))
    degree = np.arange(int(mean + 12 * math.sqrt(mean) + 40))
    log = degree * math.log(mean) - mean - np.array([math.lgamma(k + 1) for k in degree])
    share = np.exp(log)
    kept = share > TAIL
    return Degrees(degree[kept], share[kept] / share[kept].sum())


def regular(degree: int) -> Degrees:
    """Everybody has as many ties."""
    return Degrees(np.array([degree]), np.array([1.0]))


def of_degrees(degrees: Any) -> Degrees:
    """The degrees of a network that is there."""
    if len(degrees) == 0:
        raise SpreadError("A network without people has no degrees.")
    found, count = np.unique(np.asarray(degrees), return_counts=True)
    return Degrees(found, count / count.sum())


def needs(degrees: Any, threshold: float | str) -> Any:
    """How many friends it takes, by degree; as `models.watts.needs`."""
    share = as_fraction(threshold)
    return np.array([max(1, math.ceil(share * int(degree))) for degree in degrees])


def as_fraction(threshold: float | str) -> Fraction:
    """A threshold as the decimal fraction it is written as. Raises SpreadError when it isn't from 0 to 1."""
    try:
        share = Fraction(str(threshold))
    except (ValueError, ZeroDivisionError):
        raise SpreadError(f"The threshold is {threshold}; a number from 0 to 1 is wanted.") from None
    if not 0 <= share <= 1:
        raise SpreadError(f"The threshold is {threshold}; a number from 0 to 1 is wanted.")
    return share


def foresee(degrees: Degrees, threshold: float | str, seed_fraction: float) -> Foreseen:
    """All that is known for such degrees, threshold and share of seeds."""
    if not 0 <= seed_fraction <= 1:
        raise SpreadError(f"The share of seeds is {seed_fraction}; from 0 to 1 is wanted.")
    need = needs(degrees.degree, threshold)
    return Foreseen(
        _size(degrees, need, seed_fraction), _single(degrees, need), _vulnerable_reach(degrees, need)
    )


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


def _size(degrees: Degrees, need: Any, seeds: float) -> float:
    mean = degrees.mean
    if mean == 0:
        return seeds
    some = degrees.degree > 0
    at_end = degrees.degree[some] * degrees.share[some] / mean
    behind = _Tails(degrees.degree[some] - 1, need[some])

    def further(chance: float) -> float:
        return seeds + (1 - seeds) * float(at_end @ behind.at(chance))

    chance = _climb(further, seeds)
    convinced = _Tails(degrees.degree, need).at(chance)
    return float(min(1.0, seeds + (1 - seeds) * float(degrees.share @ convinced)))


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


def _single(degrees: Degrees, need: Any) -> float:
    """The chance that one of the seed's friends stands in the endless cluster of people whom one friend convinces."""
    mean = degrees.mean
    if mean == 0 or _vulnerable_reach(degrees, need) <= 1:
        return 0.0
    easy = (need == 1) & (degrees.degree > 0)
    at_end = degrees.degree[easy] * degrees.share[easy] / mean
    power = degrees.degree[easy] - 1
    whole = float(at_end[power > 0].sum())
    # The chance that a tie does lead there, climbed down from 1; so it is found whole, not as a difference of ones.
    leads = 1.0
    for _ in range(MOST_ROUNDS):
        new = float(at_end @ -np.expm1(power * np.log1p(-min(leads, 1 - 1e-17)))) if leads < 1 else whole
        if abs(new - leads) <= EXACT:
            break
        leads = new
    if leads >= 1:
        return float(1 - degrees.share[degrees.degree == 0].sum())
    return float(degrees.share @ -np.expm1(degrees.degree * math.log1p(-leads)))


def _vulnerable_reach(degrees: Degrees, need: Any) -> float:
    mean = degrees.mean
    if mean == 0:
        return 0.0
    easy = need == 1
    k = degrees.degree[easy].astype(np.float64)
    return float((k * (k - 1)) @ degrees.share[easy] / mean)


def poisson_window(threshold: float | str) -> tuple[float, float | None] | None:
    """Between which mean degrees one seed can set off a global cascade in a network whose ties are drawn evenly; None where there is no such
    mean. Where one friend convinces everybody there is no upper end.

    One friend convinces those with at most 1/threshold friends; in a Poisson network they are met `z · P(degree ≤ 1/threshold − 2)` times.
    """
    share = as_fraction(threshold)
    if share == 0:
        return 1.0, None
    largest = math.floor(1 / share)

    def reach(mean: float) -> float:
        term = total = math.exp(-mean)
        for k in range(1, largest - 1):
            term *= mean / k
            total += term
        return mean * total if largest >= 2 else 0.0

    if largest > 600:
        raise SpreadError(f"For a threshold of {threshold} the upper end lies above a mean degree of 600.")
    # The reach has one top: beyond it people have too many friends to be convinced by one.
    low, high = 0.0, float(2 * largest + 4)
    for _ in range(300):
        third = (high - low) / 3
        low, high = (low + third, high) if reach(low + third) < reach(high - third) else (low, high - third)
    top = (low + high) / 2
    if reach(top) <= 1:
        return None
    return _crossing(reach, 0.0, top), _crossing(reach, float(3 * largest + 40), top)


def _crossing(reach: Any, outside: float, inside: float) -> float:
    for _ in range(200):
        middle = (outside + inside) / 2
        if reach(middle) > 1:
            inside = middle
        else:
            outside = middle
    return (outside + inside) / 2
