"""Loops over who had heard what when: exposures, and the steps of expectation and maximisation."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph._kernel import compiled


@compiled
def exposures(in_at: Any, in_from: Any, at: Any, before: Any) -> None:
    """For everybody, how many of those who influence them had joined before they did (all who ever did, for whoever never joined)."""
    for node in range(at.size):
        for arc in range(in_at[node], in_at[node + 1]):
            before[node] += at[in_from[arc]] < at[node]


@compiled
def heard(in_at: Any, in_from: Any, at: Any, people: Any, starts: Any, arcs: Any, when: Any) -> None:
    """Of each of some people, along which in-arcs they had heard of it before they joined, and when."""
    for place in range(people.size):
        node = people[place]
        end = starts[place]
        for arc in range(in_at[node], in_at[node + 1]):
            theirs = at[in_from[arc]]
            if theirs < at[node]:
                arcs[end] = arc
                when[end] = theirs
                end += 1


@compiled
def improve(starts: Any, may: Any, delay: Any, which: Any, rows: Any, chance: Any, rate: float, credit: Any, asked: Any,
            times: Any) -> float:  # fmt: skip
    """One step of EM (Saito, Kimura, Ohara & Motoda 2009): a friend convinces with a chance, and then it takes a while, exponentially.

    Row by row, a person in a cascade: `may` tells of each friend's try whether it may have convinced (after `delay`) or failed. Who convinced is
    shared out; a try that would have come later, had not another been first, counts for what it is worth. `times` becomes how many convinced, and
    how long those that will have convinced had by then. Returns the log-likelihood.
    """
    credit[:] = 0.0
    asked[:] = 0.0
    times[:] = 0.0
    told = 0.0
    for place in range(rows.size):
        first, last = starts[rows[place]], starts[rows[place] + 1]
        least = np.inf
        for entry in range(first, last):
            if may[entry]:
                least = min(least, delay[entry])
        total = 0.0
        for entry in range(first, last):
            p = chance[which[entry]]
            if may[entry]:
                not_yet = p * np.exp(-rate * delay[entry]) + 1.0 - p
                told += np.log(not_yet)
                total += p * np.exp(-rate * (delay[entry] - least)) / not_yet
            else:
                asked[which[entry]] += 1.0
                told += np.log1p(-p)
        if least == np.inf:
            continue
        told += np.log(total) + np.log(rate) - rate * least
        for entry in range(first, last):
            if may[entry]:
                p = chance[which[entry]]
                later = p * np.exp(-rate * delay[entry])
                not_yet = later + 1.0 - p
                was = p * np.exp(-rate * (delay[entry] - least)) / not_yet / total
                would = was + (1.0 - was) * later / not_yet
                credit[which[entry]] += would
                asked[which[entry]] += 1.0
                times[0] += was
                times[1] += would * delay[entry]
    return told


@compiled
def parents(in_at: Any, in_from: Any, at: Any, window: float, order: Any, depth: Any, children: Any) -> int:
    """Give everybody who joined the friend who joined last before them as parent. Returns how many have one; `order` is by time."""
    found = 0
    for place in range(order.size):
        node = order[place]
        best = -1
        for arc in range(in_at[node], in_at[node + 1]):
            other = in_from[arc]
            if at[other] < at[node] and at[node] - at[other] <= window and (best < 0 or at[other] > at[best]):
                best = other
        if best >= 0:
            found += 1
            depth[node] = depth[best] + 1
            children[best] += 1
    return found
