"""How far everybody reaches in the linear threshold model, all at once. In each world a person follows one of those who influence them, or nobody
(Kempe, Kleinberg & Tardos 2003), so a world is a forest but for some rings; whom a person reaches is whoever follows them, directly or through
others, and themselves. Sizes are handed on from those nobody follows to those they follow, until only rings are left; there everybody reaches all
that hangs on the ring.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.cascade._threshold import ONE
from grapevine.engine.graph._kernel import compiled, fetch, inner

NONE = np.uint64(0)
_32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_SIZES = np.uint64(0xFFFFFFFF00000000)
ALONE = np.uint64(1 << 32)  # a size of one, and nobody who still has to hand on
_NEAR, _FAR = np.uint64(12), np.uint64(24)  # who hands on so many places later is asked for now


@inner
def _follow(at: Any, from_: Any, weights: Any, key: Any, follows: Any, state: Any) -> None:
    """Whom everybody follows; those who follow nobody, a place behind all people. `state` counts followers in its low half."""
    people = np.uint64(at.size - 1)
    node = NONE
    first = np.uint64(at[NONE])
    even = weights.size == 0
    while node < people:
        last = np.uint64(at[node + ONE])
        word = _dice.at(key, node + ONE)
        one = people
        if even:
            if last > first:
                one = np.uint64(from_[first + (((word & _LOW) * (last - first)) >> _32)])
        else:
            left = np.int64(word >> _32)
            arc = first
            while arc < last:
                left -= weights[arc]
                if left < 0:
                    one = np.uint64(from_[arc])
                    break
                arc += ONE
        follows[node] = one
        state[one] += ONE
        first = last
        node += ONE


@inner
def _hand_on(follows: Any, state: Any, queue: Any) -> None:
    """Sizes, in the high half of `state`, from those nobody follows on to those they follow."""
    people = np.uint64(follows.size)
    tail = NONE
    node = NONE
    while node < people:
        queue[tail] = node
        tail += np.uint64(state[node] & _LOW == NONE)
        node += ONE
    head = NONE
    while head < tail:
        if head + _FAR < tail:
            ahead = np.uint64(queue[head + _FAR])
            fetch(follows, ahead)
            fetch(state, ahead)
            fetch(state, np.uint64(follows[np.uint64(queue[head + _NEAR])]))
        node = np.uint64(queue[head])
        head += ONE
        one = np.uint64(follows[node])
        now = state[one] + (state[node] & _SIZES) - ONE
        state[one] = now
        queue[tail] = one
        tail += np.uint64(now & _LOW == NONE)


@inner
def _round(follows: Any, state: Any, node: Any) -> None:
    """Everybody on a ring has the size of the whole ring."""
    total = NONE
    one = node
    while True:
        total += state[one] & _SIZES
        one = np.uint64(follows[one])
        if one == node:
            break
    while True:
        state[one] = total
        one = np.uint64(follows[one])
        if one == node:
            break


@compiled
def linear(
    at: Any,
    from_: Any,
    weights: Any,
    seed: Any,
    first: int,
    last: int,
    follows: Any,
    state: Any,
    queue: Any,
    sizes: Any,
    squares: Any,
) -> None:
    """Worlds `first` to below `last`: adds to `sizes` how many each person reaches, and to `squares` the square of it. `weights` by in-arc, in units
    of 2⁻³²; none: all who influence a person alike."""  # fmt: skip
    people = np.uint64(at.size - 1)
    state[:] = ALONE
    for world in range(first, last):
        _follow(at, from_, weights, _dice.key_of(seed, 6, world), follows, state)
        state[people] = _LOW  # never done: whoever follows nobody hands on to here
        _hand_on(follows, state, queue)
        node = NONE
        while node < people:
            if state[node] & _LOW != NONE:
                _round(follows, state, node)
            size = np.int64(state[node] >> _32)
            sizes[node] += size
            squares[node] += size * size
            state[node] = ALONE
            node += ONE
