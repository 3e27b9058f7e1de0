"""All watches as arrays: which watches to look at when a word is met, and their code."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from grapevine.engine.query._hashing import KINDS, LONGEST_STEM, STEM, STEM_SLOTS, short_stem_slot, stem_slot
from grapevine.engine.query._kernel import apart, inner, making
from grapevine.engine.query._tokenise import Sieve
from grapevine.engine.query._vectors import eight_bytes

# Bits of the bitmap for each word that a watch is posted under: with 32, one word in thirty that nobody watches gets through.
BITS_PER_KEY = 32


class Index(NamedTuple):
    """An open-addressing table from hashes to postings, and the watches' code."""

    keys: Any  # uint64 per slot
    begins: Any  # int32 per slot: its first posting; -1 in an empty slot
    ends: Any  # int32 per slot
    watches: Any  # int32 per posting: the number of a watch
    needs: Any  # uint64 per posting: the bits of the signature that a post must have for it
    always: Any  # int32: watches that have no word to be posted under
    code: Any  # uint64
    code_at: Any  # int64 per watch


@inner
def _home(value: Any, wrap: Any) -> Any:
    """Where in the table a hash is looked for first."""
    return (value >> np.uint64(24)) & wrap


@inner
def postings_of(index: Any, value: Any) -> Any:
    """(first, behind the last) of the postings of a hash."""
    wrap = np.uint64(index.keys.size - 1)
    slot = _home(value, wrap)
    while index.begins[slot] >= 0:
        if index.keys[slot] == value:
            return np.int64(index.begins[slot]), np.int64(index.ends[slot])
        slot = (slot + np.uint64(1)) & wrap
    return np.int64(0), np.int64(0)


@apart
def bitmap_size(keys: Any) -> Any:
    """How many words of 64 bits a bitmap of so many keys has."""
    size = 64
    while size * 64 < BITS_PER_KEY * keys:
        size *= 2
    return size


@making
def bitmap(hashes: Any) -> Any:
    """A bitmap of the low bits of hashes."""
    bits = np.zeros(bitmap_size(hashes.size), np.uint64)
    wide = np.uint64(bits.size - 1)
    for value in hashes:
        bits[value >> np.uint64(6) & wide] |= np.uint64(1) << (value & np.uint64(63))
    return bits


@making
def build(hashes: Any, watches: Any, needs: Any, alive: Any) -> Any:
    """The table of the postings whose watch is alive: keys, begins, ends, watches, needs, and the bitmap for the sieve."""
    count = 0
    for k in range(hashes.size):
        count += alive[watches[k]]
    size = 64
    while size < 2 * count:
        size *= 2
    wrap = np.uint64(size - 1)
    keys = np.zeros(size, np.uint64)
    begins, ends = np.full(size, -1, np.int32), np.zeros(size, np.int32)
    # First how many each has, then where they lie, then they are put there.
    for k in range(hashes.size):
        if alive[watches[k]]:
            slot = _home(hashes[k], wrap)
            while begins[slot] >= 0 and keys[slot] != hashes[k]:
                slot = (slot + np.uint64(1)) & wrap
            keys[slot] = hashes[k]
            begins[slot] = 0
            ends[slot] += 1
    place = 0
    distinct = 0
    for slot in range(size):
        if begins[slot] >= 0:
            begins[slot], place = place, place + ends[slot]
            ends[slot] = begins[slot]
            distinct += 1
    posted, needed = np.zeros(count, np.int32), np.zeros(count, np.uint64)
    bits = np.zeros(bitmap_size(distinct), np.uint64)
    wide = np.uint64(bits.size - 1)
    for k in range(hashes.size):
        if alive[watches[k]]:
            value = hashes[k]
            slot = _home(value, wrap)
            while keys[slot] != value or begins[slot] < 0:
                slot = (slot + np.uint64(1)) & wrap
            posted[ends[slot]] = watches[k]
            needed[ends[slot]] = needs[k]
            ends[slot] += 1
            bits[value >> np.uint64(6) & wide] |= np.uint64(1) << (value & np.uint64(63))
    return keys, begins, ends, posted, needed, bits


@making
def stem_marks(data: Any, offsets: Any, kinds: Any) -> Any:
    """For each piece that is a stem: its first four bytes << 8 | its length (no more than is told apart); -1 for other pieces."""
    marks = np.full(kinds.size, -1, np.int64)
    for k in range(kinds.size):
        if kinds[k] >= STEM:
            size = offsets[k + 1] - offsets[k]
            first = np.int64(eight_bytes(data, offsets[k]) & np.uint64((1 << 8 * min(size, 4)) - 1))
            marks[k] = first << 8 | min(size, LONGEST_STEM)
    return marks


@making
def _stem_lengths(marks: Any) -> Any:
    """The sieve's two tables of lengths for stems with these marks."""
    long, short = np.zeros(STEM_SLOTS, np.uint32), np.zeros(STEM_SLOTS, np.uint32)
    for mark in marks:
        size, first = mark & 0xFF, np.uint64(mark >> 8)
        bit = np.uint32(1) << np.uint32(size)
        if size >= 4:
            long[stem_slot(first)] |= bit
        elif size == 3:
            short[short_stem_slot(first)] |= bit
        elif size == 2:  # whatever the third byte
            for third in range(256):
                short[short_stem_slot(first | np.uint64(third << 16))] |= bit
        else:
            for slot in range(STEM_SLOTS):
                short[slot] |= bit
    return long, short


def sieve_of(bits: Any, marks: Any, stems: Any, secret: Any) -> Sieve:
    """The sieve for a bitmap of words, and the stems in use: their marks (see `stem_marks`) and hashes."""
    return Sieve(bits, bitmap(np.unique(stems)), *_stem_lengths(marks), secret)


assert KINDS == 2 * STEM
