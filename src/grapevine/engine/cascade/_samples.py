"""Reverse samples: who could have reached one person, picked evenly, in one world. A set of seeds reaches that share of all people, on average,
that it meets of the samples (Borgs, Brautbar, Chayes & Lucier 2014).

Sample s of a stream hangs on the seed, the stream and s alone. So samples needn't be kept to be asked a second time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.cascade._threshold import ONE
from grapevine.engine.graph._kernel import compiled, inner

TABLE, ARCS, EVEN, WEIGHED = 0, 1, 2, 3
_32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
NONE = np.uint64(0)


@inner
def _meet(node: Any, mark: Any, stamp: Any, out: Any, end: Any, stop: Any) -> tuple[Any, bool]:
    """One more person in the sample, unless they are in it; and whether they are one of those we look for."""
    new = stamp[node] != mark
    stamp[node] = mark
    out[end] = node
    return end + np.uint64(new), stop.size > 0 and stop[node] != 0


@inner
def _grow(
    kind: int,
    at: Any,
    from_: Any,
    table_at: Any,
    table: Any,
    given: Any,
    key: Any,
    mark: Any,
    stamp: Any,
    out: Any,
    begin: Any,
    stop: Any,
) -> tuple[Any, bool]:
    """One sample into `out` from `begin`; returns its end, and whether it stopped at somebody looked for."""
    people = at.size - 1
    rolled = np.uint64(1)
    end, found = _meet(np.uint64(_dice.below(_dice.at(key, NONE), people)), mark, stamp, out, begin, stop)
    if found:
        return end, True
    head = begin
    while head < end:
        node = np.uint64(out[head])
        head += ONE
        first, last = np.uint64(at[node]), np.uint64(at[node + ONE])
        degree = last - first
        if degree == NONE:
            continue
        if kind == ARCS:
            while first < last:
                other = np.uint64(from_[first])
                chance = np.uint64(given[first])
                first += ONE
                if stamp[other] == mark:
                    continue
                roll = _dice.at(key, rolled) >> _32
                rolled += ONE
                if roll < chance or chance == _LOW:
                    end, found = _meet(other, mark, stamp, out, end, stop)
                    if found:
                        return end, True
            continue
        word = _dice.at(key, rolled)
        rolled += ONE
        if kind == WEIGHED:
            roll = np.int64(word >> _32)
            while first < last:
                roll -= given[first]
                if roll < 0:
                    end, found = _meet(np.uint64(from_[first]), mark, stamp, out, end, stop)
                    break
                first += ONE
        elif kind == EVEN:
            pick = ((word >> _32) * degree) >> _32
            end, found = _meet(np.uint64(from_[first + pick]), mark, stamp, out, end, stop)
        else:
            # How many of the arcs live is rolled by the high half of a word, which one it is by the low half.
            roll = word >> _32
            row, row_end = np.uint64(table_at[degree]), np.uint64(table_at[degree + ONE])
            count = NONE
            while row < row_end and roll >= np.uint64(table[row]):
                row += ONE
                count += ONE
            if count == ONE:
                pick = ((word & _LOW) * degree) >> _32
                end, found = _meet(np.uint64(from_[first + pick]), mark, stamp, out, end, stop)
            elif count > ONE:
                # Which ones: going through the arcs, each of those left is taken with the chance wanted / left.
                left = degree
                while count > NONE:
                    pick = ((_dice.at(key, rolled) >> _32) * left) >> _32
                    rolled += ONE
                    if pick < count:
                        end, found = _meet(np.uint64(from_[first]), mark, stamp, out, end, stop)
                        if found:
                            return end, True
                        count -= ONE
                    first += ONE
                    left -= ONE
        if found:
            return end, True
    return end, False


@compiled
def sample(
    kind: int,
    at: Any,
    from_: Any,
    table_at: Any,
    table: Any,
    given: Any,
    seed: Any,
    stream: int,
    first: int,
    last: int,
    stamp: Any,
    out: Any,
    begin: int,
    starts: Any,
) -> int:
    """Samples `first` to below `last` into `out` from `begin` on, as long as there is room for one more of any size; `starts[s + 1]` becomes the
    end of sample s. Returns the number of the first sample not drawn."""  # fmt: skip
    none = np.empty(0, np.uint8)
    base = _dice.key_of(seed, stream, 0)
    end = np.uint64(begin)
    room = np.uint64(out.size - at.size)
    number = first
    while number < last and end <= room:
        key = _dice.mix(base + np.uint64(number) * _dice._B)
        end, _ = _grow(
            kind, at, from_, table_at, table, given, key, stamp.dtype.type(number + 1), stamp, out, end, none
        )
        number += 1
        starts[number] = end
    return number


@compiled
def hits(
    kind: int,
    at: Any,
    from_: Any,
    table_at: Any,
    table: Any,
    given: Any,
    seed: Any,
    stream: int,
    first: int,
    last: int,
    stamp: Any,
    out: Any,
    seeds: Any,
) -> int:
    """How many of the samples `first` to below `last` meet somebody marked in `seeds`. Each stops where it does."""
    base = _dice.key_of(seed, stream, 0)
    count = 0
    for number in range(first, last):
        key = _dice.mix(base + np.uint64(number) * _dice._B)
        _, found = _grow(
            kind,
            at,
            from_,
            table_at,
            table,
            given,
            key,
            stamp.dtype.type(number + 1),
            stamp,
            out,
            NONE,
            seeds,
        )
        count += found
    return count
