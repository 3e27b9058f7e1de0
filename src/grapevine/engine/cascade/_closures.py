"""What cascades share. Whoever reaches the landmark, some person in the middle of a large cascade, reaches all that the landmark reaches; so
that is walked once, kept, and every cascade that comes to it goes on from there.

A person *leads* to the landmark when a chain of people who need one friend only goes from them to it. A run that meets somebody who leads is
given up, and its seeds are put on top of the kept state instead: the closure of the seeds and of the landmark's closure is the closure of the
seeds. What a run has changed is taken back afterwards, so its cost is what it adds. The sets are exactly those of single runs.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade._threshold import FAR, JOINED, ONE, look_ahead
from grapevine.engine.graph._kernel import compiled, inner


@compiled
def leads_to(in_at: Any, in_from: Any, need: Any, landmark: int, leads: Any, queue: Any) -> None:
    """Mark who leads to the landmark."""
    head = np.uint64(0)
    tail = ONE
    leads[landmark] = 1
    queue[0] = landmark
    far = in_from.size > FAR
    while head < tail:
        if far:
            look_ahead(in_at, in_from, leads, queue, head, tail)
        node = np.uint64(queue[head])
        head += ONE
        if need[node] != 1:
            continue
        arc, end = np.uint64(in_at[node]), np.uint64(in_at[node + ONE])
        while arc < end:
            other = np.uint64(in_from[arc])
            arc += ONE
            new = leads[other] == 0
            leads[other] = 1
            queue[tail] = other
            tail += np.uint64(new)


@inner
def _go(
    starts: Any, to: Any, left: Any, leads: Any, heed: bool, queue: Any, tail: Any
) -> tuple[Any, Any, bool]:
    """Let the queue speak until it is empty or, when asked to heed them, somebody who leads has joined."""
    head = np.uint64(0)
    while head < tail:
        node = np.uint64(queue[head])
        if heed and leads[node]:
            return head, tail, True
        head += ONE
        arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
        while arc < end:
            other = np.uint64(to[arc])
            arc += ONE
            rest = left[other] - 1
            left[other] = rest
            queue[tail] = other
            tail += np.uint64(rest == 0)
    return head, tail, False


@inner
def _take_back(starts: Any, to: Any, left: Any, queue: Any, spoken: Any) -> None:
    at = np.uint64(0)
    while at < spoken:
        node = np.uint64(queue[at])
        at += ONE
        arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
        while arc < end:
            left[np.uint64(to[arc])] += 1
            arc += ONE


@inner
def _share(
    in_at: Any, in_from: Any, left: Any, need: Any, sizes: Any, first: Any, size: int, stack: Any
) -> None:
    """Everybody in the cascade of `first` who leads to them has the same cascade: told now, never run."""
    top = ONE
    stack[0] = first
    while top > np.uint64(0):
        top -= ONE
        node = np.uint64(stack[top])
        if need[node] != 1:
            continue
        arc, end = np.uint64(in_at[node]), np.uint64(in_at[node + ONE])
        while arc < end:
            other = np.uint64(in_from[arc])
            arc += ONE
            if sizes[other] == 0 and left[other] <= 0:
                sizes[other] = size
                stack[top] = other
                top += ONE


@compiled
def every_seed(
    starts: Any,
    to: Any,
    in_at: Any,
    in_from: Any,
    need: Any,
    left: Any,
    kept: Any,
    leads: Any,
    common: int,
    queue: Any,
    stack: Any,
    sizes: Any,
    first: int,
    last: int,
) -> None:
    """The size of the cascade of every person alone, from a first to below a last one, and of others who have the same. `left` is a copy of `need`;
    `kept` the countdowns after the landmark's cascade, whose size is `common` (0: there is no landmark). A size that isn't 0 is left as it is."""  # fmt: skip
    end = np.uint64(last)
    seed = np.uint64(first)
    while seed < end:
        if sizes[seed] == 0:
            queue[0] = seed
            over = common > 0 and leads[seed] != 0
            if not over:
                left[seed] = JOINED
                head, tail, over = _go(starts, to, left, leads, common > 0, queue, ONE)
                if not over:
                    sizes[seed] = np.int64(tail)
                    if need[seed] == 1 and tail > ONE:
                        _share(in_at, in_from, left, need, sizes, seed, np.int64(tail), stack)
                _take_back(starts, to, left, queue, head)
                left[seed] = need[seed]
            if over:
                sizes[seed] = common
                if kept[seed] > 0:
                    before = kept[seed]
                    kept[seed] = JOINED
                    queue[0] = seed
                    head, tail, over = _go(starts, to, kept, leads, False, queue, ONE)
                    sizes[seed] = common + np.int64(tail)
                    _take_back(starts, to, kept, queue, head)
                    kept[seed] = before
        seed += ONE


@inner
def _put(seeds: Any, left: Any, queue: Any, before: Any) -> Any:
    tail = np.uint64(0)
    for seed in seeds:
        if left[seed] > 0:
            before[tail] = left[seed]
            left[seed] = JOINED
            queue[tail] = seed
            tail += ONE
    return tail


@inner
def _undo(starts: Any, to: Any, left: Any, queue: Any, head: Any, put: Any, before: Any) -> None:
    _take_back(starts, to, left, queue, head)
    for at in range(np.int64(put)):
        left[queue[at]] = before[at]


@compiled
def runs(
    starts: Any,
    to: Any,
    left: Any,
    kept: Any,
    leads: Any,
    common: int,
    seed_sets: Any,
    queue: Any,
    before: Any,
    sizes: Any,
    reached: Any,
) -> int:
    """Runs with a set of seeds each. Returns how many came to the landmark; those count in `reached` only whom they add to its cascade."""
    came = 0
    for run_ in range(sizes.size):
        seeds = seed_sets[run_]
        put = _put(seeds, left, queue, before)
        head, tail, over = _go(starts, to, left, leads, common > 0, queue, put)
        if not over and reached.size:
            for at in range(np.int64(tail)):
                reached[queue[at]] += 1
        sizes[run_] = np.int64(tail)
        _undo(starts, to, left, queue, head, put, before)
        if over:
            came += 1
            put = _put(seeds, kept, queue, before)
            head, tail, over = _go(starts, to, kept, leads, False, queue, put)
            sizes[run_] = common + np.int64(tail)
            if reached.size:
                for at in range(np.int64(tail)):
                    reached[queue[at]] += 1
            _undo(starts, to, kept, queue, head, put, before)
    return came


@compiled
def runs_in_bits(
    starts: Any,
    to: Any,
    left: Any,
    kept: Any,
    leads: Any,
    seed_sets: Any,
    queue: Any,
    before: Any,
    active: Any,
) -> None:
    """Up to 64 runs with a set of seeds each: `active`, blank before, tells by a bit of a word in which of them each person joins."""
    came = np.uint64(0)
    for lane in range(seed_sets.shape[0]):
        bit = ONE << np.uint64(lane)
        seeds = seed_sets[lane]
        put = _put(seeds, left, queue, before)
        head, tail, over = _go(starts, to, left, leads, True, queue, put)
        if not over:
            for at in range(np.int64(tail)):
                active[queue[at]] |= bit
        _undo(starts, to, left, queue, head, put, before)
        if over:
            came |= bit
            put = _put(seeds, kept, queue, before)
            head, tail, over = _go(starts, to, kept, leads, False, queue, put)
            for at in range(np.int64(tail)):
                active[queue[at]] |= bit
            _undo(starts, to, kept, queue, head, put, before)
    for node in range(kept.size):
        active[node] |= came if kept[node] <= 0 else np.uint64(0)
