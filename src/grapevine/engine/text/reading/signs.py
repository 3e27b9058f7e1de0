"""What each character is to the reader: letter, digit, emoji, mark; and what it becomes when case and accents are taken away."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

SEPARATES, LETTER, DIGIT, APOSTROPHE, EMOJI, NOTHING, QUESTION, EXCLAIM, STOP, AT, HASH, FACE = range(12)
"""Classes of characters. NOTHING: selectors, joiners, skin tones and combining accents, which change no word. FACE: what smileys are made of."""

SIZE = 0x3000
"""Characters below have an entry in the tables; of those above, emoji and letters are told by their ranges."""

_EMOJI_BELOW = {0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139}
# Letters that are no accent of another, yet are typed as one on an English keyboard.
_ALIKE = {"æ": "a", "ø": "o", "ß": "s", "ð": "d", "þ": "t", "ł": "l", "đ": "d", "œ": "o", "ı": "i", "ĳ": "i"}


def _kind(character: str) -> int:
    code = ord(character)
    if character in "'’ʼ`´":
        return APOSTROPHE
    special = {
        "?": QUESTION,
        "¿": QUESTION,
        "!": EXCLAIM,
        "¡": EXCLAIM,
        ".": STOP,
        "…": STOP,
        "\n": STOP,
        "@": AT,
        "#": HASH,
    }
    if character in special:
        return special[character]
    if character in ":;=<8xX":
        return LETTER if character in "xX" else DIGIT if character == "8" else FACE
    category = unicodedata.category(character)
    if category.startswith("L"):
        return LETTER
    if category == "Nd":
        return DIGIT
    if category in ("Mn", "Me", "Cf"):
        return NOTHING
    if (
        code in _EMOJI_BELOW
        or 0x2190 <= code <= 0x21FF
        or 0x2300 <= code <= 0x23FF
        or 0x2600 <= code <= 0x27BF
        or 0x2B00 <= code <= 0x2BFF
    ):
        return EMOJI if category == "So" else SEPARATES
    return SEPARATES


@cache
def tables() -> tuple[NDArray[np.uint8], NDArray[np.uint16], NDArray[np.uint16]]:
    """For each character below `SIZE` its class, what it is in lower case, and what it is without accent. Shapes (SIZE,)."""
    kinds = np.zeros(SIZE, np.uint8)
    lower = np.arange(SIZE).astype(np.uint16)
    bare = np.arange(SIZE).astype(np.uint16)
    for code in range(SIZE):
        character = chr(code)
        kinds[code] = _kind(character)
        small = character.lower()
        if len(small) == 1 and ord(small) < SIZE:
            lower[code] = ord(small)
        plain = _ALIKE.get(small[:1]) or unicodedata.normalize("NFD", small)[:1]
        bare[code] = ord(plain) if plain and ord(plain) < SIZE else lower[code]
    return kinds, lower, bare


WIDE, WIDE_END = 0xFF01, 0x1D800
"""Between them lie letters dressed up to look other than they are: full width, and those of mathematics (bold, script, double-struck)."""


@cache
def plain() -> NDArray[np.uint32]:
    """What each character from WIDE to WIDE_END is when plainly written (Unicode's compatibility forms); itself for all others."""
    found = np.arange(WIDE, WIDE_END, dtype=np.uint32)
    for code in (*range(WIDE, 0xFF5F), *range(0x1D400, WIDE_END)):
        same = unicodedata.normalize("NFKC", chr(code))
        if len(same) == 1:
            found[code - WIDE] = ord(same)
    return found
