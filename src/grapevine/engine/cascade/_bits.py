"""Sixty-four cascades of a threshold model at a time, a bit of a word each; counts are kept in binary, a word for every digit.

Who joins does not hang on the order in which people speak, so everybody waits until the sweep comes by, and then speaks for all runs that have
reached them meanwhile.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade._threshold import ONE
from grapevine.engine.graph._kernel import compiled, inner

NONE, ALL = np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)


@compiled
def digits_of(need: Any, digit_at: Any) -> None:
    """Where each person's digits lie: none are needed where one friend is enough."""
    for node in range(need.size):
        digits = 0
        while (1 << digits) < need[node]:
            digits += 1
        digit_at[node + 1] = digit_at[node] + digits


@compiled
def start_digits(need: Any, digit_at: Any, digits: Any) -> None:
    """Counters that overflow at the wanted count: they begin at 2^digits − need."""
    for node in range(need.size):
        width = digit_at[node + 1] - digit_at[node]
        begin = (1 << width) - need[node]
        for digit in range(width):
            digits[digit_at[node] + digit] = ALL if (begin >> digit) & 1 else NONE


@inner
def _speak(starts: Any, to: Any, digit_at: Any, digits: Any, active: Any, waiting: Any, node: Any) -> int:
    """One person tells all friends for all the runs that wait here; returns how many friends begin to wait."""
    lanes = waiting[node]
    waiting[node] = NONE
    woken = 0
    arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
    while arc < end:
        other = np.uint64(to[arc])
        arc += ONE
        carry = lanes
        digit, top = np.uint64(digit_at[other]), np.uint64(digit_at[other + ONE])
        while digit < top:
            kept = digits[digit]
            digits[digit] = kept ^ carry
            carry &= kept
            digit += ONE
        new = carry & ~active[other]
        if new != NONE:
            active[other] |= new
            woken += waiting[other] == NONE
            waiting[other] |= new
    return woken


@compiled
def run(
    starts: Any,
    to: Any,
    digit_at: Any,
    digits: Any,
    seed_sets: Any,
    active: Any,
    waiting: Any,
    queue: Any,
    sizes: Any,
) -> None:
    """Up to 64 runs, one set of seeds each. `digits` as they begin; `active` and `waiting` blank; then `active` holds who joined in which.

    First by a queue, as long as few wait; then by sweeps over everybody.
    """
    n = np.uint64(starts.size - 1)
    head = np.uint64(0)
    tail = np.uint64(0)
    room = np.uint64(queue.size)
    for lane in range(seed_sets.shape[0]):
        bit = ONE << np.uint64(lane)
        for seed in seed_sets[lane]:
            if waiting[seed] == NONE:
                queue[tail] = seed
                tail += ONE
            waiting[seed] |= bit
            active[seed] |= bit
    few = n // np.uint64(16)
    while head < tail and tail - head <= few:
        node = np.uint64(queue[head % room])
        head += ONE
        lanes = waiting[node]
        waiting[node] = NONE
        arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
        while arc < end:
            other = np.uint64(to[arc])
            arc += ONE
            carry = lanes
            digit, top = np.uint64(digit_at[other]), np.uint64(digit_at[other + ONE])
            while digit < top:
                kept = digits[digit]
                digits[digit] = kept ^ carry
                carry &= kept
                digit += ONE
            new = carry & ~active[other]
            if new != NONE:
                active[other] |= new
                if waiting[other] == NONE:
                    queue[tail % room] = other
                    tail += ONE
                waiting[other] |= new
    left = np.int64(tail - head)
    while left > 0:
        node = np.uint64(0)
        while node < n:
            if waiting[node] != NONE:
                left += _speak(starts, to, digit_at, digits, active, waiting, node) - 1
            node += ONE
    count(active, sizes)


@compiled
def count(active: Any, sizes: Any) -> None:
    """How many joined in each run: the words are added digit by digit, sixty-four counters at once."""
    total = np.zeros(32, np.uint64)
    for node in range(active.size):
        lanes = active[node]
        digit = 0
        while lanes != NONE:
            kept = total[digit]
            total[digit] = kept ^ lanes
            lanes &= kept
            digit += 1
    for lane in range(sizes.size):
        size: Any = 0
        for digit in range(32):
            size |= np.int64((total[digit] >> np.uint64(lane)) & ONE) << digit
        sizes[lane] = size
