"""What is counted of a network: loops over rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph._kernel import compiled, inner


@inner
def _root(parent: Any, node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@compiled
def components(starts: Any, to: Any, parent: Any) -> None:
    """Give everybody the smallest number of those they hang together with, whichever way influence flows."""
    n = starts.size - 1
    for node in range(n):
        parent[node] = node
    for node in range(n):
        for at in range(starts[node], starts[node + 1]):
            one, other = _root(parent, node), _root(parent, to[at])
            if one < other:
                parent[other] = one
            elif other < one:
                parent[one] = other
    for node in range(n):
        parent[node] = _root(parent, node)


@compiled
def cores(starts: Any, to: Any, core: Any, order: Any, place: Any, begins: Any) -> None:
    """Core numbers of an undirected graph: peel whoever has the fewest ties left (Batagelj and Zaversnik 2003)."""
    n = starts.size - 1
    for node in range(n):
        core[node] = starts[node + 1] - starts[node]
        begins[core[node] + 1] += 1
    for degree in range(1, begins.size):
        begins[degree] += begins[degree - 1]
    fill = begins.copy()
    for node in range(n):
        place[node] = fill[core[node]]
        order[place[node]] = node
        fill[core[node]] += 1
    for at in range(n):
        node = order[at]
        for arc in range(starts[node], starts[node + 1]):
            other = to[arc]
            degree = core[other]
            if degree > core[node]:
                # Swap with the first of the same degree, then let the border pass.
                first_place = begins[degree]
                first = order[first_place]
                if first != other:
                    order[first_place], order[place[other]] = other, first
                    place[first], place[other] = place[other], first_place
                begins[degree] = first_place + 1
                core[other] = degree - 1


@compiled
def triangles(starts: Any, to: Any, count: Any) -> None:
    """In how many triangles each person of an undirected graph stands. Each is found once, from its end with the fewest ties:
    arcs point to those with more, so that no row is longer than the root of twice the ties."""
    n = starts.size - 1
    up_at = np.zeros(n + 1, np.int64)
    for node in range(n):
        mine = starts[node + 1] - starts[node]
        kept = 0
        for arc in range(starts[node], starts[node + 1]):
            theirs = starts[to[arc] + 1] - starts[to[arc]]
            if theirs > mine or (theirs == mine and to[arc] > node):
                kept += 1
        up_at[node + 1] = up_at[node] + kept
    up = np.empty(up_at[n], np.int32)
    for node in range(n):
        mine = starts[node + 1] - starts[node]
        put = up_at[node]
        for arc in range(starts[node], starts[node + 1]):
            theirs = starts[to[arc] + 1] - starts[to[arc]]
            if theirs > mine or (theirs == mine and to[arc] > node):
                up[put] = to[arc]
                put += 1
    seen_by = np.full(n, -1, np.int32)
    for node in range(n):
        for arc in range(up_at[node], up_at[node + 1]):
            seen_by[up[arc]] = node
        for arc in range(up_at[node], up_at[node + 1]):
            other = up[arc]
            for further in range(up_at[other], up_at[other + 1]):
                third = up[further]
                if seen_by[third] == node:
                    count[node] += 1
                    count[other] += 1
                    count[third] += 1


@compiled
def correlation(starts: Any, to: Any, of_source: Any, of_target: Any) -> float:
    """Pearson's correlation of what is told of both ends, over all arcs; not a number when one side doesn't vary."""
    arcs = to.size
    if arcs == 0:
        return np.nan
    mean_source = 0.0
    mean_target = 0.0
    for node in range(starts.size - 1):
        mean_source += float(of_source[node]) * (starts[node + 1] - starts[node])
        for arc in range(starts[node], starts[node + 1]):
            mean_target += of_target[to[arc]]
    mean_source /= arcs
    mean_target /= arcs
    both = 0.0
    source = 0.0
    target = 0.0
    for node in range(starts.size - 1):
        here = of_source[node] - mean_source
        source += here * here * (starts[node + 1] - starts[node])
        for arc in range(starts[node], starts[node + 1]):
            there = of_target[to[arc]] - mean_target
            both += here * there
            target += there * there
    if source <= 0.0 or target <= 0.0:
        return np.nan
    return both / np.sqrt(source * target)


@compiled
def answered(starts: Any, to: Any) -> int:
    """How many arcs have one back. Rows ascend."""
    count = 0
    for node in range(starts.size - 1):
        for arc in range(starts[node], starts[node + 1]):
            other = to[arc]
            low, high = starts[other], starts[other + 1]
            while low < high:
                middle = (low + high) // 2
                if to[middle] < node:
                    low = middle + 1
                else:
                    high = middle
            if low < starts[other + 1] and to[low] == node:
                count += 1
    return count
