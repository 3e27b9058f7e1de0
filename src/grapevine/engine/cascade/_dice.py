"""Chance that is a function: of a seed, a run and a place, and of nothing else.

So a cascade is the same whatever the order in which arcs are looked at, however runs are grouped, and on however many threads; and a plain
reference that rolls the same dice must find the same people. The mixing is that of splitmix64 (Steele, Lea & Flood 2014; Stafford's
constants), used as a counter-based generator: what run r rolls at place p is `mix(key(seed, stream, r) + p · STEP)`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph._kernel import inner

STEP = np.uint64(0x9E3779B97F4A7C15)
_A = np.uint64(0xBF58476D1CE4E5B9)
_B = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _32, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32), np.uint64(11)
ALWAYS = np.uint32(0xFFFFFFFF)  # the chance 1, which 32 binary digits can't say
_UNIT = 2.0**-53


@inner
def mix(word: Any) -> Any:
    """Every bit of the result hangs on every bit of the word."""
    word = (word ^ (word >> _30)) * _A
    word = (word ^ (word >> _27)) * _B
    return word ^ (word >> _31)


@inner
def at(key: Any, place: Any) -> Any:
    """What is rolled at a place."""
    return mix(key + np.uint64(place) * STEP)


@inner
def unit(word: Any) -> float:
    """A number from 0 to below 1."""
    return float(word >> _11) * _UNIT


@inner
def below(word: Any, count: int) -> Any:
    """A whole number from 0 to below `count`, which is less than 2³¹."""
    return np.int64(((word >> _32) * np.uint64(count)) >> _32)


@inner
def key_of(seed: Any, stream: Any, number: Any) -> Any:
    """One key for one run, set or world."""
    key = mix(mix(np.uint64(seed) + STEP) + np.uint64(stream) * _A)
    return mix(key + np.uint64(number) * _B)


def chance32(chances: Any) -> Any:
    """Chances as kernels take them: in units of 2⁻³², the nearest; what is 1 stays certain."""
    told = np.asarray(chances, np.float64)
    small = np.minimum(np.rint(told * 2.0**32), 2.0**32 - 2).astype(np.uint32)
    return np.where(told >= 1.0, ALWAYS, small).astype(np.uint32)
