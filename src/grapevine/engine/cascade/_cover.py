"""Choosing whoever meets most samples: the samples by person, and the greedy choice with its bound."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph._kernel import compiled, inner


@compiled
def turn(starts: Any, sets: int, entries: Any, count: Any, at: Any, inside: Any) -> None:
    """In which samples each person stands: `count` how many, `at` and `inside` the rows."""
    count[:] = 0
    for place in range(starts[sets]):
        count[entries[place]] += 1
    at[0] = 0
    for node in range(count.size):
        at[node + 1] = at[node] + count[node]
    for set_ in range(sets):
        for place in range(starts[set_], starts[set_ + 1]):
            node = entries[place]
            inside[at[node]] = set_
            at[node] += 1
    for node in range(count.size, 0, -1):
        at[node] = at[node - 1]
    at[0] = 0


@compiled
def order_by(count: Any, histogram: Any, order: Any) -> int:
    """People with some count, the largest first, equals by number; `histogram` has a place for every count. Returns how many there are."""
    for node in range(count.size):
        histogram[count[node]] += 1
    place = np.empty(histogram.size, np.int64)
    at = 0
    for value in range(histogram.size - 1, 0, -1):
        place[value] = at
        at += histogram[value]
    for node in range(count.size):
        if count[node] > 0:
            order[place[count[node]]] = node
            place[count[node]] += 1
    return at


@inner
def take(node: Any, at: Any, inside: Any, starts: Any, entries: Any, covered: Any, count: Any) -> None:
    """Cover all samples with somebody in it; others' counts lose what is covered."""
    for place in range(at[node], at[node + 1]):
        set_ = inside[place]
        if covered[set_]:
            continue
        covered[set_] = 1
        for other in range(starts[set_], starts[set_ + 1]):
            count[entries[other]] -= 1


@compiled
def take_all(nodes: Any, at: Any, inside: Any, starts: Any, entries: Any, covered: Any, count: Any) -> int:
    """Cover all samples of several people; returns how many that are."""
    before = 0
    for node in nodes:
        before += count[node]
        take(node, at, inside, starts, entries, covered, count)
    return before


@compiled
def greedy(k: int, at: Any, inside: Any, starts: Any, entries: Any, covered: Any, count: Any, order: Any, candidates: int, allowed: Any,
           chosen: Any, gains: Any) -> Any:  # fmt: skip
    """Pick k people, each time whoever meets most of the samples not met yet. Returns the best bound there is on what any k people meet: what is
    met after some picks, and the k largest counts then.

    Counts only fall, so whoever stood behind the best by their first count is not asked.
    """  # fmt: skip
    first = count.copy()
    met = 0
    bound: Any = np.int64(2**62)
    picked = 0
    scratch = np.empty(k, np.int64)
    while True:
        # The k largest counts now, by a small heap over the candidates that can still matter.
        held = 0
        best = -1
        for place in range(candidates):
            node = order[place]
            if held == k and first[node] <= scratch[0] and (best >= 0 and first[node] <= count[best]):
                break
            if not allowed[node]:
                continue
            value = count[node]
            if value > 0 and (best < 0 or value > count[best]):
                best = node
            if held < k:
                scratch[held] = value
                child = held
                held += 1
                while child > 0 and scratch[(child - 1) // 2] > scratch[child]:
                    scratch[child], scratch[(child - 1) // 2] = scratch[(child - 1) // 2], scratch[child]
                    child = (child - 1) // 2
            elif value > scratch[0]:
                scratch[0] = value
                parent = 0
                while True:
                    child = 2 * parent + 1
                    if child >= k:
                        break
                    if child + 1 < k and scratch[child + 1] < scratch[child]:
                        child += 1
                    if scratch[parent] <= scratch[child]:
                        break
                    scratch[parent], scratch[child] = scratch[child], scratch[parent]
                    parent = child
        top = 0
        for place in range(held):
            top += scratch[place]
        if met + top < bound:
            bound = met + top
        if picked == k or best < 0:
            break
        gains[picked] = count[best]
        met += count[best]
        chosen[picked] = best
        picked += 1
        take(best, at, inside, starts, entries, covered, count)
    return picked, met, bound
