"""Finding a post's fields in a line of JSON, in place.

A line that is plain and well-formed is understood here; whatever is unusual (an escaped key, a key given twice, half a surrogate pair, a number
for an id that is no whole number, anything malformed) is handed to Python's own reader, which also words the complaint.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.query._cook import BY_HAND, decode, unescape
from grapevine.engine.query._hashing import _KEPT
from grapevine.engine.query._kernel import apart, inner
from grapevine.engine.query._vectors import (
    beyond_ascii_mask,
    eight_bytes,
    lowest_bit,
    newline_mask,
    string_end_mask,
)

# The fields of a post, in the order of their rows in `spans`; the id comes last.
FIELDS = (
    "title", "text", "author", "author_name", "lang", "country", "source", "type", "site", "url",
    "links", "media", "hashtags", "mentions",
)  # fmt: skip
TITLE, TEXT, AUTHOR, AUTHOR_NAME, LANG, COUNTRY, SOURCE, TYPE, SITE, URL = range(10)
LINKS, MEDIA, HASHTAGS, MENTIONS, ID = range(10, 15)
# What stands in a field: nothing (or something of the wrong type), a string (its inside), an array (with its brackets), a whole number.
ABSENT, STRING, ARRAY, NUMBER = range(4)

_NAMES = np.array([int.from_bytes(name.encode()[:8], "little") for name in (*FIELDS, "id")], np.uint64)
_SIZES = np.array([len(name) for name in (*FIELDS, "id")], np.int64)
_DEEPEST = 60


@inner
def next_newline(source: Any, at: Any, end: Any) -> Any:
    """The place of the next newline, or `end`."""
    while at < end:
        mask = newline_mask(source, at)
        if mask != 0:
            return min(at + lowest_bit(mask), end)
        at += 64
    return end


@inner
def space(source: Any, at: Any, end: Any) -> Any:
    """The first place from `at` on that is not white space within a line."""
    while at < end and (source[at] == 0x20 or source[at] == 9 or source[at] == 13):
        at += 1
    return at


@apart
def string_end(source: Any, at: Any, end: Any, careful: Any) -> Any:
    """The place of the quote that closes the string whose inside begins at `at`; BY_HAND when it has none or is not well-formed.

    Without `careful` only escapes and control characters are looked at, not whether it is UTF-8.
    """
    strange = False
    begun = at
    while at < end:
        mask = string_end_mask(source, at)
        beyond = beyond_ascii_mask(source, at)
        if mask == 0:
            strange |= beyond != 0
            at += 64
            continue
        place = lowest_bit(mask)
        strange |= beyond & ((np.uint64(1) << np.uint64(place)) - np.uint64(1)) != 0
        at += place
        if at >= end:
            return np.int64(BY_HAND)
        if source[at] == 0x22:
            if careful and strange and not _is_utf8(source, begun, at):
                return np.int64(BY_HAND)
            return np.int64(at)
        if source[at] != 0x5C:
            return np.int64(BY_HAND)
        code, size = unescape(source, at, end)
        if code < 0:
            return np.int64(BY_HAND)
        at += size
    return np.int64(BY_HAND)


@apart
def _is_utf8(source: Any, at: Any, end: Any) -> Any:
    while at < end:
        if source[at] < 0x80:
            at += 1
            continue
        code, size = decode(source, at, end)
        if code < 0:
            return False
        at += size
    return True


@inner
def _digits(source: Any, at: Any, end: Any) -> Any:
    while at < end and 0x30 <= source[at] <= 0x39:
        at += 1
    return at


@apart
def _number_end(source: Any, at: Any, end: Any) -> Any:
    """(the end of the number at `at` or BY_HAND, whether it is whole)."""
    if source[at] == 0x2D:
        at += 1
    begun = at
    at = _digits(source, at, end)
    if at == begun or (at > begun + 1 and source[begun] == 0x30):
        return np.int64(BY_HAND), False
    whole = at - begun <= 18
    if at < end and source[at] == 0x2E:
        whole = False
        begun = at + 1
        at = _digits(source, begun, end)
        if at == begun:
            return np.int64(BY_HAND), False
    if at < end and (source[at] | 0x20) == 0x65:
        whole = False
        at += 1
        if at < end and (source[at] == 0x2B or source[at] == 0x2D):
            at += 1
        begun = at
        at = _digits(source, at, end)
        if at == begun:
            return np.int64(BY_HAND), False
    return np.int64(at), whole


@apart
def _literal_end(source: Any, at: Any, end: Any) -> Any:
    """The end of true, false or null, or BY_HAND."""
    four = eight_bytes(source, at) & _KEPT[4]
    if at + 4 <= end and (four == np.uint64(0x65757274) or four == np.uint64(0x6C6C756E)):
        return np.int64(at + 4)
    if at + 5 <= end and four == np.uint64(0x736C6166) and source[at + 4] == 0x65:
        return np.int64(at + 5)
    return np.int64(BY_HAND)


@apart
def _simple_end(source: Any, at: Any, end: Any) -> Any:
    """The end of the string, number or literal at `at`, or BY_HAND."""
    byte = source[at]
    if byte == 0x22:
        place = string_end(source, at + 1, end, True)
        return place + 1 if place >= 0 else place
    if byte == 0x2D or 0x30 <= byte <= 0x39:
        return _number_end(source, at, end)[0]
    return _literal_end(source, at, end)


@apart
def nested_end(source: Any, at: Any, end: Any) -> Any:
    """The end of the array or object at `at`, checked throughout; BY_HAND when it is malformed or very deep."""
    objects = np.uint64(0)  # bit k: whether level k is an object
    depth = 0
    value = True  # whether a value comes next
    while True:
        at = space(source, at, end)
        if at >= end:
            return np.int64(BY_HAND)
        byte = source[at]
        if value:
            if byte == 0x5B or byte == 0x7B:
                if depth == _DEEPEST:
                    return np.int64(BY_HAND)
                depth += 1
                objects = objects << np.uint64(1) | np.uint64(byte == 0x7B)
                at = space(source, at + 1, end)
                if at < end and source[at] == byte + 2:  # ] and } stand two behind [ and {
                    value = False
                    continue
            else:
                at = _simple_end(source, at, end)
                if at < 0:
                    return np.int64(BY_HAND)
                value = False
                continue
        elif byte == 0x2C:
            at = space(source, at + 1, end)
        elif byte == (0x7D if objects & np.uint64(1) else 0x5D):
            at += 1
            depth -= 1
            if depth == 0:
                return np.int64(at)
            objects >>= np.uint64(1)
            continue
        else:
            return np.int64(BY_HAND)
        # Behind an opening bracket or a comma: an object has a key first.
        value = True
        if objects & np.uint64(1):
            if at >= end or source[at] != 0x22:
                return np.int64(BY_HAND)
            at = string_end(source, at + 1, end, True)
            if at < 0:
                return np.int64(BY_HAND)
            at = space(source, at + 1, end)
            if at >= end or source[at] != 0x3A:
                return np.int64(BY_HAND)
            at += 1


@apart
def _field_of(source: Any, start: Any, end: Any) -> Any:
    """The number of the field with this key, or -1."""
    size = end - start
    if size < 2 or size > 11:
        return -1
    name = eight_bytes(source, start) & _KEPT[min(size, 8)]
    for field in range(_NAMES.size):
        if _NAMES[field] == name and _SIZES[field] == size:
            if size == 11 and not (
                source[start + 8] == 0x61 and source[start + 9] == 0x6D and source[start + 10] == 0x65
            ):
                return -1
            return field
    return -1


@inner
def scan(source: Any, at: Any, end: Any, spans: Any) -> Any:
    """Find the fields of the object source[at:end]: spans[field] = (start, end, what). Returns 0, or BY_HAND."""
    for field in range(ID + 1):
        spans[field, 2] = ABSENT
    seen = np.int64(0)
    at = space(source, at, end)
    if at >= end or source[at] != 0x7B:
        return BY_HAND
    at = space(source, at + 1, end)
    if at < end and source[at] == 0x7D:
        return 0 if space(source, at + 1, end) == end else BY_HAND
    while True:
        if at >= end or source[at] != 0x22:
            return BY_HAND
        begun = at + 1
        at = string_end(source, begun, end, True)
        if at < 0:
            return BY_HAND
        field = _field_of(source, begun, at)
        if field < 0:
            for k in range(begun, at):
                if source[k] == 0x5C:
                    return BY_HAND
        elif seen >> field & 1:
            return BY_HAND
        else:
            seen |= 1 << field
        at = space(source, at + 1, end)
        if at >= end or source[at] != 0x3A:
            return BY_HAND
        at = space(source, at + 1, end)
        if at >= end:
            return BY_HAND
        byte = source[at]
        begun = at
        what = ABSENT
        if byte == 0x22:
            begun = at + 1
            at = string_end(source, begun, end, field > TEXT or field < 0)
            if at < 0:
                return BY_HAND
            if field >= 0:
                spans[field, 0], spans[field, 1], spans[field, 2] = begun, at, STRING
            at += 1
        else:
            if byte == 0x5B or byte == 0x7B:
                at = nested_end(source, at, end)
                what = ARRAY if byte == 0x5B else ABSENT
            elif byte == 0x2D or 0x30 <= byte <= 0x39:
                at, whole = _number_end(source, at, end)
                what = NUMBER if whole else ABSENT
            else:
                at = _literal_end(source, at, end)
            if at < 0:
                return BY_HAND
            if field >= 0:
                spans[field, 0], spans[field, 1], spans[field, 2] = begun, at, what
        at = space(source, at, end)
        if at >= end:
            return BY_HAND
        if source[at] == 0x7D:
            return 0 if space(source, at + 1, end) == end else BY_HAND
        if source[at] != 0x2C:
            return BY_HAND
        at = space(source, at + 1, end)
