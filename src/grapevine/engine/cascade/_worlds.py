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
_NEAR, _FAR = np.uint64(12), np.uint64(24)  # who hands on so many places later is asked for now


@inner
def _follow(at: Any, from_: Any, weights: Any, key: Any, follows: Any, state: Any) -> None:
    """Whom everybody follows; those who follow nobody, a place behind all people. `state` counts followers in its low digits: afterwards, because a
    loop that does nothing else has many more looks at memory under way at once."""  # fmt: skip
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
        first = last
        node += ONE
    node = NONE
    while node < people:
        state[np.uint64(follows[node])] += state.dtype.type(1)
        node += ONE


@inner
def _hand_on(follows: Any, state: Any, low: Any, queue: Any) -> None:
    """Sizes, in the high digits of `state`, from those nobody follows on to those they follow."""
    people = np.uint64(follows.size)
    tail = NONE
    node = NONE
    while node < people:
        queue[tail] = node
        tail += np.uint64(np.uint64(state[node]) & low == NONE)
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
        now = np.uint64(state[one]) + (np.uint64(state[node]) & ~low) - ONE
        state[one] = now
        queue[tail] = one
        # The place behind all people takes from everybody, holds nothing that is looked at, and hands nothing on.
        tail += np.uint64((now & low == NONE) & (one != people))


@inner
def _round(follows: Any, state: Any, low: Any, node: Any) -> None:
    """Everybody on a ring has the size of the whole ring."""
    total = NONE
    one = node
    while True:
        total += np.uint64(state[one]) & ~low
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
    digits: int,
    queue: Any,
    sizes: Any,
    squares: Any,
) -> None:
    """Worlds `first` to below `last`: adds to `sizes` how many each person reaches, and to `squares` the square of it. `weights` by in-arc, in units
    of 2⁻³²; none: all who influence a person alike. `state` has a place more than there are people; `digits` of its binary digits count followers,
    the others sizes."""  # fmt: skip
    people = np.uint64(at.size - 1)
    high = np.uint64(digits)
    low = (ONE << high) - ONE
    alone = ONE << high  # a size of one, and nobody who still has to hand on
    state[:] = alone
    for world in range(first, last):
        _follow(at, from_, weights, _dice.key_of(seed, 6, world), follows, state)
        _hand_on(follows, state, low, queue)
        node = NONE
        while node < people:
            if np.uint64(state[node]) & low != NONE:
                _round(follows, state, low, node)
            size = np.int64(np.uint64(state[node]) >> high)
            sizes[node] += size
            squares[node] += size * size
            state[node] = alone
            node += ONE
