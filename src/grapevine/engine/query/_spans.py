"""Where the parts of a NEAR or phrase stand: lists of spans, joined.

A span is (first << 32 | last) in one integer, so that sorting orders by first. The lists lie behind one another in `stack.spans`; `stack.tops`
holds where each begins. Whatever the post, the work is bounded: past a limit the answer is "look again" instead of more work.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from grapevine.engine.query._kernel import apart, inner
from grapevine.engine.query._tokenise import ENTRIES, TEXT_BEGINS
from grapevine.engine.query._vectors import equal_mask, lowest_bit

# Fields that a part may be bound to.
ANYWHERE, IN_TITLE, IN_TEXT = range(3)
# Posts with more entries than this are indexed; in shorter ones looking through all of them is faster.
MANY = 64
# The most that is tried for the windows of one watch on one post.
MOST_STEPS = 20_000_000

LISTS, OVERFLOWED, INDEXED, STEPS = range(4)
_SPAN_LAST = 0xFFFFFFFF


class Stack(NamedTuple):
    """Scratch of the evaluation of one watch on one post."""

    spans: Any  # int64
    tops: Any  # int64 per list: where it begins; one more for the end
    answers: Any  # int64: values of the boolean stack
    state: Any  # int64: LISTS in use, OVERFLOWED, whether the post is INDEXED, STEPS taken
    heads: Any  # int32 per slot: the first entry with such a hash, or -1
    nexts: Any  # int32 per entry: the next entry of the same slot, or -1


@apart
def sort(values: Any, begin: Any, end: Any) -> Any:
    """Sort values[begin:end] in place: by insertion when they are few, else by Shell's method with Tokuda's gaps."""
    gap = 1
    while gap < (end - begin) // 3:
        gap = (gap * 9 + 4) // 4
    while gap > 0:
        for a in range(begin + gap, end):
            value = values[a]
            b = a
            while b >= begin + gap and values[b - gap] > value:
                values[b] = values[b - gap]
                b -= gap
            values[b] = value
        gap = gap * 4 // 9


@apart
def index_post(room: Any, stack: Any) -> Any:
    """Chain the entries of a long post by hash, each chain in order. `stack.heads` must have a power of two of slots."""
    count = room.counters[ENTRIES]
    size = 64
    while size < 2 * count:
        size *= 2
    heads, nexts = stack.heads, stack.nexts
    for k in range(size):
        heads[k] = -1
    wrap = np.uint64(size - 1)
    for k in range(count - 1, -1, -1):
        slot = room.hashes[k] & wrap
        nexts[k] = heads[slot]
        heads[slot] = k
    stack.state[INDEXED] = size


@inner
def entries_with(room: Any, value: Any) -> Any:
    """A mask of the entries of a short post that have this hash."""
    hashes, count = room.hashes, room.counters[ENTRIES]
    mask = np.uint64(0)
    for at in range(0, count, 8):
        mask |= equal_mask(hashes, at, value) << np.uint64(at)
    if count < 64:
        mask &= (np.uint64(1) << np.uint64(count)) - np.uint64(1)
    return mask


@inner
def next_entry(room: Any, stack: Any, value: Any, after: Any) -> Any:
    """The first entry behind number `after` (-1: from the start) with this hash, or -1."""
    hashes = room.hashes
    size = stack.state[INDEXED]
    if size > 0:
        k = np.int64(stack.heads[value & np.uint64(size - 1)] if after < 0 else stack.nexts[after])
        while k >= 0 and hashes[k] != value:
            k = np.int64(stack.nexts[k])
        return k
    mask = entries_with(room, value)
    if after >= 0:
        if after >= 63:
            return np.int64(-1)
        mask &= ~((np.uint64(2) << np.uint64(after)) - np.uint64(1))
    return np.int64(lowest_bit(mask)) if mask != 0 else np.int64(-1)


@inner
def in_field(room: Any, entry: Any, field: Any) -> Any:
    """Whether an entry stands in the field, or anywhere in title or text."""
    if field == ANYWHERE:
        return room.firsts[entry] >= 0
    begins = room.counters[TEXT_BEGINS]
    if field == IN_TITLE:
        return room.firsts[entry] >= 0 and room.lasts[entry] < begins
    return room.firsts[entry] >= begins


@inner
def _open(stack: Any) -> Any:
    """Begin a new list; returns where."""
    state, tops = stack.state, stack.tops
    top = tops[state[LISTS]]
    state[LISTS] += 1
    tops[state[LISTS]] = top
    return top


@inner
def _put(stack: Any, at: Any, span: Any) -> Any:
    if at < stack.spans.size:
        stack.spans[at] = span
        return at + 1
    stack.state[OVERFLOWED] = 1
    return at


@apart
def push_places(room: Any, stack: Any, code: Any, at: Any, count: Any, field: Any) -> Any:
    """Push the list of all places of the `count` hashes code[at:]."""
    top = _open(stack)
    for k in range(at, at + count):
        if stack.state[INDEXED] == 0:
            mask = entries_with(room, code[k])
            while mask != 0:
                entry = lowest_bit(mask)
                mask &= mask - np.uint64(1)
                if in_field(room, entry, field):
                    top = _put(stack, top, np.int64(room.firsts[entry]) << 32 | np.int64(room.lasts[entry]))
            continue
        entry = next_entry(room, stack, code[k], -1)
        while entry >= 0:
            if in_field(room, entry, field):
                top = _put(stack, top, np.int64(room.firsts[entry]) << 32 | np.int64(room.lasts[entry]))
            entry = next_entry(room, stack, code[k], entry)
    stack.tops[stack.state[LISTS]] = top
    _settle(stack)


@apart
def push_phrase(room: Any, stack: Any, code: Any, at: Any, count: Any, field: Any) -> Any:
    """Push the list of all places where the `count` hashes code[at:] stand one after the other."""
    push_places(room, stack, code, at, 1, field)
    for k in range(1, count):
        push_places(room, stack, code, at + k, 1, field)
        lists = stack.state[LISTS]
        left, right, end = stack.tops[lists - 2], stack.tops[lists - 1], stack.tops[lists]
        to, b = left, right
        for a in range(left, right):
            wanted = (stack.spans[a] & _SPAN_LAST) + 1
            while b < end and stack.spans[b] >> 32 < wanted:
                b += 1
            if b < end and stack.spans[b] >> 32 == wanted:
                stack.spans[to] = stack.spans[a] >> 32 << 32 | wanted
                to += 1
        stack.state[LISTS] = lists - 1
        stack.tops[lists - 1] = to


@inner
def join_lists(stack: Any) -> Any:
    """Replace the two newest lists by all of their spans."""
    lists = stack.state[LISTS]
    stack.tops[lists - 1] = stack.tops[lists]
    stack.state[LISTS] = lists - 1
    _settle(stack)


@inner
def join_near(stack: Any, distance: Any, ordered: Any) -> Any:
    """Replace the two newest lists by the hulls of their pairs with at most `distance` words between."""
    lists = stack.state[LISTS]
    left, right, end = stack.tops[lists - 2], stack.tops[lists - 1], stack.tops[lists]
    spans = stack.spans
    longest = np.int64(0)
    for b in range(right, end):
        longest = max(longest, (spans[b] & _SPAN_LAST) - (spans[b] >> 32))
    top, low = end, right
    for a in range(left, right):
        first, last = spans[a] >> 32, spans[a] & _SPAN_LAST
        # Both lists are sorted, so what began too early for this span is too early for all that follow.
        while low < end and spans[low] >> 32 < first - distance - 1 - longest:
            low += 1
        b = low
        while b < end and spans[b] >> 32 <= last + distance + 1:
            other_first, other_last = spans[b] >> 32, spans[b] & _SPAN_LAST
            behind, before = other_first - last - 1, first - other_last - 1
            if 0 <= behind <= distance:
                top = _put(stack, top, first << 32 | other_last)
            elif not ordered and 0 <= before <= distance:
                top = _put(stack, top, other_first << 32 | last)
            b += 1
    _replace(stack, 2, end, top)


@apart
def join_window(stack: Any, parts: Any, slack: Any) -> Any:
    """Replace the `parts` newest lists by the hulls of one span of each, none overlapping, with at most `slack` words between."""
    lists = stack.state[LISTS]
    end = stack.tops[lists]
    begin = lists - parts
    spans, tops, chosen = stack.spans, stack.tops, stack.answers
    # `chosen` behind its middle: the place taken in each list.
    base = chosen.size // 2
    longest = np.int64(0)
    for k in range(tops[begin], end):
        longest = max(longest, (spans[k] & _SPAN_LAST) - (spans[k] >> 32) + 1)
    reach = slack + parts * longest
    top = end
    depth = np.int64(0)
    chosen[base] = tops[begin] - 1
    while depth >= 0:
        stack.state[STEPS] += 1
        if stack.state[STEPS] > MOST_STEPS:
            stack.state[OVERFLOWED] = 1
            break
        chosen[base + depth] += 1
        place = chosen[base + depth]
        anchor = spans[chosen[base]] >> 32
        if place >= tops[begin + depth + 1] or (depth > 0 and spans[place] >> 32 > anchor + reach):
            depth -= 1
            continue
        first, last = spans[place] >> 32, spans[place] & _SPAN_LAST
        low, high, inside = first, last, last - first + 1
        fits = True
        for k in range(depth):
            other = spans[chosen[base + k]]
            other_first, other_last = other >> 32, other & _SPAN_LAST
            fits = fits and (other_last < first or last < other_first)
            low, high = min(low, other_first), max(high, other_last)
            inside += other_last - other_first + 1
        if not fits or high - low + 1 > reach:
            continue
        if depth == parts - 1:
            if high - low + 1 - inside <= slack:
                top = _put(stack, top, low << 32 | high)
        else:
            depth += 1
            chosen[base + depth] = (
                _first_from(spans, tops[begin + depth], tops[begin + depth + 1], first - reach) - 1
            )
    _replace(stack, parts, end, top)


@apart
def _first_from(spans: Any, low: Any, high: Any, first: Any) -> Any:
    """The place of the first span in the sorted spans[low:high] that does not begin before `first`."""
    while low < high:
        middle = (low + high) // 2
        if spans[middle] >> 32 < first:
            low = middle + 1
        else:
            high = middle
    return low


@inner
def _replace(stack: Any, lists: Any, begin: Any, end: Any) -> Any:
    """Drop the newest lists and push spans[begin:end] instead."""
    state, tops, spans = stack.state, stack.tops, stack.spans
    state[LISTS] -= lists - 1
    to = tops[state[LISTS] - 1]
    for k in range(begin, end):
        spans[to] = spans[k]
        to += 1
    tops[state[LISTS]] = to
    _settle(stack)


@apart
def _settle(stack: Any) -> Any:
    """Sort the newest list and drop repetitions."""
    lists = stack.state[LISTS]
    begin, end = stack.tops[lists - 1], stack.tops[lists]
    spans = stack.spans
    if end - begin < 2:
        return
    sort(spans, begin, end)
    to = begin + 1
    for a in range(begin + 1, end):
        if spans[a] != spans[to - 1]:
            spans[to] = spans[a]
            to += 1
    stack.tops[lists] = to
