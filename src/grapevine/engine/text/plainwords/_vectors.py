"""Words as rows of a binary COPY, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

MOST = 256
"""Texts of more words are left to the caller: these are sorted by insertion, which suits short ones."""


@njit(cache=True, nogil=True, boundscheck=False)
def rows(data: Any, numbers: Any) -> Any:  # pragma: no cover - compiled
    """The rows (number, tsvector), one after the other, and which texts were left out. `data` holds the words of each text, parted by
    spaces; a zero byte ends a text."""
    # A word of one letter takes two bytes in and four out; a row begins with 22.
    out = np.empty(data.size * 2 + numbers.size * 26, np.uint8)
    long = np.zeros(numbers.size, np.bool_)
    starts, sizes = np.empty(MOST, np.int64), np.empty(MOST, np.int64)
    used, at = 0, 0
    for n in range(numbers.size):
        count, at = _sorted(data, at, starts, sizes)
        if count < 0:
            long[n] = True
            continue
        length = 4
        for which in range(count):
            length += sizes[which] + 3
        used = _number(out, used, 2, 2)  # columns
        used = _number(out, used, 8, 4)
        used = _number(out, used, numbers[n], 8)
        used = _number(out, used, length, 4)
        used = _number(out, used, count, 4)
        for which in range(count):
            for place in range(starts[which], starts[which] + sizes[which]):
                out[used] = data[place]
                used += 1
            used = _number(out, used, 0, 3)  # its end, and no positions
    return out[:used], long


@njit(cache=True, nogil=True, boundscheck=False)
def _sorted(data: Any, at: int, starts: Any, sizes: Any) -> Any:  # pragma: no cover - compiled
    """How many different words the text at `at` has (-1: too many), in the order of their bytes, and where the next text begins."""
    count = 0
    while data[at] != 0:
        if data[at] == 32:
            at += 1
            continue
        start = at
        while data[at] != 32 and data[at] != 0:
            at += 1
        place, same = count, False
        while place > 0:
            order = _compare(data, start, at - start, starts[place - 1], sizes[place - 1])
            if order >= 0:
                same = order == 0
                break
            place -= 1
        if same:
            continue
        if count == MOST:
            while data[at] != 0:
                at += 1
            return -1, at + 1
        for later in range(count, place, -1):
            starts[later], sizes[later] = starts[later - 1], sizes[later - 1]
        starts[place], sizes[place] = start, at - start
        count += 1
    return count, at + 1


@njit(cache=True, nogil=True, boundscheck=False)
def _compare(data: Any, one: int, its: int, other: int, others: int) -> Any:  # pragma: no cover - compiled
    for place in range(min(its, others)):
        if data[one + place] != data[other + place]:
            return np.int64(data[one + place]) - np.int64(data[other + place])
    return its - others


@njit(cache=True, nogil=True, boundscheck=False)
def _number(out: Any, used: int, value: int, size: int) -> int:  # pragma: no cover - compiled
    for place in range(size):
        out[used + place] = (value >> (8 * (size - 1 - place))) & 0xFF
    return used + size
