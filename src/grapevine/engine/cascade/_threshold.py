"""Cascades of threshold models: a countdown per person of how many more friends it takes. It is state, threshold and mark at once: zero is
the moment of joining, and what comes later only counts on below.

Places are 64-bit without sign, because numba asks of every other kind whether it counts from the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.graph._kernel import compiled, fetch, inner

ONE = np.uint64(1)
# So many people before their turn: where a row is, the row, and those in it.
AHEAD, NEARER, NEAR = np.uint64(24), np.uint64(16), np.uint64(8)
FAR = 1 << 18  # with more arcs than that; the caches hold fewer
JOINED = -1  # what a seed's countdown is set to
NEVER = 2**30
UNIFORM, NORMAL = 0, 1


@inner
def place(seeds: Any, left: Any, queue: Any) -> Any:
    """Seeds into the queue, each once."""
    tail = np.uint64(0)
    for seed in seeds:
        if left[seed] > 0:
            left[seed] = JOINED
            queue[tail] = seed
            tail += ONE
    return tail


@inner
def speak(starts: Any, to: Any, left: Any, queue: Any, head: Any, tail: Any) -> Any:
    """One person tells all their friends; returns the queue's new end."""
    node = np.uint64(queue[head])
    arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
    while arc < end:
        other = np.uint64(to[arc])
        arc += ONE
        rest = left[other] - 1
        left[other] = rest
        # Written always, counted only when it is so: no branch to guess.
        queue[tail] = other
        tail += np.uint64(rest == 0)
    return tail


@inner
def look_ahead(starts: Any, to: Any, state: Any, queue: Any, head: Any, tail: Any) -> None:
    """Have what those who speak soon will touch brought in: their rows, and the state of the first friends in them."""
    if head + AHEAD < tail:
        fetch(starts, np.uint64(queue[head + AHEAD]))
        fetch(to, np.uint64(starts[np.uint64(queue[head + NEARER])]))
        last = np.uint64(to.size - 1)
        first = np.uint64(starts[np.uint64(queue[head + NEAR])])
        for friend in range(3):
            fetch(state, np.uint64(to[min(first + np.uint64(friend), last)]))


@compiled
def run(starts: Any, to: Any, left: Any, seeds: Any, queue: Any) -> Any:
    """One cascade. `left` counts down; `queue`, with room for one more than there are people, holds who joined in order. Returns how many."""
    tail = place(seeds, left, queue)
    far = to.size > FAR
    head = np.uint64(0)
    while head < tail:
        if far:
            look_ahead(starts, to, left, queue, head, tail)
        tail = speak(starts, to, left, queue, head, tail)
        head += ONE
    return np.int64(tail)


@compiled
def run_in_steps(starts: Any, to: Any, left: Any, seeds: Any, queue: Any, ends: Any) -> int:
    """Like `run`, step by step: `ends[t]` becomes how many had joined by step t; returns the number of steps taken."""
    tail = place(seeds, left, queue)
    far = to.size > FAR
    head = np.uint64(0)
    step = 0
    ends[0] = tail
    while head < tail:
        border = tail
        while head < border:
            if far:
                look_ahead(starts, to, left, queue, head, tail)
            tail = speak(starts, to, left, queue, head, tail)
            head += ONE
        if tail > border:
            step += 1
            ends[step] = tail
    return step


@inner
def drawn(key: Any, node: Any, degree: int, kind: int, first: float, second: float) -> Any:
    """How many friends it takes for somebody whose threshold is drawn: at least one; never, when it is above all of them."""
    word = _dice.at(key, node)
    if kind == UNIFORM:
        share = first + (second - first) * _dice.unit(word)
    else:
        angle = 2.0 * np.pi * _dice.unit(_dice.mix(word + _dice.STEP))
        share = first + second * np.sqrt(-2.0 * np.log(1.0 - _dice.unit(word))) * np.cos(angle)
    wanted = np.ceil(share * degree - 1e-12)
    if wanted > degree:
        return NEVER
    return max(1, np.int64(wanted))


@compiled
def drawn_runs(
    starts: Any,
    to: Any,
    in_degree: Any,
    weights: Any,
    kind: int,
    first: float,
    second: float,
    seed: Any,
    first_run: int,
    seed_sets: Any,
    stamp: Any,
    left: Any,
    queue: Any,
    sizes: Any,
    curves: Any,
    reached: Any,
) -> None:
    """Runs whose thresholds are drawn anew in each, when somebody is first spoken to.

    Without weights a friend counts one; with them (units of 2⁻³², by out-arc, whole numbers so that no order matters) a friend counts the
    weight, and the threshold is drawn evenly (Kempe, Kleinberg & Tardos 2003). `stamp` and `left` are per person, kept from run to run.
    """  # fmt: skip
    weighted = weights.size > 0
    far = to.size > FAR
    steps = curves.shape[1]
    for run_ in range(sizes.size):
        key = _dice.key_of(seed, 1, first_run + run_)
        mark = stamp.dtype.type(first_run + run_ + 1)
        tail = np.uint64(0)
        for one in seed_sets[run_ if seed_sets.shape[0] > 1 else 0]:
            if stamp[one] != mark:
                stamp[one] = mark
                left[one] = JOINED
                queue[tail] = one
                tail += ONE
        head = np.uint64(0)
        step = 0
        while head < tail:
            border = tail
            if step < steps:
                curves[run_, step] = tail
            while head < border:
                if far:
                    look_ahead(starts, to, stamp, queue, head, tail)
                node = np.uint64(queue[head])
                head += ONE
                arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
                while arc < end:
                    other = np.uint64(to[arc])
                    if stamp[other] != mark:
                        stamp[other] = mark
                        if weighted:
                            left[other] = np.int64(_dice.at(key, other) >> np.uint64(32)) + 1
                        else:
                            left[other] = drawn(key, other, in_degree[other], kind, first, second)
                    rest = left[other]
                    if rest > 0:
                        rest -= np.int64(weights[arc]) if weighted else 1
                        left[other] = rest
                        if rest <= 0:
                            queue[tail] = other
                            tail += ONE
                    arc += ONE
            step += 1
        finish(run_, step, tail, queue, sizes, curves, reached)


@inner
def finish(run_: int, step: int, tail: Any, queue: Any, sizes: Any, curves: Any, reached: Any) -> None:
    """Keep what a run came to: its size, its curve to the end, and who was reached, as far as there is room for them."""
    sizes[run_] = tail
    for later in range(step, curves.shape[1]):
        curves[run_, later] = tail
    if reached.size:
        for at in range(np.int64(tail)):
            reached[queue[at]] += 1
