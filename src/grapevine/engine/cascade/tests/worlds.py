"""Exact expected spreads of small graphs, as fractions: every world is walked and weighed."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product

Arcs = dict[tuple[int, int], Fraction]


def _reach(arcs: Iterable[tuple[int, int]], seeds: Iterable[int]) -> int:
    arcs, joined, size = list(arcs), set(seeds), -1
    while size != len(joined):
        size = len(joined)
        joined |= {v for u, v in arcs if u in joined}
    return size


def independent(arcs: Arcs, seeds: Iterable[int]) -> Fraction:
    """The independent cascade: every arc lives or not."""
    total, given = Fraction(0), list(seeds)
    for world in product((False, True), repeat=len(arcs)):
        chance = Fraction(1)
        for (_, share), lives in zip(arcs.items(), world, strict=True):
            chance *= share if lives else 1 - share
        if chance:
            total += chance * _reach([arc for arc, lives in zip(arcs, world, strict=True) if lives], given)
    return total


def linear(arcs: Arcs, seeds: Iterable[int]) -> Fraction:
    """The linear threshold model: everybody picks one of those who influence them, or nobody (Kempe, Kleinberg & Tardos 2003)."""
    total, given = Fraction(0), list(seeds)
    people = sorted({one for arc in arcs for one in arc})
    picks = []
    for v in people:
        mine = [(arc, share) for arc, share in arcs.items() if arc[1] == v]
        picks.append([*mine, (None, 1 - sum((share for _, share in mine), Fraction(0)))])
    for world in product(*picks):
        chance = Fraction(1)
        for _, share in world:
            chance *= share
        if chance:
            total += chance * _reach([arc for arc, _ in world if arc], given)
    return total
