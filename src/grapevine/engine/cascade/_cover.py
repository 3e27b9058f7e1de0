"""Choosing whoever meets most samples: the samples by person, and the greedy choice with its bound."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade._threshold import ONE
from grapevine.engine.graph._kernel import compiled, inner

POST = 6  # 2^6 entries from one signpost to the next


@compiled
def histogram_of(count: Any, allowed: Any, histogram: Any) -> None:
    """How many of those allowed have each count."""
    for node in range(count.size):
        if allowed[node]:
            histogram[count[node]] += 1


@compiled
def level(histogram: Any, wanted: int) -> int:
    """The largest count, 1 at least, that so many people have or exceed; 1 when there are fewer."""
    held = 0
    value = histogram.size - 1
    while value > 1:
        held += histogram[value]
        if held >= wanted:
            return value
        value -= 1
    return 1


@compiled
def places(count: Any, indexed: Any, at: Any) -> int:
    """Where the rows of those indexed begin; returns how long they are together."""
    at[0] = 0
    for node in range(count.size):
        at[node + 1] = at[node] + (count[node] if indexed[node] else 0)
    return at[count.size]


@compiled
def turn(entries: Any, size: int, indexed: Any, at: Any, inside: Any) -> None:
    """Where among the entries each of those indexed stands. `inside` has one place more than their rows, for what is said of all others: who is
    indexed is no branch to guess, nor is where a sample ends."""  # fmt: skip
    people = at.size - 1
    put = np.empty(people, np.uint64)
    for node in range(people):
        put[node] = at[node] if indexed[node] else at[people]
    place = np.uint64(0)
    while place < np.uint64(size):
        node_ = np.uint64(entries[place])
        to = put[node_]
        inside[to] = place
        put[node_] = to + np.uint64(indexed[node_])
        place += ONE


@compiled
def signposts(starts: Any, posts: Any) -> None:
    """The sample of every 64th entry, from which one goes on to that of any."""
    set_ = 0
    for post in range(posts.size):
        while starts[set_ + 1] <= post << POST:
            set_ += 1
        posts[post] = set_


@compiled
def order_by(count: Any, among: Any, most: int, order: Any) -> int:
    """People among some with a count above 0, the largest first, equals by number. Returns how many there are."""
    place = np.zeros(most + 2, np.int64)
    for node in range(count.size):
        if among[node]:
            place[count[node]] += 1
    at = 0
    for value in range(most, 0, -1):
        here = place[value]
        place[value] = at
        at += here
    for node in range(count.size):
        if among[node] and count[node] > 0:
            order[place[count[node]]] = node
            place[count[node]] += 1
    return at


@compiled
def meet(starts: Any, first: int, last: int, entries: Any, marked: Any) -> int:
    """How many of the samples `first` to below `last` hold somebody marked."""
    begin, end = np.uint64(starts[first]), np.uint64(starts[last])
    found = np.empty(4096, np.uint64)
    met = 0
    set_ = first
    last_met = -1
    while begin < end:
        # Who is marked is put down without a branch; only then is asked whose sample that is.
        stop = min(end, begin + np.uint64(4095))
        some = np.uint64(0)
        while begin < stop:
            found[some] = begin
            some += np.uint64(marked[np.uint64(entries[begin])])
            begin += ONE
        for one in range(np.int64(some)):
            place = np.int64(found[one])
            while starts[set_ + 1] <= place:
                set_ += 1
            met += set_ != last_met
            last_met = set_
    return met


@inner
def take(
    node: Any, at: Any, inside: Any, posts: Any, starts: Any, entries: Any, covered: Any, count: Any, allowed: Any, histogram: Any
) -> None:  # fmt: skip
    """Cover all samples with somebody in it; others' counts lose what is covered, and the histogram, unless it is empty, follows."""
    counts = histogram.size > 0
    for row in range(at[node], at[node + 1]):
        place = np.int64(inside[row])
        set_ = np.int64(posts[place >> POST])
        while starts[set_ + 1] <= place:
            set_ += 1
        if covered[set_]:
            continue
        covered[set_] = 1
        for one in range(starts[set_], starts[set_ + 1]):
            other = np.uint64(entries[one])
            before = count[other]
            count[other] = before - 1
            if counts and allowed[other]:
                histogram[before] -= 1
                histogram[before - 1] += 1


@compiled
def take_all(
    nodes: Any,
    at: Any,
    inside: Any,
    posts: Any,
    starts: Any,
    entries: Any,
    covered: Any,
    count: Any,
    allowed: Any,
) -> int:
    """Cover all samples of several people; returns how many that is."""
    none = np.empty(0, np.int64)
    met = 0
    for node in nodes:
        met += count[node]
        take(node, at, inside, posts, starts, entries, covered, count, allowed, none)
    return met


@inner
def _top(histogram: Any, peak: int, k: int) -> int:
    """The k largest counts together."""
    held, total, value = 0, 0, peak
    while value > 0 and held < k:
        here = min(histogram[value], k - held)
        held += here
        total += here * value
        value -= 1
    return total


@compiled
def greedy(k: int, at: Any, inside: Any, posts: Any, starts: Any, entries: Any, covered: Any, count: Any, allowed: Any, histogram: Any, order: Any,
           candidates: int, floor: int, chosen: Any, gains: Any) -> Any:  # fmt: skip
    """Pick k people, each time whoever meets most of the samples not met yet. Returns how many were picked, the best bound there is on what any k
    people meet (what is met after some picks, and the k largest counts then), and whether it came to its end: somebody who is no candidate
    may meet up to `floor`, so where the best meets no more, it doesn't know whom to pick.

    Counts only fall, so whoever stood behind the best by their first count is not asked. Bounds are reckoned so often as costs no more than
    going through the samples.
    """  # fmt: skip
    first = count.copy()
    peak = histogram.size - 1
    seldom = 1 + (k * peak) // (4 * starts[starts.size - 1] + 1)
    met = 0
    bound: Any = np.int64(2**62)
    picked = 0
    while True:
        while peak > 0 and histogram[peak] == 0:
            peak -= 1
        best = -1
        for place in range(candidates):
            node = order[place]
            if best >= 0 and first[node] <= count[best]:
                break
            if count[node] > 0 and (best < 0 or count[node] > count[best]):
                best = node
        over = picked == k or peak == 0
        if not over and (best < 0 or count[best] <= floor):
            return picked, bound, False
        if over or picked % seldom == 0:
            bound = min(bound, met + _top(histogram, peak, k))
        if over:
            return picked, bound, True
        gains[picked] = count[best]
        met += count[best]
        chosen[picked] = best
        picked += 1
        take(best, at, inside, posts, starts, entries, covered, count, allowed, histogram)
