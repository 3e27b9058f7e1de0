"""Hashtags, handles and hosts of cooked text, as entries. Must agree with `tokens._tags` and `documents.host_and_path`."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.query import _hashing, _tables
from grapevine.engine.query._cook import BY_HAND, NO_PAGE, decode, entry_of, is_word_byte
from grapevine.engine.query._hashing import KINDS, STEM, hash_bytes
from grapevine.engine.query._kernel import apart, inner
from grapevine.engine.query._tokenise import COUNTERS, ENTRIES, add, add_stems
from grapevine.engine.query._vectors import lowest_bit, sign_mask

_SEAM_CJK, _SEAM_EMOJI = _tables.SEAM_CJK, _tables.SEAM_EMOJI
_LETTER = _tables.LETTER
_TAG, _HANDLE, _URL_WORD = _hashing.TAG, _hashing.HANDLE, _hashing.URL_WORD
# What a text was seen to hold, for `has:`; bits of what `read_signs` returns.
SAW_TAG, SAW_HANDLE, SAW_QUESTION = 1, 2, 4


@apart
def _has_letter(cooked: Any, start: Any, end: Any, pages: Any, wanted: Any) -> Any:
    """1 when a letter or CJK character is among cooked[start:end], 0 when only digits and marks; NO_PAGE."""
    at = start
    while at < end:
        byte = cooked[at]
        if 0x61 <= byte <= 0x7A:
            return 1
        if byte < 0x80:
            at += 1
            continue
        code, size = decode(cooked, at, end)
        entry = entry_of(code, pages, wanted)
        if entry < 0:
            return NO_PAGE
        if entry & _LETTER:
            return 1
        at += size
    return 0


@apart
def _has_word(cooked: Any, start: Any, end: Any) -> Any:
    for at in range(start, end):
        if is_word_byte(cooked[at]):
            return True
    return False


@apart
def _handle_end(cooked: Any, start: Any, stop: Any) -> Any:
    """The end of a handle's part, without trailing dots and dashes."""
    end = start
    while end < stop:
        byte = cooked[end]
        if not (is_word_byte(byte) or byte == 0x5F or byte == 0x2E or byte == 0x2D or byte == _SEAM_CJK):
            break
        end += 1
    while end > start and (cooked[end - 1] == 0x2E or cooked[end - 1] == 0x2D):
        end -= 1
    return end


@apart
def add_name(
    room: Any, sieve: Any, start: Any, end: Any, first: Any, last: Any, kind: Any, spare: Any, labels: Any
) -> Any:
    """Add the tag or handle cooked[start:end], whole, its stems and with `labels` its first label. Seams are left out.

    Uses the bytes from cooked[spare] on as scratch.
    """
    cooked = room.cooked
    to = spare
    label = np.int64(-1)
    for at in range(start, end):
        byte = cooked[at]
        if byte == _SEAM_CJK:
            continue
        if label < 0 and (byte == 0x2E or byte == 0x40):
            label = to
        cooked[to] = byte
        to += 1
    if to == spare:
        return
    secret = sieve.secret
    add(room, sieve, hash_bytes(cooked, spare, to, secret[KINDS]) ^ secret[kind], first, last)
    add_stems(room, sieve, spare, to, first, last, kind + STEM)
    if labels and label > spare:
        add(room, sieve, hash_bytes(cooked, spare, label, secret[KINDS]) ^ secret[kind], first, last)


@inner
def read_signs(
    room: Any,
    sieve: Any,
    start: Any,
    stop: Any,
    words: Any,
    links: Any,
    linked: Any,
    pages: Any,
    wanted: Any,
    spare: Any,
) -> Any:
    """Add the tags and handles of cooked[start:stop]; returns SAW_ bits, or NO_PAGE.

    `words` is the number of the text's first entry (its last is the newest); room.links[links:linked] are its addresses.
    """
    cooked = room.cooked
    saw = np.int64(0)
    newest = room.counters[ENTRIES]
    word, link, done, at = words, links, start, start
    while at < stop:
        mask = sign_mask(cooked, at)
        if stop - at < 64:
            mask &= (np.uint64(1) << np.uint64(stop - at)) - np.uint64(1)
        while mask != 0:
            place = at + lowest_bit(mask)
            mask &= mask - np.uint64(1)
            while link < linked and room.links[link + 1] <= place:
                link += 2
            limit = np.int64(room.links[link]) if link < linked else stop
            if place < done or place >= limit:
                continue
            sign = cooked[place]
            if sign == 0x3F:
                saw |= SAW_QUESTION
                continue
            before = cooked[place - 1]
            if is_word_byte(before) or before == _SEAM_CJK:
                continue
            end = place + 1
            if sign == 0x23:
                if before == 0x26 or before == 0x23:
                    continue
                while end < limit and (
                    is_word_byte(cooked[end]) or cooked[end] == 0x5F or cooked[end] == _SEAM_CJK
                ):
                    end += 1
                found = _has_letter(cooked, place + 1, end, pages, wanted)
                if found < 0:
                    return np.int64(NO_PAGE)
                if found == 0:
                    continue
                kind = _TAG
                saw |= SAW_TAG
            else:
                if before == 0x5F or before == 0x2D or before == 0x2B or before == 0x40:
                    continue
                end = _handle_end(cooked, place + 1, limit)
                if end > place + 1 and end < limit and cooked[end] == 0x40:
                    further = _handle_end(cooked, end + 1, limit)
                    end = further if further > end + 1 else end
                if not _has_word(cooked, place + 1, end):
                    continue
                kind = _HANDLE
                saw |= SAW_HANDLE
            while word < newest and room.starts[word] < place:
                word += 1
            last = word
            while last + 1 < newest and room.starts[last + 1] < end:
                last += 1
            add_name(
                room,
                sieve,
                place + 1,
                end,
                room.firsts[word],
                room.firsts[last],
                kind,
                spare,
                kind == _HANDLE,
            )
            done = end
        at += 64
    return saw


@apart
def add_host(room: Any, sieve: Any, start: Any, end: Any, kind: Any) -> Any:
    """Add the host of the address cooked[start:end] and every domain it lies under; returns 0, or BY_HAND for an unusual one."""
    cooked = room.cooked
    begun = start
    size = end - start
    if (
        size >= 7
        and cooked[start] == 0x68
        and cooked[start + 1] == 0x74
        and cooked[start + 2] == 0x74
        and cooked[start + 3] == 0x70
    ):
        at = start + 4
        if cooked[at] == 0x73:
            at += 1
        if at + 3 <= end and cooked[at] == 0x3A and cooked[at + 1] == 0x2F and cooked[at + 2] == 0x2F:
            begun = at + 3
    if begun == start:
        for at in range(start, end - 2):
            if cooked[at] == 0x3A and cooked[at + 1] == 0x2F and cooked[at + 2] == 0x2F:
                return BY_HAND
    stop = begun
    while stop < end:
        byte = cooked[stop]
        if byte == 0x2F or byte == 0x3F or byte == 0x23:
            break
        stop += 1
    host = begun
    while host < stop:
        byte = cooked[host]
        if byte >= 0x80 or not (is_word_byte(byte) or byte == 0x2E or byte == 0x2D or byte == 0x5F):
            break
        host += 1
    if host < stop:
        if cooked[host] != 0x3A:
            return BY_HAND
        for at in range(host + 1, stop):
            if cooked[at] < 0x30 or cooked[at] > 0x39:
                return BY_HAND
    while host > begun and cooked[host - 1] == 0x2E:
        host -= 1
    secret = sieve.secret
    for at in range(begun, host):
        if at == begun or cooked[at - 1] == 0x2E:
            add(room, sieve, hash_bytes(cooked, at, host, secret[KINDS]) ^ secret[kind], -1, -1)
    return 0


@apart
def add_address_words(room: Any, sieve: Any, start: Any, end: Any) -> Any:
    """Add the words of an address for `url:` with a bare word. More than `tokens` would give; hits are looked at again."""
    cooked, secret = room.cooked, sieve.secret
    at = start
    while at < end:
        if not is_word_byte(cooked[at]):
            at += 1
            continue
        begun = at
        while at < end and is_word_byte(cooked[at]):
            at += 1
        add(room, sieve, hash_bytes(cooked, begun, at, secret[KINDS]) ^ secret[_URL_WORD], -1, -1)


@inner
def clear(room: Any) -> Any:
    """Make room for the next post."""
    for k in range(COUNTERS):
        room.counters[k] = 0
