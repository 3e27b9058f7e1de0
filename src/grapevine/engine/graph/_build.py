"""Arcs into rows: counting sorts, merged duplicates, the graph seen from the other end."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph._kernel import compiled

SUM, MOST, CHANCE = 0, 1, 2
MOST_WEIGHT = 1e30
"""Weights are kept as 32-bit floats, and so must the sum of many be."""


@compiled
def ranks(present: Any, renumbered: Any) -> int:
    """Number the ids that are present, ascending; returns how many there are."""
    count = 0
    for id in range(present.size):
        if present[id]:
            renumbered[id] = count
            count += 1
    return count


@compiled
def row_starts(keys: Any, starts: Any) -> None:
    """Where the row of each key begins; `starts` has one place more than there are keys, and is zero."""
    for i in range(keys.size):
        starts[keys[i] + 1] += 1
    for k in range(1, starts.size):
        starts[k] += starts[k - 1]


@compiled
def scatter(keys: Any, values: Any, weights: Any, starts: Any, to: Any, to_weights: Any) -> None:
    """Values into the rows of their keys, in the order they come. `starts` is moved on to the rows' ends."""
    weighted = weights.size > 0
    for i in range(keys.size):
        at = starts[keys[i]]
        starts[keys[i]] = at + 1
        to[at] = values[i]
        if weighted:
            to_weights[at] = weights[i]


@compiled
def spread_keys(starts: Any, keys: Any) -> None:
    """The key of every place of the rows."""
    for k in range(starts.size - 1):
        for at in range(starts[k], starts[k + 1]):
            keys[at] = k


@compiled
def merge(starts: Any, to: Any, weights: Any, how: int) -> int:
    """Make of equal neighbours in a row, which stand beside each other, one; returns how many arcs remain. Rows close up."""
    weighted = weights.size > 0
    put = 0
    begin = starts[0]
    for k in range(starts.size - 1):
        end = starts[k + 1]
        row = put
        for at in range(begin, end):
            if put > row and to[put - 1] == to[at]:
                if weighted:
                    if how == SUM:
                        weights[put - 1] += weights[at]
                    elif how == MOST:
                        weights[put - 1] = max(weights[put - 1], weights[at])
                    else:
                        weights[put - 1] = 1.0 - (1.0 - weights[put - 1]) * (1.0 - weights[at])
                continue
            to[put] = to[at]
            if weighted:
                weights[put] = weights[at]
            put += 1
        begin = end
        starts[k + 1] = put
    return put


@compiled
def without_loops(first: Any, second: Any, weights: Any) -> int:
    """Close up the ties over those of a person with themselves, in place; returns how many remain."""
    weighted = weights.size > 0
    put = 0
    for i in range(first.size):
        if first[i] != second[i]:
            first[put] = first[i]
            second[put] = second[i]
            if weighted:
                weights[put] = weights[i]
            put += 1
    return put


@compiled
def low_first(first: Any, second: Any) -> None:
    """Every tie from its lower end, in place."""
    for i in range(first.size):
        if first[i] > second[i]:
            first[i], second[i] = second[i], first[i]


@compiled
def fill_both(starts: Any, to: Any, weights: Any, both_at: Any, both_to: Any, both_weights: Any) -> None:
    """Rows from both ends, of rows that hold ties from their lower end: whom a person has below stands before whom they have above, so that rows
    ascend without sorting. `both_at` is blank, with one place more than there are people."""  # fmt: skip
    people = starts.size - 1
    weighted = weights.size > 0
    for u in range(people):
        both_at[u + 1] += starts[u + 1] - starts[u]
        for at in range(starts[u], starts[u + 1]):
            both_at[to[at] + 1] += 1
    for u in range(people):
        both_at[u + 1] += both_at[u]
    put = both_at[:people].copy()
    for u in range(people):
        for at in range(starts[u], starts[u + 1]):
            v = to[at]
            both_to[put[v]] = u
            if weighted:
                both_weights[put[v]] = weights[at]
            put[v] += 1
    for u in range(people):
        for at in range(starts[u], starts[u + 1]):
            both_to[put[u]] = to[at]
            if weighted:
                both_weights[put[u]] = weights[at]
            put[u] += 1


def both_ways(count: int, starts: Any, to: Any, weights: Any) -> tuple[Any, Any, Any]:
    """Rows from both ends: their starts, the others, and 32-bit weights (empty when there are none)."""
    both_at = np.zeros(count + 1, offsets_for(2 * to.size))
    both_to = np.empty(2 * to.size, np.int32)
    both_weights = np.empty(2 * weights.size, np.float32)
    fill_both(starts, to, weights, both_at, both_to, both_weights)
    return both_at, both_to, both_weights


def by_key(count: int, keys: Any, values: Any, weights: Any, offsets: Any) -> tuple[Any, Any, Any]:
    """Rows: their starts, the values by key, and their weights (empty when there are none)."""
    starts = np.zeros(count + 1, offsets)
    row_starts(keys, starts)
    to = np.empty(values.size, np.int32)
    to_weights = np.empty(weights.size, weights.dtype)
    moved = starts[:-1].copy()
    scatter(keys, values, weights, moved, to, to_weights)
    return starts, to, to_weights


def sorted_rows(count: int, first: Any, second: Any, weights: Any, how: int) -> tuple[Any, Any, Any]:
    """Rows of `first` with ascending `second`, every pair once. Two counting sorts: time and memory go with the arcs."""
    offsets = offsets_for(first.size)
    starts, by_second, by_weight = by_key(count, second, first, weights, offsets)
    keys = np.empty(first.size, np.int32)
    spread_keys(starts, keys)
    starts, to, to_weights = by_key(count, by_second, keys, by_weight, offsets)
    kept = merge(starts, to, to_weights, how)
    if kept < to.size:
        to, to_weights = to[:kept].copy(), to_weights[:kept].copy() if to_weights.size else to_weights
    return starts, to, to_weights


def turned(count: int, starts: Any, to: Any, weights: Any) -> tuple[Any, Any, Any]:
    """The same arcs by their other end; rows ascend."""
    keys = np.empty(to.size, np.int32)
    spread_keys(starts, keys)
    return by_key(count, to, keys, weights, starts.dtype)


def offsets_for(arcs: int) -> Any:
    """The smallest kind of whole number that counts so many arcs."""
    return np.int32 if arcs < 2**31 else np.int64
