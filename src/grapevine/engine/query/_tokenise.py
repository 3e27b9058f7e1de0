"""From cooked text to words and addresses at positions, as hashes. Must agree with `tokens.read`."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from grapevine.engine.query import _tables
from grapevine.engine.query._cook import NOTE_ODDS, ODDS
from grapevine.engine.query._hashing import (
    _HIGH,
    _KEPT,
    _LOW,
    _ONE,
    _TWO,
    KINDS,
    hash_bytes,
    short_stem_slot,
    stem_slot,
)
from grapevine.engine.query._kernel import apart, inner
from grapevine.engine.query._vectors import eight_bytes, lowest_bit, sign_mask, word_mask

# Counters of a post that is being read.
ENTRIES, HOT, STEMMED, LINKS, SIGNATURE, TEXT_BEGINS, FULL, SIGNS, COUNTERS = range(9)

_SEAM_CJK, _SEAM_EMOJI = _tables.SEAM_CJK, _tables.SEAM_EMOJI
_HTTP = np.uint64(int.from_bytes(b"http", "little"))
_HTTPS = np.uint64(int.from_bytes(b"https", "little"))
_WWW = np.uint64(int.from_bytes(b"www", "little"))
_MASK_32 = np.uint64(0xFFFFFFFF)
_SIX, _TOP, _63, _1 = np.uint64(6), np.uint64(58), np.uint64(63), np.uint64(1)


class Room(NamedTuple):
    """Where one post is laid out. An entry is something the post holds (a word, a tag, a host, a stem) from its first to its last position;
    what has no place in title or text stands at -1."""

    cooked: Any  # uint8
    hashes: Any  # uint64 per entry
    firsts: Any  # int32 per entry
    lasts: Any
    starts: Any  # int32 per entry: its bytes in cooked text
    ends: Any
    hot: Any  # int32: entries that may be some watch's rarest word
    stemmed: Any  # int32: entries that may begin with a watched stem
    links: Any  # int32: start, end, start, end ... of addresses in cooked text
    notes: Any  # int64, see _cook
    counters: Any  # int64, see above (the signature is kept as its bits; SIGNS: whether # @ or ? may be among the newest words)


class Sieve(NamedTuple):
    """What lets the words nobody watches fall through, small enough for the fastest cache."""

    bits: Any  # uint64: a bitmap of the low bits of hashes that are some watch's rarest word
    stem_bits: Any  # the same of hashes of all stems
    stems: Any  # uint32 per slot: lengths (bit k = k bytes) of stems of four bytes and more
    short_stems: Any  # uint32 per slot of another kind: lengths of shorter stems
    secret: Any  # uint64, see _hashing.seeds


@inner
def ends_link(byte: Any) -> Any:
    """White space and < > ": where an address ends at the latest."""
    return byte == 0x20 or 9 <= byte <= 13 or 28 <= byte <= 31 or byte == 0x22 or byte == 0x3C or byte == 0x3E


@inner
def _is_tail(byte: Any) -> Any:
    """Signs that are no part of an address when they end it, and seams."""
    return (
        byte == 0x2E or byte == 0x2C or byte == 0x3A or byte == 0x3B or byte == 0x21 or byte == 0x3F
        or byte == 0x29 or byte == 0x5D or byte == 0x7D or byte == 0x27 or byte == 0x2A or byte == 0x5F
        or byte == 0x7E or byte == 0x7C or byte == _SEAM_CJK or byte == _SEAM_EMOJI
    )  # fmt: skip


@apart
def link_end(cooked: Any, start: Any, end: Any, stop: Any) -> Any:
    """The end of the address that begins with the word cooked[start:end] (http, https or www), or -1."""
    before = cooked[start - 1]
    if before == 0x5F or before == _SEAM_CJK:
        return -1
    if end - start == 3:
        if cooked[end] != 0x2E:
            return -1
        begun = end + 1
    else:
        if cooked[end] != 0x3A or cooked[end + 1] != 0x2F or cooked[end + 2] != 0x2F:
            return -1
        begun = end + 3
    at = begun
    while at < stop and not ends_link(cooked[at]):
        at += 1
    if at == begun:
        return -1
    while at > start and _is_tail(cooked[at - 1]):
        at -= 1
    return at if at > begun else -1


@apart
def odd_near_link(cooked: Any, start: Any, stop: Any, notes: Any) -> Any:
    """Whether an odd character stands where it may change what an address is: in one run without white space with :// or www."""
    count = notes[NOTE_ODDS]
    for at in range(start, stop - 2):
        found = (cooked[at] == 0x3A and cooked[at + 1] == 0x2F and cooked[at + 2] == 0x2F) or (
            cooked[at] == 0x77 and cooked[at + 1] == 0x77 and cooked[at + 2] == 0x77
        )
        if found:
            if count > ODDS:
                return True
            left, right = at, at
            while left > start and not ends_link(cooked[left - 1]):
                left -= 1
            while right < stop and not ends_link(cooked[right]):
                right += 1
            for k in range(count):
                if left <= notes[k] <= right:
                    return True
    return False


@inner
def read_words(room: Any, sieve: Any, start: Any, stop: Any, position: Any, kind: Any) -> Any:
    """Add the words of cooked[start:stop] as entries of `kind`, from `position` on; returns the next free position.

    Addresses take a position and are added to `room.links`. cooked[stop] must be a space.
    """
    cooked, hashes, firsts, lasts = room.cooked, room.hashes, room.firsts, room.lasts
    starts, ends, hot, stemmed, links = room.starts, room.ends, room.hot, room.stemmed, room.links
    counters = room.counters
    count, hots, stems, linked = counters[ENTRIES], counters[HOT], counters[STEMMED], counters[LINKS]
    signature = np.uint64(counters[SIGNATURE])
    seed, own = sieve.secret[KINDS], sieve.secret[kind]
    bits, wrap = sieve.bits, np.uint64(sieve.bits.size - 1)
    at = start
    carry = np.uint64(0)
    begun = np.int64(-1)
    signs = np.uint64(0)
    spare = hashes.size - 64
    while at <= stop:
        if count > spare:
            counters[FULL] = 1
            break
        mask = word_mask(cooked, at)
        left = stop - at
        if left < 63:
            mask &= (_1 << np.uint64(left)) - _1
        signs |= sign_mask(cooked, at)
        edges = mask ^ (mask << _1 | carry)
        carry = mask >> _63
        starting, ending = edges & mask, edges & ~mask
        following = at + 64
        while ending != 0:
            if begun < 0:
                begun = at + lowest_bit(starting)
                starting &= starting - _1
            place = at + lowest_bit(ending)
            ending &= ending - _1
            size = place - begun
            first = eight_bytes(cooked, begun) & _KEPT[min(size, 8)]
            if first == _HTTP or first == _HTTPS or first == _WWW:
                end = link_end(cooked, begun, place, stop)
                if end > 0:
                    links[linked] = begun
                    links[linked + 1] = end
                    linked += 2
                    position += 1
                    following = end
                    carry = np.uint64(0)
                    begun = np.int64(-1)
                    starting = np.uint64(0)
                    break
            value = (first ^ seed) * _ONE
            value ^= value >> _HIGH
            value = (value ^ eight_bytes(cooked, begun + 8) & _KEPT[min(max(size - 8, 0), 8)]) * _TWO
            value ^= value >> _LOW
            further = begun + 16
            while further < place:
                value = (value ^ eight_bytes(cooked, further) & _KEPT[min(place - further, 8)]) * _ONE
                value ^= value >> _HIGH
                further += 8
            value ^= own
            hashes[count] = value
            firsts[count] = position
            lasts[count] = position
            starts[count] = begun
            ends[count] = place
            position += 1
            signature |= _1 << (value >> _TOP)
            # Both lists are written without asking; what falls through is written over.
            hot[hots] = count
            hots += np.int64(bits[value >> _SIX & wrap] >> (value & _63) & _1)
            stemmed[stems] = count
            stems += np.int64(
                (sieve.stems[stem_slot(first)] | sieve.short_stems[short_stem_slot(first)]) != 0
            )
            count += 1
            begun = np.int64(-1)
        if starting != 0:  # a word that goes on in the next 64 bytes
            begun = at + lowest_bit(starting)
        at = following
    counters[ENTRIES], counters[HOT], counters[STEMMED], counters[LINKS] = count, hots, stems, linked
    counters[SIGNATURE] = np.int64(signature)
    counters[SIGNS] = np.int64(signs)
    return position


@inner
def add(room: Any, sieve: Any, value: Any, first: Any, last: Any) -> Any:
    """Add one entry by its hash."""
    counters = room.counters
    count = counters[ENTRIES]
    if count >= room.hashes.size:
        counters[FULL] = 1
        return
    room.hashes[count] = value
    room.firsts[count] = first
    room.lasts[count] = last
    counters[SIGNATURE] |= np.int64(_1 << (value >> _TOP))
    word = sieve.bits[value >> _SIX & np.uint64(sieve.bits.size - 1)]
    if word >> (value & _63) & _1:
        room.hot[counters[HOT]] = count
        counters[HOT] += 1
    counters[ENTRIES] = count + 1


@apart
def add_stems(room: Any, sieve: Any, start: Any, end: Any, first: Any, last: Any, stem_kind: Any) -> Any:
    """Add an entry for each length of stem that the word cooked[start:end] may begin with."""
    begin = eight_bytes(room.cooked, start) & _KEPT[min(end - start, 8)]
    lengths = sieve.stems[stem_slot(begin)] | sieve.short_stems[short_stem_slot(begin)]
    size = 1
    while lengths >> np.uint32(size) != 0 and size <= end - start and size < 32:
        if lengths >> np.uint32(size) & np.uint32(1):
            value = (
                hash_bytes(room.cooked, start, start + size, sieve.secret[KINDS]) ^ sieve.secret[stem_kind]
            )
            if sieve.stem_bits[value >> _SIX & np.uint64(sieve.stem_bits.size - 1)] >> (value & _63) & _1:
                add(room, sieve, value, first, last)
        size += 1


@inner
def add_all_stems(room: Any, sieve: Any, since: Any, stem_kind: Any) -> Any:
    """Add the stems of the words noted in `room.stemmed` from number `since` on."""
    for k in range(since, room.counters[STEMMED]):
        entry = room.stemmed[k]
        add_stems(
            room,
            sieve,
            room.starts[entry],
            room.ends[entry],
            room.firsts[entry],
            room.lasts[entry],
            stem_kind,
        )
    room.counters[STEMMED] = since
