"""Loops over who had heard what when: exposures, and the steps of expectation and maximisation."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph._kernel import compiled


@compiled
def exposures(in_at: Any, in_from: Any, at: Any, before: Any, ever: Any) -> None:
    """For everybody, how many of those who influence them had joined before they did (all who ever did, for whoever never joined)."""
    for node in range(at.size):
        for arc in range(in_at[node], in_at[node + 1]):
            when = at[in_from[arc]]
            if when < np.inf:
                ever[node] += 1
                before[node] += when < at[node]


@compiled
def tries(in_at: Any, in_from: Any, at: Any, window: float, kind: Any) -> None:
    """What each in-arc may have done: 1 a try that may have convinced (joined after, within the window), −1 one that failed (didn't join within the
    window after), 0 none."""
    for node in range(at.size):
        mine = at[node]
        for arc in range(in_at[node], in_at[node + 1]):
            theirs = at[in_from[arc]]
            if not theirs < np.inf or mine <= theirs:
                continue
            kind[arc] = 1 if mine < np.inf and mine - theirs <= window else -1


@compiled
def improve(in_at: Any, kind: Any, group: Any, chance: Any, credit: Any, asked: Any, people: Any) -> float:
    """One step of EM (Saito, Nakano & Kimura 2008) for chances by group of arcs: who convinced, shared out by their chances. Returns the log-likelihood."""
    credit[:] = 0.0
    asked[:] = 0.0
    told = 0.0
    for place in range(people.size):
        node = people[place]
        none = 1.0
        for arc in range(in_at[node], in_at[node + 1]):
            if kind[arc] == 1:
                none *= 1.0 - chance[group[arc]]
        some = 1.0 - none
        tried = False
        for arc in range(in_at[node], in_at[node + 1]):
            if kind[arc] == 1:
                tried = True
                asked[group[arc]] += 1.0
                if some > 0.0:
                    credit[group[arc]] += chance[group[arc]] / some
            elif kind[arc] == -1:
                asked[group[arc]] += 1.0
                told += np.log(max(1e-300, 1.0 - chance[group[arc]]))
        if tried:
            told += np.log(max(1e-300, some))
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
