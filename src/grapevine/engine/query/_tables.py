"""What each character becomes in cooked text, as arrays that the kernel reads.

The rules are those of `characters` and `tokens`; this module only tabulates them, a page of 256 characters at a time and
when first met. A character whose meaning hangs on its neighbours (one that may melt into the one before it, say) is marked
`SLOW`: posts that hold one are read by `tokens` itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from grapevine.engine.query import characters

# What to do with a character: the lowest three bits of its entry.
SLOW, WORD, CJK, EMOJI, SEPARATE, DROP = range(6)
# Flags: it can blur where an address begins or ends; it begins, ends with a mark that has an order; it holds a letter.
ODD, MARKED, TAILED, LETTER = 8, 16, 32, 64
LENGTH_SHIFT, LENGTH_MASK, PLACE_SHIFT = 7, 15, 11

# Signs of cooked text. A neutral separator; the seams beside CJK characters and emoji, which part words but no addresses.
SPLIT, SEAM_CJK, SEAM_EMOJI = 1, 2, 3

PAGES = 0x110000 >> 8
# Pages in use everywhere, made at once: Latin, general punctuation, the commonest emoji.
_AT_ONCE = (0x00, 0x01, 0x20, 0x21, 0x26, 0x27, 0x1F3, 0x1F4, 0x1F5, 0x1F6, 0x1F9, 0xFE)
# Where Unicode keeps characters that decompose into a base and a mark. A test looks through all the others.
_COMPOSED = ((0xC0, 0x3100), (0xF900, 0xFC00), (0x10000, 0x17000), (0x1D100, 0x1D200))
_LETTERLIKE = re.compile(r"\w")


class Pages(NamedTuple):
    """The tables: page number -> page or -1; page * 256 + low byte -> entry; the bytes that entries point at."""

    index: Any
    entries: Any
    pool: Any


@lru_cache(maxsize=1)
def joiners() -> frozenset[str]:
    """Characters that composing may melt into the one before them."""
    found = {chr(c) for c in range(0x1100, 0x1200)}
    for first, last in _COMPOSED:
        for code in range(first, last):
            parts = unicodedata.decomposition(chr(code)).split()
            if len(parts) == 2 and not parts[0].startswith("<"):
                found.add(chr(int(parts[1], 16)))
    return frozenset(found)


def describe(character: str) -> tuple[int, bytes]:
    """Flags (with the action) and cooked bytes of a character beyond ASCII."""
    undressed = characters.plain(character)
    if not undressed:
        return DROP | ODD, b""
    folded = unicodedata.normalize("NFC", undressed.casefold())
    if not _stands_alone(undressed) or not _stands_alone(folded):
        return SLOW, b""
    kinds = {characters.kind_of(c) for c in undressed}
    letterlike = bool(_LETTERLIKE.match(character))
    flags = 0
    if kinds == {characters.SEPARATOR}:
        if len(undressed) > 1:
            return SLOW, b""
        sign = _separator(undressed)
        odd = letterlike or (sign != b" " and (ord(undressed) < 128 or sign == b"?"))
        return SEPARATE | (ODD if odd else 0), sign
    cooked = folded.encode()
    if len(cooked) + 2 > 3 * len(character.encode()) or len(cooked) > LENGTH_MASK:
        return SLOW, b""
    after = {characters.kind_of(c) for c in folded}
    if kinds <= {characters.EMOJI} or kinds <= {characters.CJK}:
        if len(undressed) > 1 or len(folded) > 1 or len(cooked) > 4:
            return SLOW, b""
        is_cjk = kinds == {characters.CJK}
        return (CJK | LETTER if is_cjk else EMOJI) | (ODD if letterlike != is_cjk else 0), cooked
    wordlike = {characters.LETTER, characters.MARK, characters.DIGIT}
    if (
        not kinds <= wordlike
        or not after <= wordlike
        or (characters.LETTER in kinds) != (characters.LETTER in after)
    ):
        return SLOW, b""
    if characters.LETTER in kinds:
        flags |= LETTER
    # ß is the one letter beyond ASCII that becomes ASCII letters and is met daily; `ss` can neither begin nor end http or www.
    if characters.MARK in kinds or not letterlike or (character not in "ßẞ" and any(b < 128 for b in cooked)):
        flags |= ODD
    if unicodedata.combining(undressed[0]) or unicodedata.combining(folded[0]):
        flags |= MARKED
    if unicodedata.combining(undressed[-1]) or unicodedata.combining(folded[-1]):
        flags |= TAILED
    return WORD | flags, cooked


def _stands_alone(text: str) -> bool:
    """Whether composing leaves this as it is, whatever ordinary character stands on either side."""
    return text[0] not in joiners() and unicodedata.is_normalized("NFC", text)


def _separator(character: str) -> bytes:
    if character.isspace():
        return b" "
    if character in "“”«»":  # ends an address, as " does
        return b'"'
    if character == "’":  # may not end an address, as ' may not
        return b"'"
    if character == "؟":
        return b"?"
    return character.encode() if ord(character) < 128 else bytes([SPLIT])


class Tables:
    """The pages made so far; `pages` is what kernels take. Making one more page leaves arrays already handed out intact."""

    def __init__(self) -> None:
        self._pool = bytearray()
        self._known: dict[bytes, int] = {}
        self.pages = Pages(np.full(PAGES, -1, np.int32), np.zeros(0, np.uint32), np.zeros(16, np.uint8))
        self.add(_AT_ONCE)

    def add(self, numbers: tuple[int, ...] | list[int]) -> None:
        """Make the pages with these numbers (code point >> 8) that are not there yet."""
        index, entries = self.pages.index.copy(), [self.pages.entries]
        made = len(self.pages.entries) >> 8
        for number in numbers:
            if index[number] < 0:
                index[number] = made
                made += 1
                entries.append(self._page(number))
        pool = np.frombuffer(bytes(self._pool) + bytes(16), np.uint8)
        self.pages = Pages(index, np.concatenate(entries), pool)

    def _page(self, number: int) -> Any:
        page = np.zeros(256, np.uint32)
        for low in range(256):
            code = number << 8 | low
            if code < 128 or 0xD800 <= code < 0xE000:  # surrogates never come in well-formed text
                continue
            flags, cooked = describe(chr(code))
            place = self._known.get(cooked)
            if place is None:
                place = self._known[cooked] = len(self._pool)
                self._pool += cooked
            page[low] = flags | len(cooked) << LENGTH_SHIFT | place << PLACE_SHIFT
        return page


@lru_cache(maxsize=1)
def shared() -> Tables:
    """The tables of this process."""
    return Tables()
