"""A batch of texts through the model, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from grapevine.engine.text.reading._features import FACTS, facts, grams
from grapevine.engine.text.reading._tokens import SPEED, tokenise

LANES = 16
"""Heads that a row of the packed table has room for."""
ZERO = 128
"""What stands for a weight of 0 in the packed table, whose bytes know no sign."""
_EVEN, _BYTE, _LANE = np.uint64(0x00FF00FF00FF00FF), np.uint64(8), np.uint64(0xFFFF)
_MOST = 256  # bytes that sixteen bits can add up


@njit(inline="always")
def gather(buckets: Any, found: Any, table: Any, total: Any) -> Any:  # pragma: no cover - compiled
    """Add up the rows of the buckets into `total` (LANES,): eight weights at a time, in lanes of sixteen bits within words of 64."""
    total[:] = 0
    k = 0
    while k < found:
        stop = min(found, k + _MOST)
        took = stop - k
        a = b = c = d = np.uint64(0)
        while k < stop:
            low, high = table[buckets[k], 0], table[buckets[k], 1]
            a += low & _EVEN
            b += (low >> _BYTE) & _EVEN
            c += high & _EVEN
            d += (high >> _BYTE) & _EVEN
            k += 1
        for lane in range(4):
            by = np.uint64(16 * lane)
            total[2 * lane] += np.int32((a >> by) & _LANE) - ZERO * took
            total[2 * lane + 1] += np.int32((b >> by) & _LANE) - ZERO * took
            total[2 * lane + 8] += np.int32((c >> by) & _LANE) - ZERO * took
            total[2 * lane + 9] += np.int32((d >> by) & _LANE) - ZERO * took


@njit(**SPEED)
def score(
    codes: Any, offsets: Any, kinds: Any, lower: Any, bare: Any, domains: Any, marks: Any, room: Any, buckets: Any,
    table: Any, bits: Any, scale: Any, bias: Any, weights: Any, shelf: Any, first_language: Any, places: Any, given: Any,
) -> Any:  # fmt: skip  # pragma: no cover - compiled
    """The sums of each head (n, heads) and the facts (n, FACTS) of n texts.

    `table`: uint64 (2**bits, 2), see `fast.Model.packed`; `weights`: float32 (FACTS, heads), read for the heads before `first_language`; those from
    there on are languages, whose places on the shelf are `places` (-1: none). `given`: a place on the shelf for each text where the language is
    known, -2 where it is to be read.
    """
    n, heads = offsets.size - 1, bias.size
    sums = np.empty((n, heads), np.float32)
    told = np.empty((n, FACTS), np.float32)
    sizes = np.empty(n, np.int32)
    total = np.empty(LANES, np.int32)
    for t in range(n):
        count = tokenise(codes, offsets[t], offsets[t + 1], kinds, lower, bare, domains, marks, room)
        found = grams(room, count, bits, buckets)
        sizes[t] = count
        gather(buckets, found, table, total)
        share = np.float32(1.0) / np.sqrt(np.float32(max(found, 1)))
        for h in range(heads):
            sums[t, h] = bias[h] + np.float32(total[h]) * scale[h] * share
        language = given[t]
        if language == -2:
            best = first_language
            for h in range(first_language, first_language + places.size):
                if sums[t, h] > sums[t, best]:
                    best = h
            language = places[best - first_language] if count else -1
        facts(room, count, shelf, language, told[t])
        for f in range(FACTS):
            value = told[t, f]
            if value != 0.0:
                for h in range(first_language):
                    sums[t, h] += value * weights[f, h]
    return sums, told, sizes


@njit(**SPEED)
def emit(
    codes: Any, offsets: Any, kinds: Any, lower: Any, bare: Any, domains: Any, marks: Any, room: Any, buckets: Any,
    bits: Any, shelf: Any, given: Any, out: Any, ends: Any, told: Any,
) -> Any:  # fmt: skip  # pragma: no cover - compiled
    """For training: the buckets of each text one after the other in `out` (uint32) with `ends`, and its facts. Returns the sum."""
    used = 0
    for t in range(offsets.size - 1):
        count = tokenise(codes, offsets[t], offsets[t + 1], kinds, lower, bare, domains, marks, room)
        found = grams(room, count, bits, buckets)
        for k in range(found):
            out[used + k] = buckets[k]
        used += found
        ends[t + 1] = used
        facts(room, count, shelf, given[t], told[t])
    return used
