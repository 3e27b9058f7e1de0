"""The shelf as one table, and how its phrases are found in it. Compiled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from grapevine.engine.text.reading._tokens import SPEED, hash_of

K1, _K2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_SIEVE, _SIX, _LOW, _ONE = np.uint64(44), np.uint64(6), np.uint64(63), np.uint64(1)
SIEVE = 1 << (64 - 44 - 6)
GOES_ON, WISHES = 1 << 24, 1 << 25
"""Whether longer phrases begin with this one, and whether it shows a wish."""
_START = np.uint64(hash_of("<start>"))


class Shelf(NamedTuple):
    """The words and phrases of all languages in one table. A phrase is found word by word: entries say whether longer ones go on."""

    keys: Any  # uint64 (power of two,), 0 is free
    entries: Any  # int32, by place in `keys`
    says: Any  # int32, by entry: feeling from -30 to 30 (tenths) plus 128; from bit 8 what it does to others; GOES_ON; WISHES
    wants: Any  # int32 (entries + 1,): where its intents begin
    intent: Any  # uint8
    weight: Any  # float32
    only_asked: Any  # bool: counts only in a question
    salts: Any  # uint64, by language; the last one is that of signs
    sieve: Any  # uint64 (SIEVE,): a bit for each key, small enough to stay in the processor's cache; most of what is asked is not there


@njit(inline="always")
def mixed(value: Any) -> Any:  # pragma: no cover - compiled
    """A 64-bit finaliser: every bit of the input moves every bit of the output."""
    value = (value ^ (value >> np.uint64(32))) * _K2
    value = (value ^ (value >> np.uint64(32))) * _K2
    return value ^ (value >> np.uint64(32))


@njit(inline="always")
def follow(key: Any, word: Any) -> Any:  # pragma: no cover - compiled
    """The key of a phrase that goes on with a word; a language's salt begins it."""
    return mixed(key * K1 + word) | np.uint64(1)


@njit(inline="always")
def find(shelf: Any, key: Any) -> Any:  # pragma: no cover - compiled
    """The entry of a key, or -1."""
    bit = key >> _SIEVE
    if (shelf.sieve[bit >> _SIX] >> (bit & _LOW)) & _ONE == 0:
        return np.int32(-1)
    mask = np.uint64(shelf.keys.size - 1)
    place = key & mask
    while shelf.keys[place] != 0:
        if shelf.keys[place] == key:
            return shelf.entries[place]
        place = (place + np.uint64(1)) & mask
    return np.int32(-1)


@njit(**SPEED)
def fill(keys: Any, size: Any) -> Any:  # pragma: no cover - compiled
    """A table of `size` places (a power of two) for keys that are all different: the key at each place, its number, and the sieve."""
    mask = np.uint64(size - 1)
    sieve = np.zeros(SIEVE, np.uint64)
    places = np.zeros(size, np.uint64)
    entries = np.zeros(size, np.int32)
    for number in range(keys.size):
        place = keys[number] & mask
        while places[place] != 0:
            place = (place + np.uint64(1)) & mask
        places[place] = keys[number]
        entries[place] = number
        bit = keys[number] >> _SIEVE
        sieve[bit >> _SIX] |= _ONE << (bit & _LOW)
    return places, entries, sieve


@njit(**SPEED)
def opening(room: Any, k: Any, count: Any, shelf: Any, salt: Any, out: Any) -> Any:  # pragma: no cover
    """The wishes of phrases that begin with <start>: they count where they open a sentence ("add a dark mode")."""
    key, at = follow(salt, _START), k
    while at < count and at < k + 4:
        key = follow(key, room.exact[at])
        entry = find(shelf, key)
        if entry < 0:
            return
        for w in range(shelf.wants[entry], shelf.wants[entry + 1]):
            if not shelf.only_asked[w]:
                out[shelf.intent[w]] += shelf.weight[w]
        at += 1
