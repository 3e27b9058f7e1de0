"""The independent cascade: whoever has joined gets one chance at each friend."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.cascade._threshold import ONE, finish, look_ahead
from grapevine.engine.graph._kernel import compiled, inner


@compiled
def runs(
    starts: Any,
    to: Any,
    chances: Any,
    seed: Any,
    first_run: int,
    seed_sets: Any,
    stamp: Any,
    queue: Any,
    sizes: Any,
    curves: Any,
    reached: Any,
) -> None:
    """Runs with one set of seeds each, or one for all. `chances` in units of 2⁻³² by out-arc, or one for all; `stamp` tells by the number of
    the run who has joined in it."""  # fmt: skip
    each = chances.size > 1
    steps = curves.shape[1]
    for run_ in range(sizes.size):
        key = _dice.key_of(seed, 0, first_run + run_)
        mark = stamp.dtype.type(first_run + run_ + 1)
        tail = np.uint64(0)
        for one in seed_sets[run_ if seed_sets.shape[0] > 1 else 0]:
            if stamp[one] != mark:
                stamp[one] = mark
                queue[tail] = one
                tail += ONE
        head = np.uint64(0)
        step = 0
        while head < tail:
            border = tail
            if step < steps:
                curves[run_, step] = tail
            while head < border:
                look_ahead(starts, to, queue, head, tail)
                tail = speak(starts, to, chances, each, key, mark, stamp, queue, head, tail)
                head += ONE
            step += 1
        finish(run_, step, tail, queue, sizes, curves, reached)


@inner
def speak(
    starts: Any,
    to: Any,
    chances: Any,
    each: bool,
    key: Any,
    mark: Any,
    stamp: Any,
    queue: Any,
    head: Any,
    tail: Any,
) -> Any:
    """One person tries all friends who haven't joined; returns the queue's new end."""
    node = np.uint64(queue[head])
    arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
    while arc < end:
        other = np.uint64(to[arc])
        chance = np.uint64(chances[arc if each else np.uint64(0)])
        old = stamp[other]
        # All is reckoned for every friend, joined or not: that is cheaper than a branch the processor can't guess.
        roll = _dice.at(key, arc) >> np.uint64(32)
        won = (old != mark) & ((roll < chance) | (chance == np.uint64(0xFFFFFFFF)))
        stamp[other] = mark if won else old
        queue[tail] = other
        tail += np.uint64(won)
        arc += ONE
    return tail
