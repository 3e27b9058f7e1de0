"""Word sets, MinHash and the table of buckets, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

BANDS = 12
ROWS = 4
PLACES = 8
MOST_WORDS = 64

# One odd multiplier and one addend for each part; fixed, so that fingerprints compare across runs and machines.
_dice = np.random.Generator(np.random.PCG64(20120817))
MULTIPLIERS = _dice.integers(1, 1 << 32, BANDS * ROWS, dtype=np.uint64).astype(np.uint32) | np.uint32(1)
ADDENDS = _dice.integers(0, 1 << 32, BANDS * ROWS, dtype=np.uint64).astype(np.uint32)


@njit(cache=True, nogil=True, inline="always")
def _mixed(value: Any) -> Any:  # pragma: no cover - compiled
    """A 32-bit finaliser (MurmurHash3's): every bit of the input moves every bit of the output."""
    value = np.uint32(value ^ (value >> np.uint32(16)))
    value = np.uint32(value * np.uint32(0x85EBCA6B))
    value = np.uint32(value ^ (value >> np.uint32(13)))
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ (value >> np.uint32(16)))


def _kinds() -> Any:
    """What each byte does. 0: separates; 1: goes on in a word; else the first of so many bytes: 2 and 5 separate, 3 and 4 are a
    word alone. Latin signs (C2: « » § and their like) and U+2000 to U+2FFF (dashes, quotes, arrows, symbols; here 5) separate.
    """
    kinds = np.zeros(256, np.uint8)
    kinds[48:58] = kinds[65:91] = kinds[97:123] = kinds[128:] = 1
    kinds[0xE3:0xEF] = 3
    kinds[0xF0:] = 4
    kinds[0xC2], kinds[0xE2] = 2, 5
    return kinds


def _lowered() -> Any:
    lowered = np.arange(256).astype(np.uint8)
    lowered[65:91] += 32
    return lowered


KINDS = _kinds()
LOWERED = _lowered()


@njit(cache=True, nogil=True)
def _link_end(data: Any, at: int, end: int) -> int:  # pragma: no cover - compiled
    """The end of a link that begins at `at`, or `at` when none does."""
    for length in (8, 7):
        if (
            at + length <= end
            and LOWERED[data[at]] == 104
            and LOWERED[data[at + 1]] == 116
            and LOWERED[data[at + 2]] == 116
            and LOWERED[data[at + 3]] == 112
        ):
            colon = at + length - 3
            if data[colon] == 58 and data[colon + 1] == 47 and data[colon + 2] == 47:
                if length == 8 and LOWERED[data[at + 4]] != 115:
                    continue
                at += length
                while at < end and data[at] > 32:
                    at += 1
                return at
    return at


@njit(cache=True, nogil=True)
def _after_repost(data: Any, at: int, end: int) -> int:  # pragma: no cover - compiled
    """Behind a leading "rt @name:", however often it stands there."""
    while (
        at + 4 < end
        and LOWERED[data[at]] == 114
        and LOWERED[data[at + 1]] == 116
        and data[at + 2] == 32
        and data[at + 3] == 64
    ):
        at += 4
        while at < end and data[at] > 32:
            at += 1
        while at < end and data[at] <= 32:
            at += 1
    return at


@njit(cache=True, nogil=True, boundscheck=False)
def word_sets(data: Any, n: int, longest: int) -> Any:  # pragma: no cover - compiled
    """Offsets and hashes of the words of each of n texts (UTF-8, parted by zero bytes), ascending and once each, at most MOST_WORDS.

    Of each text `longest` bytes are looked at. Capitals count as small letters (ASCII and Latin-1).
    """
    ends = np.zeros(n + 1, np.int64)
    out = np.empty(min(data.size + 1, n * MOST_WORDS), np.uint32)
    scratch = np.empty(16384, np.uint32)
    used = 0
    border = -1
    for t in range(n):
        begin = border + 1
        border = begin
        while border < data.size and data[border] != 0:
            border += 1
        end = min(border, begin + longest)
        at = _after_repost(data, begin, end)
        found = 0
        while at < end and found < scratch.size:
            kind = np.int64(KINDS[data[at]])
            if kind == 0 or kind == 2 or kind == 5:
                at += 1 if kind == 0 else (2 if kind == 2 else 3)
                continue
            if data[at] == 104 or data[at] == 72:
                beyond = _link_end(data, at, end)
                if beyond > at:
                    at = beyond
                    continue
            hashed = np.uint32(2166136261)  # FNV-1a
            stop = min(at + kind, end)
            while at < stop or (kind == 1 and at < end and KINDS[data[at]] == 1):
                letter = LOWERED[data[at]]
                # Å Ä Ö Æ Ø É and their like: C3 80 to C3 9E, 32 below the small ones.
                if 0x80 <= letter <= 0x9E and at > 0 and data[at - 1] == 0xC3:
                    letter += np.uint8(32)
                hashed = np.uint32((hashed ^ np.uint32(letter)) * np.uint32(16777619))
                at += 1
            scratch[found] = _mixed(hashed)
            found += 1
        used = _least(scratch, found, out, used)
        ends[t + 1] = used
    return ends, out[:used].copy()


@njit(cache=True, nogil=True)
def _least(scratch: Any, found: int, out: Any, used: int) -> int:  # pragma: no cover - compiled
    """Append the least MOST_WORDS different hashes, ascending; returns the new end."""
    if found > 48:
        scratch[:found].sort()
    else:
        for i in range(1, found):
            value = scratch[i]
            j = i - 1
            while j >= 0 and scratch[j] > value:
                scratch[j + 1] = scratch[j]
                j -= 1
            scratch[j + 1] = value
    taken = 0
    for i in range(found):
        if (i == 0 or scratch[i] != scratch[i - 1]) and taken < MOST_WORDS:
            out[used + taken] = scratch[i]
            taken += 1
    return used + taken


@njit(cache=True, nogil=True)
def jaccard(
    a: Any, a_at: int, a_end: int, b: Any, b_at: int, b_end: int
) -> float:  # pragma: no cover - compiled
    """Of two ascending runs of hashes: what both have by what either has. Of runs cut at MOST_WORDS: its estimate (bottom-k)."""
    sizes = (a_end - a_at) + (b_end - b_at)
    both, either, limit = 0, 0, 2 * MOST_WORDS
    if a_end - a_at == MOST_WORDS or b_end - b_at == MOST_WORDS:
        limit = MOST_WORDS
    # No branch depends on the words: they are as good as random, and each wrong guess would cost more than the step.
    while a_at < a_end and b_at < b_end and either < limit:
        x, y = a[a_at], b[b_at]
        both += np.int64(x == y)
        a_at += np.int64(x <= y)
        b_at += np.int64(y <= x)
        either += 1
    if limit == 2 * MOST_WORDS:
        either = sizes - both
    else:
        either = min(limit, either + (a_end - a_at) + (b_end - b_at))
    return both / either if either > 0 else 0.0


@njit(cache=True, nogil=True, boundscheck=False)
def fold(
    ids: Any,
    groups: Any,
    offsets: Any,
    words: Any,
    lead_ids: Any,
    leads_seen: Any,
    table: Any,
    state: Any,
    compare: bool,
    least_alike: Any,
    near_words: int,
    fewest: int,
    multipliers: Any,
    addends: Any,
) -> Any:  # pragma: no cover - compiled
    """Find each post's lead among the remembered, else remember it. See `Folder.fold`."""
    n = ids.size
    leads = np.zeros(n, np.int64)
    parts = np.empty(BANDS * ROWS, np.uint32)
    keys = np.empty(BANDS, np.uint64)
    seen = np.empty(BANDS * PLACES, np.int64)
    window = lead_ids.size
    buckets = np.uint64(table.shape[0] - 1)
    low = np.uint64(0xFFFFFFFF)
    for p in range(n):
        begin, end = offsets[p], offsets[p + 1]
        size = end - begin
        if size < fewest:
            continue
        needed = least_alike if size >= near_words else np.float32(1.0)
        for k in range(BANDS * ROWS):
            parts[k] = np.uint32(0xFFFFFFFF)
        for w in range(begin, end):
            word = words[w]
            for k in range(BANDS * ROWS):  # written so that eight of them go at once
                part = np.uint32(np.uint32(word * multipliers[k]) + addends[k])
                part = np.uint32(part ^ (part >> np.uint32(15)))
                parts[k] = part if part < parts[k] else parts[k]
        for b in range(BANDS):
            key = groups[p] + np.uint64(b + 1) * np.uint64(0x9E3779B97F4A7C15)
            for r in range(ROWS):
                key = (key ^ np.uint64(parts[b * ROWS + r])) * np.uint64(0xFF51AFD7ED558CCD)
                key ^= key >> np.uint64(32)
            keys[b] = key
        group_low, group_high = np.uint32(groups[p] & low), np.uint32(groups[p] >> np.uint64(32))
        best, best_alike = -1, np.float32(0.0)
        looked = 0
        if compare:
            for b in range(BANDS):
                bucket = np.int64(keys[b] & buckets)
                tag = keys[b] | low
                for place in range(PLACES):
                    entry = table[bucket, place]
                    if entry | low != tag or entry == 0:
                        continue
                    slot = np.int64(entry & low)
                    known = False
                    for k in range(looked):
                        known |= seen[k] == slot
                    if known:
                        continue
                    seen[looked] = slot
                    looked += 1
                    # A lead lies in one row: its group in two halves, its size, its words.
                    lead = leads_seen[slot]
                    if lead[0] != group_low or lead[1] != group_high:
                        continue
                    other = np.int64(lead[2])
                    # Sets of very different size cannot agree that far: no need to look.
                    if min(size, other) < needed * max(size, other) and max(size, other) < MOST_WORDS:
                        continue
                    found = np.float32(jaccard(words, begin, end, lead, 3, 3 + other))
                    if other < near_words and found < np.float32(1.0):
                        continue
                    if found >= needed and found > best_alike:
                        best, best_alike = slot, found
                # Good enough: a better one would share most bands, and so have been met by now.
                if best >= 0 and (best_alike >= np.float32(1.0) or b >= BANDS // 2):
                    break
        if best >= 0:
            leads[p] = lead_ids[best]
            continue
        slot = state[0] % window
        state[0] += 1
        lead_ids[slot] = ids[p]
        leads_seen[slot, 0], leads_seen[slot, 1], leads_seen[slot, 2] = group_low, group_high, size
        for w in range(size):
            leads_seen[slot, 3 + w] = words[begin + w]
        turn = np.int64(state[0] & (PLACES - 1))
        for b in range(BANDS):
            bucket = np.int64(keys[b] & buckets)
            place = turn
            for k in range(PLACES):
                if table[bucket, k] == 0:
                    place = k
                    break
            table[bucket, place] = (keys[b] & ~low) | np.uint64(slot)
    return leads
