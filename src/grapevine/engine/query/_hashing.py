"""Sixty-four bits for a word, and how words of different kinds are kept apart.

A hash is made of eight bytes at a time: xor, multiply by an odd number, fold the high half down. Each step can be undone, so words of up to
eight bytes never collide with one another, and longer ones with a chance of 2^-64 a pair: with 100,000 watched words one in 10^14 tokens. The
seed is drawn per process, so nobody can craft a post that collides.
"""

from __future__ import annotations

import secrets
from typing import Any

import numpy as np

from grapevine.engine.query._kernel import inner, making
from grapevine.engine.query._vectors import eight_bytes

# Kinds of what a post can hold; stems ("begins with") of each kind are kinds of their own, STEM apart.
WORD, TAG, HANDLE, LINK, SITE, LANG, COUNTRY, TYPE = range(8)
AUTHOR, AUTHOR_WORD, SOURCE_WORD, URL, URL_WORD, HAS = range(8, 14)
KINDS, STEM = 32, 16
# The longest stem that is told apart, in bytes; longer ones are cut and looked at again.
LONGEST_STEM = 30
STEM_SLOTS = 4096

_ONE = np.uint64(0x9E3779B97F4A7C15)
_TWO = np.uint64(0xD6E8FEB86659FD93)
_SPREAD, _TWENTY, _SLOTS = np.uint64(0x9E3779B1), np.uint64(20), np.uint64(STEM_SLOTS - 1)
_MASK_32, _MASK_24 = np.uint64(0xFFFFFFFF), np.uint64(0xFFFFFF)
_HIGH, _LOW = np.uint64(32), np.uint64(29)
_KEPT = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)


def seeds() -> Any:
    """A secret for each kind of word; words of posts come first and have the plain one. Shape (KINDS + 1,), the last is the seed of all."""
    drawn = np.frombuffer(secrets.token_bytes(8 * (KINDS + 1)), np.uint64).copy()
    drawn[WORD] = 0
    return drawn


@inner
def hash_bytes(source: Any, start: Any, end: Any, seed: Any) -> Any:
    """The hash of source[start:end], which may not be empty and must have 16 bytes to spare behind it."""
    size = end - start
    value = (eight_bytes(source, start) & _KEPT[min(size, 8)] ^ seed) * _ONE
    value ^= value >> _HIGH
    value = (value ^ eight_bytes(source, start + 8) & _KEPT[min(max(size - 8, 0), 8)]) * _TWO
    value ^= value >> _LOW
    at = start + 16
    while at < end:
        value = (value ^ eight_bytes(source, at) & _KEPT[min(end - at, 8)]) * _ONE
        value ^= value >> _HIGH
        at += 8
    return value


@inner
def stem_slot(first: Any) -> Any:
    """Where the lengths of stems of four bytes and more are noted, by a word's first eight bytes."""
    return np.int64((first & _MASK_32) * _SPREAD >> _TWENTY & _SLOTS)


@inner
def short_stem_slot(first: Any) -> Any:
    """Where the lengths of stems of up to three bytes are noted, by a word's first eight bytes."""
    return np.int64((first & _MASK_24) * _SPREAD >> _TWENTY & _SLOTS)


@making
def hash_pieces(data: Any, offsets: Any, kinds: Any, secret: Any) -> Any:
    """The hashes of many pieces, data[offsets[k]:offsets[k + 1]] being of kind kinds[k]."""
    result = np.empty(kinds.size, np.uint64)
    for k in range(kinds.size):
        result[k] = hash_bytes(data, offsets[k], offsets[k + 1], secret[KINDS]) ^ secret[kinds[k]]
    return result
