"""The independent cascade: whoever has joined gets one chance at each friend."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.cascade._threshold import FAR, ONE, finish, look_ahead
from grapevine.engine.graph._kernel import compiled, inner

_32 = np.uint64(32)
_ALWAYS = np.uint64(0xFFFFFFFF)


@compiled
def runs(
    starts: Any,
    to: Any,
    chances: Any,
    seed: Any,
    first_run: int,
    seed_sets: Any,
    joined: Any,
    queue: Any,
    sizes: Any,
    curves: Any,
    reached: Any,
) -> None:
    """Runs with one set of seeds each, or one for all. `chances` in units of 2⁻³² by out-arc, or one for all; `joined` is blank, before and
    after."""  # fmt: skip
    each = chances.size > 1
    far = to.size > FAR
    steps = curves.shape[1]
    for run_ in range(sizes.size):
        key = _dice.key_of(seed, 0, first_run + run_)
        tail = np.uint64(0)
        for one in seed_sets[run_ if seed_sets.shape[0] > 1 else 0]:
            if joined[one] == 0:
                joined[one] = 1
                queue[tail] = one
                tail += ONE
        head = np.uint64(0)
        step = 0
        while head < tail:
            border = tail if steps else np.uint64(queue.size)
            if step < steps:
                curves[run_, step] = tail
            while head < min(border, tail):
                if far:
                    look_ahead(starts, to, joined, queue, head, tail)
                tail = speak(starts, to, chances, each, key, joined, queue, head, tail)
                head += ONE
            step += 1
        finish(run_, step, tail, queue, sizes, curves, reached)
        for at in range(np.int64(tail)):
            joined[queue[at]] = 0


@inner
def speak(
    starts: Any, to: Any, chances: Any, each: bool, key: Any, joined: Any, queue: Any, head: Any, tail: Any
) -> Any:
    """One person tries all friends who haven't joined; returns the queue's new end. Their dice are a row of their own."""
    node = np.uint64(queue[head])
    arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
    word = _dice.at(key, node)
    while arc < end:
        other = np.uint64(to[arc])
        chance = np.uint64(chances[arc if each else np.uint64(0)])
        # All is reckoned for every friend, joined or not: that is cheaper than a branch the processor can't guess.
        won = np.uint64((word >> _32 < chance) | (chance == _ALWAYS))
        word = _dice.next_in_row(word)
        old = np.uint64(joined[other])
        won &= old ^ ONE
        joined[other] = old | won
        queue[tail] = other
        tail += won
        arc += ONE
    return tail
