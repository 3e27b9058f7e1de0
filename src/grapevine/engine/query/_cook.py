"""From a post's bytes to cooked text: folded UTF-8 in which words are runs of a-z, 0-9 and bytes beyond ASCII.

Everything that is no word is one ASCII byte (see `_tables` for the signs it uses). ASCII is copied 64 bytes at a time; other characters and
JSON's escapes take one table look-up each.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.query import _tables
from grapevine.engine.query._kernel import apart, inner
from grapevine.engine.query._vectors import copy_lower, lowest_bit, not_plain_json_mask, not_plain_mask

# Why a post could not be read: `tokens` must do it; a page of the table is missing; it needs more room. Below zero, so
# that they cannot be taken for places.
BY_HAND, NO_PAGE, NO_ROOM = -1, -2, -3
# Places of odd characters that are kept, and the flags of `notes` behind them.
ODDS = 32
NOTE_ODDS, NOTE_EMOJI, NOTES = ODDS, ODDS + 1, ODDS + 2

_SLOW, _WORD, _CJK, _EMOJI = _tables.SLOW, _tables.WORD, _tables.CJK, _tables.EMOJI
_SEPARATE, _DROP = _tables.SEPARATE, _tables.DROP
_ODD, _MARKED, _TAILED = _tables.ODD, _tables.MARKED, _tables.TAILED
_LENGTH_SHIFT, _LENGTH_MASK, _PLACE_SHIFT = _tables.LENGTH_SHIFT, _tables.LENGTH_MASK, _tables.PLACE_SHIFT
_SPLIT, _SEAM_CJK, _SEAM_EMOJI = _tables.SPLIT, _tables.SEAM_CJK, _tables.SEAM_EMOJI


@inner
def is_word_byte(byte: Any) -> Any:
    """Whether a byte of cooked text belongs to a word."""
    return byte >= 0x80 or 0x61 <= byte <= 0x7A or 0x30 <= byte <= 0x39


@apart
def decode(source: Any, at: Any, end: Any) -> Any:
    """(code point, bytes taken) of the character beyond ASCII at `at`; (-1, 0) when it is not UTF-8."""
    first = np.int64(source[at])
    if first < 0xC2 or first > 0xF4:
        return np.int64(-1), 0
    size = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    if at + size > end:
        return np.int64(-1), 0
    code = first & (0x7F >> size)
    for k in range(1, size):
        byte = np.int64(source[at + k])
        if byte & 0xC0 != 0x80:
            return np.int64(-1), 0
        code = code << 6 | byte & 0x3F
    if (size == 3 and code < 0x800) or (size == 4 and (code < 0x10000 or code > 0x10FFFF)):
        return np.int64(-1), 0
    if 0xD800 <= code < 0xE000:
        return np.int64(-1), 0
    return code, size


@apart
def _hex4(source: Any, at: Any, end: Any) -> Any:
    """The four hexadecimal digits at `at`, or -1."""
    if at + 4 > end:
        return np.int64(-1)
    value = np.int64(0)
    for k in range(4):
        byte = np.int64(source[at + k])
        if 0x30 <= byte <= 0x39:
            digit = byte - 0x30
        elif 0x61 <= byte | 0x20 <= 0x66:
            digit = (byte | 0x20) - 0x57
        else:
            return np.int64(-1)
        value = value << 4 | digit
    return value


@apart
def unescape(source: Any, at: Any, end: Any) -> Any:
    """(code point, bytes taken) of the JSON escape at `at`; (-1, 0) when it is none, or half of a pair."""
    if at + 2 > end:
        return np.int64(-1), 0
    letter = np.int64(source[at + 1])
    if letter == 0x75:
        code = _hex4(source, at + 2, end)
        if code < 0 or 0xDC00 <= code < 0xE000:
            return np.int64(-1), 0
        if code < 0xD800 or code >= 0xE000:
            return code, 6
        if at + 12 > end or source[at + 6] != 0x5C or source[at + 7] != 0x75:
            return np.int64(-1), 0
        low = _hex4(source, at + 8, end)
        if low < 0xDC00 or low >= 0xE000:
            return np.int64(-1), 0
        return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), 12
    if letter == 0x22 or letter == 0x5C or letter == 0x2F:
        return letter, 2
    if letter == 0x6E:
        return np.int64(10), 2
    if letter == 0x74:
        return np.int64(9), 2
    if letter == 0x72:
        return np.int64(13), 2
    if letter == 0x62:
        return np.int64(8), 2
    if letter == 0x66:
        return np.int64(12), 2
    return np.int64(-1), 0


@inner
def entry_of(code: Any, pages: Any, wanted: Any) -> Any:
    """The table's entry for a code point; -1 (and the page noted in `wanted`) when its page is missing."""
    page = np.int64(pages.index[code >> 8])
    if page < 0:
        wanted[code >> 8] = 1
        return np.int64(-1)
    return np.int64(pages.entries[page << 8 | code & 0xFF])


@inner
def cook(
    source: Any, start: Any, end: Any, escaped: Any, cooked: Any, to: Any, pages: Any, notes: Any, wanted: Any
) -> Any:
    """Cook source[start:end] into cooked[to:]; returns where it ends there, or BY_HAND or NO_PAGE.

    `escaped`: the source is the inside of a JSON string. `notes` (NOTES integers) gets the places of odd characters, how many there were, and
    whether there was an emoji. cooked[to - 1] must be a separator; a space is put at the end. The source must have 64 bytes to spare behind
    `end`, the cooked array room for 3 bytes for each of the source and 128 more.
    """
    notes[NOTE_ODDS] = 0
    notes[NOTE_EMOJI] = 0
    tailed = False
    at = start
    while at < end:
        copy_lower(cooked, to, source, at)
        mask = not_plain_json_mask(source, at) if escaped else not_plain_mask(source, at)
        if end - at < 64:
            mask |= np.uint64(1) << np.uint64(end - at)
        if mask == 0:
            at += 64
            to += 64
            tailed = False
            continue
        plain = lowest_bit(mask)
        at += plain
        to += plain
        if plain > 0:
            tailed = False
        while at < end:
            byte = np.int64(source[at])
            if byte >= 0x80:
                code, size = decode(source, at, end)
            elif escaped:
                if byte >= 0x20 and byte != 0x5C:
                    break
                code, size = unescape(source, at, end) if byte == 0x5C else (np.int64(-1), 0)
            elif byte >= 9:
                break
            else:
                code, size = byte, 1
            if code < 0:
                return np.int64(BY_HAND)
            at += size
            if code < 0x80:
                tailed = False
                cooked[to] = _SPLIT if code < 9 else code | 0x20 if 0x41 <= code <= 0x5A else code
                to += 1
                continue
            entry = entry_of(code, pages, wanted)
            if entry < 0:
                return np.int64(NO_PAGE)
            action = entry & 7
            if action == _SLOW or (entry & _MARKED and tailed):
                return np.int64(BY_HAND)
            if entry & _ODD:
                count = notes[NOTE_ODDS]
                if count < ODDS:
                    notes[count] = to
                notes[NOTE_ODDS] = count + 1
                if action == _DROP:
                    continue
            tailed = entry & _TAILED != 0
            if action == _EMOJI:
                cooked[to] = _SEAM_EMOJI
                to += 1
                notes[NOTE_EMOJI] = 1
            elif action == _CJK and is_word_byte(cooked[to - 1]):
                cooked[to] = _SEAM_CJK
                to += 1
            place = entry >> _PLACE_SHIFT
            size = entry >> _LENGTH_SHIFT & _LENGTH_MASK
            for k in range(size):
                cooked[to + k] = pages.pool[place + k]
            to += size
            if action == _EMOJI or action == _CJK:
                cooked[to] = _SEAM_EMOJI if action == _EMOJI else _SEAM_CJK
                to += 1
    cooked[to] = 0x20
    return np.int64(to)
