"""From characters to tokens, compiled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from grapevine.engine.text.reading._marks import (
    PRIME,
    SEED,
    SPEED,
    ends_domain,
    is_desk,
    is_wrapped,
    kind_of,
    smiley,
    starts_link,
)
from grapevine.engine.text.reading.signs import (
    APOSTROPHE,
    AT,
    DIGIT,
    EMOJI,
    EXCLAIM,
    FACE,
    LETTER,
    NOTHING,
    QUESTION,
    SIZE,
    STOP,
)

WORD, LINK, USER, NUMBER, SIGN, ASKS, CRIES, ENDS = range(8)
"""Kinds of tokens. SIGN: an emoji or a smiley; ENDS: the end of a sentence."""
LOUD, LONG_DRAWN, TAGGED, DESK_OF, WRAPPED = 1, 2, 4, 8, 16
"""What else a word can be: in capitals, with a letter drawn out, behind a #; a handle: that of a firm's desk; a link: wrapped by the platform."""


SPACED = 4
"""So many letters alone beside each other are read as one word."""


class Tokens(NamedTuple):
    """Room for the tokens of one text. Letters of words lie without accents in `letters`, between `first` and `last`."""

    exact: Any  # uint64: hash of the word in lower case
    bare: Any  # uint64: the same without accents
    kind: Any  # uint8
    extra: Any  # uint8
    first: Any  # int32
    last: Any  # int32
    letters: Any  # uint16


def room(longest: int) -> Tokens:
    """Room for a text of `longest` characters."""
    n = longest + 8
    return Tokens(
        np.zeros(n, np.uint64), np.zeros(n, np.uint64), np.zeros(n, np.uint8), np.zeros(n, np.uint8),
        np.zeros(n, np.int32), np.zeros(n, np.int32), np.zeros(n * 2, np.uint16),
    )  # fmt: skip


def hash_of(word: str) -> int:
    """The hash of a word as the kernel makes it."""
    hashed = int(SEED)
    for character in word:
        hashed = ((hashed ^ ord(character)) * int(PRIME)) & 0xFFFFFFFFFFFFFFFF
    return hashed


NAMED = {name: hash_of(name) for name in ("<link>", "<user>", "<num>", "<start>", "?", "!", ".")}
"""Tokens that are no words, as the shelf writes them."""


@njit(inline="always")
def _put(room: Any, count: Any, kind: Any, hashed: Any) -> Any:  # pragma: no cover - compiled
    room.exact[count] = hashed
    room.bare[count] = hashed
    room.kind[count] = kind
    room.extra[count] = 0
    room.first[count] = 0
    room.last[count] = 0
    return count + 1


@njit(**SPEED)
def _joined(room: Any, count: Any) -> Any:  # pragma: no cover - compiled
    """Make one word of four letters or more that stand alone beside each other ("s p a m"). Returns how many tokens are left."""
    k = kept = 0
    while k < count:
        stop = k
        while stop < count and room.kind[stop] == WORD and room.last[stop] - room.first[stop] == 1:
            stop += 1
        if stop - k < SPACED:
            stop = k + 1
            room.exact[kept], room.bare[kept], room.kind[kept] = room.exact[k], room.bare[k], room.kind[k]
            room.extra[kept], room.first[kept], room.last[kept] = room.extra[k], room.first[k], room.last[k]
        else:
            # Their letters lie beside each other already.
            word = SEED
            for at in range(room.first[k], room.last[stop - 1]):
                word = (word ^ np.uint64(room.letters[at])) * PRIME
            room.exact[kept] = room.bare[kept] = word
            room.kind[kept], room.extra[kept] = WORD, room.extra[k] & LOUD
            room.first[kept], room.last[kept] = room.first[k], room.last[stop - 1]
        kept += 1
        k = stop
    return kept


@njit(**SPEED)
def tokenise(
    codes: Any, begin: Any, end: Any, kinds: Any, lower: Any, bare: Any, domains: Any, marks: Any, room: Any
) -> Any:  # pragma: no cover - compiled
    """Write the tokens of codes[begin:end] into `room`; returns how many. `marks`: the hashes of the tokens that are no words."""
    count, used, at, alone = 0, 0, begin, 0
    while at < end:
        code = codes[at]
        kind = kind_of(code, kinds)
        if kind == LETTER or kind == DIGIT:
            if kind == LETTER and starts_link(codes, at, end):
                begun = at
                while at < end and codes[at] > 32 and codes[at] != 0xA0:
                    at += 1
                count = _put(room, count, LINK, marks[LINK])
                if is_wrapped(codes, begun, at):
                    room.extra[count - 1] = WRAPPED
                continue
            exact, plain, first = SEED, SEED, used
            size, capitals, digits, run, drawn = 0, 0, 0, 0, 0
            previous, linked = np.int64(-1), -1
            begun = at
            while at < end:
                code = codes[at]
                kind = kind_of(code, kinds)
                if kind == NOTHING:
                    at += 1
                    continue
                if kind == APOSTROPHE:
                    if at + 1 < end and size and kind_of(codes[at + 1], kinds) == LETTER:
                        exact = (exact ^ np.uint64(39)) * PRIME
                        plain = (plain ^ np.uint64(39)) * PRIME
                        room.letters[used] = 39
                        used += 1
                        previous = -1
                        at += 1
                        continue
                    break
                if kind == STOP and code == 46 and size:
                    linked = ends_domain(codes, at, end, kinds, lower, domains)
                    if (
                        linked < 0
                        and digits == size
                        and at + 1 < end
                        and kind_of(codes[at + 1], kinds) == DIGIT
                    ):
                        at += 1  # 1.000 and 3.50 are numbers
                        continue
                    break
                if kind != LETTER and kind != DIGIT:
                    if (
                        digits == size
                        and code == 44
                        and at + 1 < end
                        and kind_of(codes[at + 1], kinds) == DIGIT
                    ):
                        at += 1
                        continue
                    break
                small = np.int64(code)
                simple = small
                if code < SIZE:
                    small, simple = np.int64(lower[code]), np.int64(bare[code])
                    capitals += small != code
                digits += kind == DIGIT
                size += 1
                at += 1
                if small == previous and kind == LETTER:
                    run += 1
                    if run >= 2:  # "soooo" is read as "soo"
                        drawn = 1
                        continue
                else:
                    run = 0
                previous = small
                exact = (exact ^ np.uint64(small)) * PRIME
                plain = (plain ^ np.uint64(simple)) * PRIME
                room.letters[used] = simple & 0xFFFF
                used += 1
            if linked >= 0:
                at, used = linked, first
                count = _put(room, count, LINK, marks[LINK])
                continue
            if digits == size:
                used = first
                count = _put(room, count, NUMBER, marks[NUMBER])
                continue
            room.exact[count], room.bare[count], room.kind[count] = exact, plain, WORD
            room.extra[count] = (LOUD if capitals == size and size > 1 else 0) | (LONG_DRAWN if drawn else 0)
            if begun > begin and codes[begun - 1] == 35:
                room.extra[count] |= TAGGED
            room.first[count], room.last[count] = first, used
            count += 1
            alone += size == 1
            continue
        if kind == AT and at + 1 < end and kind_of(codes[at + 1], kinds) in (LETTER, DIGIT):
            at += 1
            begun = at
            while at < end and (
                kind_of(codes[at], kinds) in (LETTER, DIGIT) or codes[at] == 95 or codes[at] == 45
            ):
                at += 1
            count = _put(room, count, USER, marks[USER])
            if is_desk(codes, begun, at):
                room.extra[count - 1] = DESK_OF
            continue
        if kind == EMOJI:
            count = _put(room, count, SIGN, (SEED ^ np.uint64(code)) * PRIME)
        elif kind == FACE:
            mood, after = smiley(codes, at, begin, end)
            if mood:
                hashed = marks[8] if mood == 1 else marks[9] if mood == -1 else marks[10]
                count = _put(room, count, SIGN, hashed)
                at = after
                continue
        elif kind == QUESTION:
            if count == 0 or room.kind[count - 1] != ASKS:
                count = _put(room, count, ASKS, marks[ASKS])
        elif kind == EXCLAIM:
            count = _put(room, count, CRIES, marks[CRIES])
        elif kind == STOP and count and room.kind[count - 1] != ENDS:
            count = _put(room, count, ENDS, marks[ENDS])
        at += 1
    return _joined(room, count) if alone >= SPACED else count


def marks() -> Any:
    """The hashes of tokens that are no words, by kind; then those of a glad, a sad and a doubtful smiley."""
    names = ["", "<link>", "<user>", "<num>", "", "?", "!", ".", ":)", ":(", ":/"]
    return np.array([hash_of(name) for name in names], np.uint64)


def domains() -> Any:
    """The hashes of what domains end with."""
    ends = (
        "com net org info biz se dk nl no de eu co io tv ly me ru cc gl be fi uk us xyz top shop site online"
    )
    return np.array([hash_of(end) for end in ends.split()], np.uint64)
