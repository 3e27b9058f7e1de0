"""Cascades in which passing on takes time: friends are told after a while, talk dies down, and a brief reaches people from outside."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.cascade._threshold import ONE, finish
from grapevine.engine.graph._kernel import compiled, inner

FAR = 2**30


@inner
def waits(word: Any, chance: float) -> Any:
    """At which try, from 1, a chance a try comes true for the first time; FAR when not within 2³⁰ tries."""
    if chance >= 1.0:
        return 1
    if chance <= 0.0:
        return FAR
    tries = np.floor(np.log(1.0 - _dice.unit(word)) / np.log1p(-chance))
    return FAR if tries >= FAR - 1 else 1 + np.int64(tries)


@inner
def _expect(
    node: Any, step: int, mark: Any, arrive: Any, stamp: Any, first: Any, then: Any, who: Any, events: int
) -> int:
    """Note that somebody may join at a step; the earliest note counts. Returns how many notes there are."""
    if stamp[node] == mark and arrive[node] <= step:
        return events
    stamp[node] = mark
    arrive[node] = step
    who[events] = node
    then[events] = first[step]
    first[step] = events
    return events + 1


@compiled
def runs(
    starts: Any,
    to: Any,
    chances: Any,
    forget: float,
    outside: float,
    brief: int,
    horizon: int,
    seed: Any,
    first_run: int,
    seed_sets: Any,
    stamp: Any,
    arrive: Any,
    first: Any,
    then: Any,
    who: Any,
    queue: Any,
    sizes: Any,
    curves: Any,
    reached: Any,
) -> None:
    """Runs of `horizon` steps. In every step somebody who talks tells each friend with the arc's chance, and falls silent with the chance `forget` after it;
    in the first `brief` steps everybody is reached from outside with the chance `outside` a step.

    `first` has room for the steps from 0 to `horizon`, `then` and `who` for two notes per person and one per arc."""  # fmt: skip
    each = chances.size > 1
    steps = curves.shape[1]
    told = -np.expm1(brief * np.log1p(-outside)) if 0.0 < outside < 1.0 else outside
    for run_ in range(sizes.size):
        key = _dice.key_of(seed, 4, first_run + run_)
        talk, beyond = _dice.mix(key + np.uint64(1)), _dice.mix(key + np.uint64(2))
        mark = stamp.dtype.type(first_run + run_ + 1)
        first[:] = -1
        events = 0
        for one in seed_sets[run_ if seed_sets.shape[0] > 1 else 0]:
            events = _expect(np.uint64(one), 0, mark, arrive, stamp, first, then, who, events)
        if outside > 0.0 and brief > 0:
            for person in range(starts.size - 1):
                word = _dice.at(beyond, person)
                if _dice.unit(word) <= told:
                    step = waits(word, outside)
                    if step <= min(brief, horizon):
                        events = _expect(
                            np.uint64(person), step, mark, arrive, stamp, first, then, who, events
                        )
        tail = np.uint64(0)
        for step in range(horizon + 1):
            at = first[step]
            while at >= 0:
                node = np.uint64(who[at])
                at = then[at]
                if arrive[node] != step:
                    continue  # joined earlier than was noted here
                queue[tail] = node
                tail += ONE
                talks = waits(_dice.at(talk, node), forget)
                arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
                while arc < end:
                    after = waits(_dice.at(key, arc), chances[arc if each else np.uint64(0)])
                    if after <= talks and step + after <= horizon:
                        events = _expect(
                            np.uint64(to[arc]), step + after, mark, arrive, stamp, first, then, who, events
                        )
                    arc += ONE
            if step < steps:
                curves[run_, step] = tail
        finish(run_, horizon + 1, tail, queue, sizes, curves, reached)
