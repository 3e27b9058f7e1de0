"""What stands between words: addresses, domains, smileys, and what each character is. Compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from grapevine.engine.text.reading.signs import DIGIT, EMOJI, LETTER, NOTHING, SEPARATES, SIZE

SEED, PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
SPEED: Any = {"cache": True, "nogil": True, "boundscheck": False, "error_model": "numpy"}


@njit(inline="always")
def kind_of(code: Any, kinds: Any) -> Any:  # pragma: no cover - compiled
    if code < SIZE:
        return kinds[code]
    if 0x1F3FB <= code <= 0x1F3FF or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE01EF:
        return np.uint8(NOTHING)
    if 0x1F000 <= code <= 0x1FAFF:
        return np.uint8(EMOJI)
    if 0x3040 <= code <= 0xD7A3 or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF:
        return np.uint8(LETTER)
    return np.uint8(SEPARATES)


@njit(**SPEED)
def starts_link(codes: Any, at: Any, end: Any) -> Any:  # pragma: no cover - compiled
    """Whether http://, https:// or www. begins here."""
    a = codes[at] | 32
    if (
        a == 104
        and at + 7 < end
        and codes[at + 1] | 32 == 116
        and codes[at + 2] | 32 == 116
        and codes[at + 3] | 32 == 112
    ):
        place = at + 4
        if codes[place] | 32 == 115:
            place += 1
        return place + 2 < end and codes[place] == 58 and codes[place + 1] == 47
    return (
        a == 119
        and at + 4 < end
        and codes[at + 1] | 32 == 119
        and codes[at + 2] | 32 == 119
        and codes[at + 3] == 46
    )


@njit(**SPEED)
def ends_domain(
    codes: Any, at: Any, end: Any, kinds: Any, lower: Any, domains: Any
) -> Any:  # pragma: no cover
    """Where the end of a domain lies whose last full stop is at `at`, or -1 when what follows ends none."""
    hashed, place = SEED, at + 1
    while place < end and codes[place] < 128 and kinds[codes[place]] == LETTER:
        hashed = (hashed ^ np.uint64(lower[codes[place]])) * PRIME
        place += 1
    if place - at < 3 or place - at > 5:
        return -1
    if place < end and (kind_of(codes[place], kinds) == DIGIT or codes[place] == 64):
        return -1
    for one in domains:
        if one == hashed:
            while (
                place < end
                and codes[place] > 32
                and codes[place] != 0xA0
                and codes[place] not in (41, 44, 34, 62)
            ):
                place += 1
            return place
    return -1


@njit(**SPEED)
def smiley(codes: Any, at: Any, begin: Any, end: Any) -> Any:  # pragma: no cover - compiled
    """The smiley at `at` in the text from `begin` on: (mood 1, -1, 2 for doubtful or 0 for none, where it ends)."""
    code = codes[at]
    if code == 60:  # <3
        if at + 1 < end and codes[at + 1] == 51:
            return 1, at + 2
        return 0, at
    if at > begin and 48 <= codes[at - 1] <= 57:
        return 0, at
    place = at + 1
    if place < end and codes[place] == 39:  # :'(
        place += 1
    if place < end and (codes[place] == 45 or codes[place] == 94):
        place += 1
    if place >= end:
        return 0, at
    mouth = codes[place]
    if (
        mouth == 41
        or mouth == 68
        or mouth == 51
        or mouth == 42
        or mouth == 93
        or ((mouth | 32) == 112 and place == at + 1)
    ):
        return 1, place + 1
    if mouth == 40 or mouth == 91:
        return -1, place + 1
    if (mouth == 47 and not (place + 1 < end and codes[place + 1] == 47)) or mouth == 92 or mouth == 124:
        return 2, place + 1
    return 0, at


@njit(**SPEED)
def is_desk(codes: Any, begin: Any, end: Any) -> Any:  # pragma: no cover - compiled
    """Whether a handle is that of a firm's desk: it has help, support, service or care in it, or begins with ask."""
    if (
        end - begin > 4
        and codes[begin] | 32 == 97
        and codes[begin + 1] | 32 == 115
        and codes[begin + 2] | 32 == 107
    ):
        return True
    for at in range(begin, end - 3):
        a, b, c, d = codes[at] | 32, codes[at + 1] | 32, codes[at + 2] | 32, codes[at + 3] | 32
        if (a == 104 and b == 101 and c == 108 and d == 112) or (
            a == 99 and b == 97 and c == 114 and d == 101
        ):
            return True  # help, care
        if a == 115 and ((b == 117 and c == 112 and d == 112) or (b == 101 and c == 114 and d == 118)):
            return True  # supp, serv
    return False


@njit(**SPEED)
def is_wrapped(codes: Any, begin: Any, end: Any) -> Any:  # pragma: no cover - compiled
    """Whether a link is one that the platform puts around all links and pictures itself (http://t.co/): it says nothing about who posted it."""
    at = begin
    while at < end and codes[at] != 58:
        at += 1
    return (
        at + 7 < end
        and codes[at + 3] == 116
        and codes[at + 4] == 46
        and codes[at + 5] == 99
        and codes[at + 6] == 111
        and codes[at + 7] == 47
    )
