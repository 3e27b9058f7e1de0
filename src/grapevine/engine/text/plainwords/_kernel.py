"""The folded words of texts, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from grapevine.engine.text.plainwords import (
    DOUBLE_S,
    EMOJI,
    EMOJI_END,
    FNV,
    FNV_PRIME,
    HARD,
    SEPARATES,
    SIZE,
    SKIN,
    SKIN_END,
)


@njit(cache=True, nogil=True, boundscheck=False)
def words(
    data: Any, n: int, table: Any, longest_word: int, without: Any
) -> Any:  # pragma: no cover - compiled
    # A letter becomes at most three bytes for two ("ss" is two for two), and each word takes a space.
    out = np.empty(data.size * 2 + n + 8, np.uint8)
    hard = np.zeros(n, np.bool_)
    used, at, end = 0, 0, data.size
    for t in range(n):
        if t:
            out[used] = 0
            used += 1
        begin = start = used
        length = 0  # of the word that is being written
        while at < end and data[at] != 0:
            byte = data[at]
            if byte < 0x80:
                code, size = np.int64(byte), 1
            elif byte < 0xE0 and at + 1 < end:
                code, size = (np.int64(byte & 0x1F) << 6) | np.int64(data[at + 1] & 0x3F), 2
            elif byte < 0xF0 and at + 2 < end:
                code = (
                    (np.int64(byte & 0x0F) << 12)
                    | (np.int64(data[at + 1] & 0x3F) << 6)
                    | np.int64(data[at + 2] & 0x3F)
                )
                size = 3
            else:
                code = (np.int64(byte & 0x07) << 18) | (np.int64(data[at + 1] & 0x3F) << 12)
                code |= (np.int64(data[at + 2] & 0x3F) << 6) | np.int64(data[at + 3] & 0x3F)
                size = 4
            if code >= SIZE:
                emoji = EMOJI <= code <= EMOJI_END and not SKIN <= code <= SKIN_END
                becomes = np.int64(SEPARATES) if emoji else np.int64(HARD)
            else:
                becomes = np.int64(table[code])
            if becomes == HARD:
                hard[t] = True
                while at < end and data[at] != 0:
                    at += 1
                used, length = begin, 0
                break
            if becomes == SEPARATES:
                if length:
                    used = _kept(out, start, used, without)
                    length = 0
                at += size
                continue
            if length == 0:
                if byte == 104:  # an address begins with a small h
                    beyond = _link_end(data, at, end)
                    if beyond > at and (at == 0 or data[at - 1] != 95):
                        at = beyond
                        continue
                start = used
                if used > begin:
                    out[used] = 32
                    used += 1
            at += size
            if length >= longest_word:
                continue
            if becomes == DOUBLE_S:
                out[used], out[used + 1] = 115, 115
                used += 2
                length += 2
                continue
            length += 1
            if becomes < 0x80:
                out[used] = becomes
                used += 1
            elif becomes < 0x800:
                out[used], out[used + 1] = 0xC0 | (becomes >> 6), 0x80 | (becomes & 0x3F)
                used += 2
            else:
                out[used], out[used + 1] = 0xE0 | (becomes >> 12), 0x80 | ((becomes >> 6) & 0x3F)
                out[used + 2] = 0x80 | (becomes & 0x3F)
                used += 3
        if length:
            used = _kept(out, start, used, without)
        at += 1
    return out[:used], hard


@njit(cache=True, nogil=True, boundscheck=False)
def _kept(out: Any, start: int, used: int, without: Any) -> int:  # pragma: no cover - compiled
    """The end of what is written when the word from `start` on (with the space before it) stays, or `start` when it is left out."""
    first = start + 1 if out[start] == 32 else start
    hashed = np.uint64(FNV)
    for at in range(first, used):
        hashed = (hashed ^ np.uint64(out[at])) * np.uint64(FNV_PRIME)
    mask = np.uint64(without.size - 1)
    place = hashed & mask
    while without[place] != 0:
        if without[place] == hashed:
            return start
        place = (place + np.uint64(1)) & mask
    return used


@njit(cache=True, nogil=True, boundscheck=False)
def _link_end(data: Any, at: int, end: int) -> int:  # pragma: no cover - compiled
    """The end of an address that begins at `at`, or `at`: up to white space, < > " or the quotes “ ” « »."""
    if at + 8 > end or data[at + 1] != 116 or data[at + 2] != 116 or data[at + 3] != 112:
        return at
    place = at + 4
    if data[place] == 115:
        place += 1
    if data[place] != 58 or data[place + 1] != 47 or data[place + 2] != 47:
        return at
    place += 3
    first = place
    while place < end:
        byte = data[place]
        if byte <= 32 or byte == 34 or byte == 60 or byte == 62 or byte == 127:
            break
        if (
            byte == 0xC2
            and place + 1 < end
            and (
                data[place + 1] == 0xA0
                or data[place + 1] == 0xAB
                or data[place + 1] == 0xBB
                or data[place + 1] == 0x85
            )
        ):
            break
        if (
            byte == 0xE2
            and place + 2 < end
            and data[place + 1] == 0x80
            and (
                0x80 <= data[place + 2] <= 0x8A
                or 0x9C <= data[place + 2] <= 0x9D
                or 0xA8 <= data[place + 2] <= 0xA9
                or data[place + 2] == 0xAF
            )
        ):
            break
        if byte >= 0xE1:  # other white space lies here; rare enough in an address to be left to the long way
            return at
        place += 1
    return place if place > first else at
