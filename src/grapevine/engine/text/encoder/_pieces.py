"""Cutting texts into pieces of words, compiled: the best cut of a unigram model (Kudo, "Subword Regularization", 2018), as SentencePiece makes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

_SPEED: Any = {"cache": True, "nogil": True, "boundscheck": False, "error_model": "numpy"}
_SEED, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_SPACE, _MARK = np.uint32(32), np.uint32(0x2581)
"""A space, and what stands for it within pieces."""
_PENALTY = 10.0
"""By so much a character that no piece has is worth less than the worst piece."""
_NONE, _GOES_ON = -1, -2


class Pieces(NamedTuple):
    """A table of the hashes of all pieces and of what they begin with, their scores; characters and what they become."""

    keys: Any  # uint64 (a power of two)
    numbers: Any  # int32: the piece; _GOES_ON: only the beginning of some; _NONE: empty
    scores: Any  # float32
    penalty: Any  # float32: what a character that no piece has is worth
    page: Any  # int32 by character: its place in `ends`, -1: it stays as it is
    ends: Any  # int32
    became: Any  # uint32
    begins: int
    stops: int
    unknown: int

    @classmethod
    def of(
        cls, told: bytes, offsets: NDArray[Any], scores: NDArray[Any], became: Mapping[int, Sequence[int]], *, begins: int, ends: int, unknown: int
    ) -> Pieces:  # fmt: skip
        """`told`: all pieces one after the other, in UTF-8, which begin at `offsets`."""
        letters = np.frombuffer(told, np.uint8)
        place = np.concatenate([[0], np.cumsum((letters & 0xC0) != 0x80)])[offsets.astype(np.int64)]
        keys, numbers = _table(np.frombuffer(told.decode().encode("utf-32-le"), np.uint32), place, 1 << 21)
        page = np.full(max(became) + 1, -1, np.int32)
        page[list(became)] = np.arange(len(became))
        return cls(
            keys, numbers, np.array(scores, np.float32), np.float32(scores.min() - _PENALTY), page,
            np.cumsum([0, *map(len, became.values())]).astype(np.int32),
            np.array([one for several in became.values() for one in several], np.uint32), begins, ends, unknown,
        )  # fmt: skip

    def cut(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The numbers of the pieces of all texts one after the other, and where each begins (one more than there are texts)."""
        offsets = np.zeros(len(texts) + 1, np.int64)
        np.cumsum([len(text) for text in texts], out=offsets[1:])
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        longest = int(np.diff(offsets).max(initial=0))
        growth = int(np.diff(self.ends).max(initial=1))
        return _cut_all(self, codes, offsets, longest * growth + 2)


@njit(inline="always")
def _place(hashed: Any, size: Any) -> Any:  # pragma: no cover - compiled
    hashed ^= hashed >> np.uint64(32)
    hashed *= np.uint64(0x9E3779B97F4A7C15)
    return np.int64((hashed ^ (hashed >> np.uint64(29))) & np.uint64(size - 1))


@njit(inline="always")
def _find(keys: Any, numbers: Any, hashed: Any) -> Any:  # pragma: no cover - compiled
    """Where a hash stands in the table, or would."""
    at = _place(hashed, keys.size)
    while numbers[at] != _NONE and keys[at] != hashed:
        at = (at + 1) & (keys.size - 1)
    return at


@njit(**_SPEED)
def _table(codes: Any, offsets: Any, size: Any) -> Any:  # pragma: no cover - compiled
    keys, numbers = np.zeros(size, np.uint64), np.empty(size, np.int32)
    for k in range(size):
        numbers[k] = _NONE
    for piece in range(offsets.size - 1):
        hashed = _SEED
        for k in range(offsets[piece], offsets[piece + 1]):
            hashed = (hashed ^ np.uint64(codes[k])) * _PRIME
            at = _find(keys, numbers, hashed)
            keys[at] = hashed
            if k + 1 == offsets[piece + 1]:
                numbers[at] = piece
            elif numbers[at] == _NONE:
                numbers[at] = _GOES_ON
    return keys, numbers


@njit(**_SPEED)
def _made_alike(
    pieces: Any, codes: Any, begin: Any, end: Any, out: Any
) -> Any:  # pragma: no cover - compiled
    """Write a text with a mark before each word; returns how many characters that is."""
    out[0] = _MARK
    count = 1
    for k in range(begin, end):
        code = codes[k]
        page = pieces.page[code] if code < pieces.page.size else -1
        for j in range(pieces.ends[page], pieces.ends[page + 1]) if page >= 0 else range(1):
            became = pieces.became[j] if page >= 0 else code
            if became == _SPACE:
                if out[count - 1] == _MARK:
                    continue
                became = _MARK
            out[count] = became
            count += 1
    return count


@njit(**_SPEED)
def _cut_all(pieces: Any, codes: Any, offsets: Any, room: Any) -> Any:  # pragma: no cover - compiled
    letters = np.empty(room, np.uint32)
    best, piece, came = (
        np.empty(room + 1, np.float32),
        np.empty(room + 1, np.int32),
        np.empty(room + 1, np.int32),
    )
    out = np.empty(1024, np.int32)
    begins = np.zeros(offsets.size, np.int64)
    used = 0
    for t in range(offsets.size - 1):
        count = _made_alike(pieces, codes, offsets[t], offsets[t + 1], letters)
        best[0] = np.float32(0.0)
        for k in range(1, count + 1):
            best[k] = np.float32(-1e30)
        for begin in range(count):
            hashed = _SEED
            for end in range(begin + 1, count + 1):
                hashed = (hashed ^ np.uint64(letters[end - 1])) * _PRIME
                number = pieces.numbers[_find(pieces.keys, pieces.numbers, hashed)]
                if number == _NONE:
                    break
                if (
                    number >= 0
                    and number != pieces.unknown
                    and best[begin] + pieces.scores[number] > best[end]
                ):
                    best[end], piece[end], came[end] = best[begin] + pieces.scores[number], number, begin
            if best[begin] + pieces.penalty > best[begin + 1]:
                best[begin + 1], piece[begin + 1], came[begin + 1] = (
                    best[begin] + pieces.penalty,
                    pieces.unknown,
                    begin,
                )
        found, at = 0, count
        while at > 0:
            found, at = found + 1, came[at]
        while out.size < used + found:
            more = np.empty(out.size * 2, np.int32)
            for k in range(used):
                more[k] = out[k]
            out = more
        used, at = used + found, count
        place = used
        while at > 0:
            place -= 1
            out[place], at = piece[at], came[at]
        begins[t + 1] = used
    return out, begins
