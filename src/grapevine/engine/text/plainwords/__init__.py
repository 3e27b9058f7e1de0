"""The folded words of texts, many at a time: what the plain reading of the watch language gives, where characters are plain.

`engine.query.tokens` says what a word is, slowly and for every character there is. Of the texts of our languages 99 in 100 hold only characters
that stand for themselves: for these a table says what each becomes, and compiled code does the rest. The others are named, for the caller to read the
long way. (The cellars' rooms don't know each other, so the table is made by a function that the caller hands in.)
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

SEPARATES, HARD, DOUBLE_S = 0, 1, 2
"""What a table says of a character that is no letter: it parts words; it needs the long way; it becomes "ss"."""
SIZE = 0x3000
FNV, FNV_PRIME = 0xCBF29CE484222325, 0x100000001B3
EMOJI, EMOJI_END, SKIN, SKIN_END = 0x1F300, 0x1FAFF, 0x1F3FB, 0x1F3FF


def table_of(becomes: Callable[[str], str | None]) -> NDArray[np.uint16]:
    """A table from a function: what a letter becomes, "" for a sign that separates, None for what needs the long way."""
    table = np.full(SIZE, HARD, np.uint16)
    for code in range(SIZE):
        made = becomes(chr(code))
        if made == "":
            table[code] = SEPARATES
        elif made == "ss" and code > 0x7F:
            table[code] = DOUBLE_S
        elif made is not None and len(made) == 1:
            table[code] = ord(made)
    return table


def set_of(words: Iterable[str]) -> NDArray[np.uint64]:
    """Words that are to be left out, as the kernel looks them up: their hashes in a table with room to spare."""
    hashes = [_hash(word.encode()) for word in words]
    table = np.zeros(1 << max(4, (len(hashes) * 4).bit_length()), np.uint64)
    for one in hashes:
        place = one & (len(table) - 1)
        while table[place] not in (0, one):
            place = (place + 1) & (len(table) - 1)
        table[place] = one
    return table


def _hash(word: bytes) -> int:
    """FNV-1a in 64 bits."""
    hashed = FNV
    for byte in word:
        hashed = ((hashed ^ byte) * FNV_PRIME) & 0xFFFFFFFFFFFFFFFF
    return hashed


def words(
    texts: Sequence[str], table: NDArray[np.uint16], *, longest_word: int, without: NDArray[np.uint64]
) -> list[str | None]:
    """The words of each text in order, parted by spaces; None for a text that needs the long way.

    Addresses (http and https) give no words, longer words are cut to `longest_word` characters, those of `without` (see `set_of`)
    are left out.
    """
    if not texts:
        return []
    joined = "\0".join(texts)
    if joined.count("\0") != len(texts) - 1:
        joined = "\0".join([text.replace("\0", " ") for text in texts])
    data = joined.encode("utf-8", "surrogatepass")
    from grapevine.engine.text.plainwords import (
        _kernel,
    )  # with its compiler: loaded by who reads, not by every page

    out, hard = _kernel.words(np.frombuffer(data, np.uint8), len(texts), table, longest_word, without)
    found: list[str | None] = list(out.tobytes().decode().split("\0"))
    for number in np.flatnonzero(hard).tolist():
        found[number] = None
    return found


def copied(words: Sequence[str], numbers: Sequence[int]) -> bytes:
    """A binary COPY of PostgreSQL's with rows of (number, tsvector), from words as `words` gives them.

    The server takes it as it is, where it would read, sort and compare a tsvector written as text word by word: that takes it twice as long.
    """
    from grapevine.engine.text.plainwords import _vectors

    data = ("\0".join(words) + "\0").encode()
    rows, long = _vectors.rows(np.frombuffer(data, np.uint8), np.array(numbers, np.int64))
    places = np.flatnonzero(long).tolist()
    return b"".join([_COPY_BEGINS, rows.tobytes(), *(_row(numbers[n], words[n]) for n in places), _COPY_ENDS])


_COPY_BEGINS = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_ENDS = b"\xff\xff"


def _row(number: int, words: str) -> bytes:
    different = sorted(word.encode() for word in set(words.split(" ")) if word)
    vector = struct.pack(">i", len(different)) + b"".join([word + bytes(3) for word in different])
    return struct.pack(">hiqi", 2, 8, number, len(vector)) + vector
