"""Reverse samples: who could have reached one person, picked evenly, in one world. A set of seeds reaches that share of all people, on average,
that it meets of the samples (Borgs, Brautbar, Chayes & Lucier 2014).

World s of a stream hangs on the seed, the stream and s alone: which of a person's arcs live in it is a function of the world's key and the
person, whoever asks and in whatever order. So samples needn't be kept to be asked a second time, and up to 64 of them grow at once in one queue,
a bit of a word telling in which of them a person is: the processor always has somebody else to turn to while it waits for memory.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.cascade._threshold import ONE
from grapevine.engine.graph._kernel import compiled, inner

COUNTED, ARCS, WEIGHED = 0, 1, 2
LANES = 64
FEW = 3  # so many counts of live arcs have their own columns
EASY = 4096  # above this degree one roll's low half is not enough for two places
_32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(64)
NONE = np.uint64(0)
NEVER = 2**32  # what no roll reaches


@inner
def _put(other: Any, lane: Any, wanted: Any, seen: Any, queue: Any, lanes: Any, tail: Any) -> Any:
    """One more person in a sample, if that is wanted and they aren't in it; returns the queue's new end. No branch to guess."""
    old = seen[other]
    new = wanted & np.uint64((old >> lane) & ONE == NONE)
    seen[other] = old | (new << lane)
    queue[tail] = other
    lanes[tail] = lane
    return tail + new


@inner
def _many(
    row: Any, end: Any, count: Any, first: Any, degree: Any, word: Any, from_: Any, lane: Any, table: Any, took: Any, seen: Any, queue: Any,
    lanes: Any, tail: Any,
) -> Any:  # fmt: skip
    """Three live arcs or more: how many, by going on in the table; which ones, by Floyd's way, where no try is in vain."""
    roll = word >> _32
    while row < end and roll >= table[row]:
        row += ONE
        count += ONE
    taken = NONE
    kept = NONE
    top = degree - count
    while top < degree:
        word = _dice.mix(word + _dice.STEP)
        place = ((word >> _32) * (top + ONE)) >> _32
        if degree <= _WORD:
            place = top if (taken >> place) & ONE else place
            taken |= ONE << place
        else:
            at = NONE
            while at < kept and took[at] != place:
                at += ONE
            place = top if at < kept else place
            took[kept] = place
            kept += ONE
        tail = _put(np.uint64(from_[first + place]), lane, ONE, seen, queue, lanes, tail)
        top += ONE
    return tail


@inner
def _wave(
    kind: int, at: Any, from_: Any, few: Any, table_at: Any, table: Any, given: Any, base: Any, number: int, count: int, seen: Any, queue: Any,
    lanes: Any, keys: Any, took: Any, stop: Any,
) -> tuple[Any, Any, bool]:  # fmt: skip
    """Samples `number` to below `number + count`, no more than 64, side by side. `queue` and `lanes` become who is in which, `seen` the same by
    person. With `stop`, samples end at somebody marked there. Returns the queue's end, which samples met such a one, and whether there was
    room."""  # fmt: skip
    people = np.uint64(at.size - 1)
    looks = stop.size > 0
    met = NONE
    tail = NONE
    for lane_ in range(count):
        key = _dice.mix(base + np.uint64(number + lane_) * _dice._B)
        keys[lane_] = key
        root = ((key >> _32) * people) >> _32
        tail = _put(root, np.uint64(lane_), ONE, seen, queue, lanes, tail)
    last = np.uint64(max(from_.size, 1) - 1)
    room = np.uint64(queue.size)
    head = NONE
    while head < tail:
        node = np.uint64(queue[head])
        lane = np.uint64(lanes[head])
        head += ONE
        if looks:
            done = (met >> lane) & ONE | np.uint64(stop[node])
            met |= done << lane
            if done != NONE:
                continue
        first = np.uint64(at[node])
        degree = np.uint64(at[node + ONE]) - first
        if tail + degree + np.uint64(2) > room:
            return tail, met, False
        key = keys[lane]
        if kind == COUNTED:
            # How many of the arcs live is rolled by the high half of a word, which ones they are by the low half.
            word = _dice.at(key, node + ONE)
            roll = word >> _32
            column = degree * np.uint64(FEW)
            if roll < few[column + np.uint64(2)]:
                if from_.size == 0:
                    continue
                wide = (word & _LOW) * degree
                one = wide >> _32
                two = ((wide & _LOW) * (degree - np.uint64(degree > NONE))) >> _32
                two += np.uint64(two >= one)
                tail = _put(
                    np.uint64(from_[min(first + one, last)]), lane, np.uint64(roll >= few[column]), seen, queue, lanes, tail
                )  # fmt: skip
                tail = _put(
                    np.uint64(from_[min(first + two, last)]), lane, np.uint64(roll >= few[column + ONE]), seen, queue, lanes, tail
                )  # fmt: skip
            else:
                known = np.uint64(3 if degree <= np.uint64(EASY) else 2)
                row, end = np.uint64(table_at[degree]), np.uint64(table_at[degree + ONE])
                tail = _many(
                    row + known, end, known, first, degree, word, from_, lane, table, took, seen, queue, lanes, tail
                )  # fmt: skip
        elif kind == ARCS:
            end = first + degree
            while first < end:
                chance = np.uint64(given[first])
                roll = _dice.at(key, first + ONE) >> _32
                lives = np.uint64((roll < chance) | (chance == _LOW))
                tail = _put(np.uint64(from_[first]), lane, lives, seen, queue, lanes, tail)
                first += ONE
        else:
            end = first + degree
            left = np.int64(_dice.at(key, node + ONE) >> _32)
            while first < end:
                left -= given[first]
                if left < 0:
                    tail = _put(np.uint64(from_[first]), lane, ONE, seen, queue, lanes, tail)
                    break
                first += ONE
    return tail, met, True


@inner
def _clear(queue: Any, tail: Any, seen: Any) -> None:
    place = NONE
    while place < tail:
        seen[np.uint64(queue[place])] = NONE
        place += ONE


@inner
def _lanes_after(side: int, tail: Any, fits: bool, room: int) -> int:
    """How many samples grow side by side next: fewer when there was no room, more when there is plenty. Changes no sample."""
    if not fits:
        return max(1, side // 4)
    return min(LANES, side * 2) if np.int64(tail) * 4 < room else side


@compiled
def sample(
    kind: int, at: Any, from_: Any, few: Any, table_at: Any, table: Any, given: Any, seed: Any, stream: int, first: int, last: int, seen: Any,
    queue: Any, lanes: Any, out: Any, begin: int, starts: Any, since: int, count: Any,
) -> int:  # fmt: skip
    """Samples `first` to below `last` into `out` from `begin` on, as long as there is room; `starts[s − since + 1]` becomes the end of sample s,
    and `count` is added in how many each person stands. Returns the number of the first sample not drawn. `seen` is blank, before and after."""  # fmt: skip
    none = np.empty(0, np.uint8)
    keys, took = np.empty(LANES, np.uint64), np.empty(table.size + 1, np.uint64)
    place = np.empty(LANES + 1, np.int64)
    base = _dice.key_of(seed, stream, 0)
    end: Any = begin
    number = first
    side = LANES
    while number < last:
        some = min(side, last - number)
        tail, _, fits = _wave(
            kind, at, from_, few, table_at, table, given, base, number, some, seen, queue, lanes, keys, took, none
        )  # fmt: skip
        side = _lanes_after(side, tail, fits, queue.size)
        if not fits:
            _clear(queue, tail, seen)
            continue
        if end + np.int64(tail) > out.size:
            _clear(queue, tail, seen)
            break
        place[:] = 0
        for each in range(np.int64(tail)):
            place[np.uint64(lanes[each]) + ONE] += 1
        place[0] = end
        for lane in range(some):
            place[lane + 1] += place[lane]
            starts[number - since + lane + 1] = place[lane + 1]
        for each in range(np.int64(tail)):
            node = np.uint64(queue[each])
            mine = np.uint64(lanes[each])
            out[place[mine]] = node
            place[mine] += 1
            count[node] += 1
            seen[node] = NONE
        end += np.int64(tail)
        number += some
    return number


@compiled
def hits(
    kind: int, at: Any, from_: Any, few: Any, table_at: Any, table: Any, given: Any, seed: Any, stream: int, first: int, last: int, seen: Any,
    queue: Any, lanes: Any, seeds: Any,
) -> int:  # fmt: skip
    """How many of the samples `first` to below `last` meet somebody marked in `seeds`. Each stops where it does."""
    keys, took = np.empty(LANES, np.uint64), np.empty(table.size + 1, np.uint64)
    base = _dice.key_of(seed, stream, 0)
    found = 0
    number = first
    side = LANES
    while number < last:
        some = min(side, last - number)
        tail, met, fits = _wave(
            kind, at, from_, few, table_at, table, given, base, number, some, seen, queue, lanes, keys, took, seeds
        )  # fmt: skip
        side = _lanes_after(side, tail, fits, queue.size)
        _clear(queue, tail, seen)
        if not fits:
            continue
        while met != NONE:
            met &= met - ONE
            found += 1
        number += some
    return found


@compiled
def tally(
    kind: int, at: Any, from_: Any, few: Any, table_at: Any, table: Any, given: Any, seed: Any, stream: int, first: int, last: int, seen: Any,
    queue: Any, lanes: Any, count: Any,
) -> None:  # fmt: skip
    """Add to `count` in how many of the samples `first` to below `last` each person stands."""
    none = np.empty(0, np.uint8)
    keys, took = np.empty(LANES, np.uint64), np.empty(table.size + 1, np.uint64)
    base = _dice.key_of(seed, stream, 0)
    number = first
    side = LANES
    while number < last:
        some = min(side, last - number)
        tail, _, fits = _wave(
            kind, at, from_, few, table_at, table, given, base, number, some, seen, queue, lanes, keys, took, none
        )  # fmt: skip
        side = _lanes_after(side, tail, fits, queue.size)
        if fits:
            for each in range(np.int64(tail)):
                count[queue[each]] += 1
            number += some
        _clear(queue, tail, seen)


@compiled
def binomials(occurs: Any, chances: Any, table_at: Any, table: Any) -> int:
    """For every degree that occurs: the chance, in units of 2⁻³², that at most 0, 1, 2 … of its arcs live, as far as it differs from 1. Only
    counts where `table` is empty; returns how many there are."""  # fmt: skip
    put = 0
    for degree in range(occurs.size):
        if occurs[degree]:
            chance = chances[degree]
            total = 0.0
            for count in range(degree):
                if chance < 1.0 and (chance > 0.0 or count == 0):
                    ways = math.lgamma(degree + 1) - math.lgamma(count + 1) - math.lgamma(degree - count + 1)
                    power = count * math.log(chance) if count else 0.0
                    total += math.exp(ways + power + (degree - count) * math.log1p(-chance))
                told = min(np.uint64(np.rint(total * 4294967296.0)), np.uint64(NEVER))
                if told == np.uint64(NEVER) and count:
                    break
                if table.size:
                    table[put] = told
                put += 1
        table_at[degree + 1] = put
    return put


@compiled
def columns(occurs: Any, table_at: Any, table: Any, few: Any) -> None:
    """The first rows of the table, in columns of one width: what a roll must reach for one arc to live, for two, for three."""
    for degree in range(occurs.size):
        row, end = table_at[degree], table_at[degree + 1]
        for count in range(FEW):
            few[degree * FEW + count] = table[row + count] if row + count < end else np.uint64(NEVER)
        if degree > EASY:
            few[degree * FEW + 2] = few[degree * FEW + 1]
