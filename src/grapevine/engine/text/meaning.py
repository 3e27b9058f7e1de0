"""Texts by meaning: vectors in a byte a number, and which of them are closest to another. Pure.

The vectors of a sentence encoder all point much the same way, and most of what two of them share is the language and the length of the text. So the mean
and the two directions in which they differ most are taken away before they are compared ("all but the top", Mu & Viswanath 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BLOCK = 4096
ENOUGH = 200
"""With fewer vectors nothing is known of what they all share."""
_SAMPLE = 5000
_TOP = 2


def packed(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Each vector as signed bytes and the scale by which they are multiplied: shapes (n, size) and (n,)."""
    scales = (np.abs(vectors).max(1) / 127.0).astype(np.float32)
    safe = np.where(scales > 0, scales, np.float32(1.0))
    return np.round(vectors / safe[:, None]).astype(np.int8), scales


@dataclass(frozen=True)
class Space:
    """Vectors to search in. `ids` go with the rows of `numbers` (n, size) and `scales` (n,)."""

    ids: NDArray[np.int64]
    numbers: NDArray[np.int8]
    scales: Floats
    middle: Floats
    top: Floats
    lengths: Floats

    @classmethod
    def of(cls, ids: NDArray[np.int64], numbers: NDArray[np.int8], scales: Floats) -> Space:
        """Make ready what is the same for every search."""
        size = numbers.shape[1]
        middle, top = np.zeros(size, np.float32), np.zeros((0, size), np.float32)
        if len(ids) >= ENOUGH:
            some = slice(None, None, -(-len(ids) // _SAMPLE))
            sample = numbers[some].astype(np.float32) * scales[some, None]
            middle = np.asarray(sample.mean(0), np.float32)
            _values, directions = np.linalg.eigh(np.cov(sample - middle, rowvar=False))
            top = directions[:, -_TOP:].T.astype(np.float32)
        lengths = np.empty(len(ids), np.float32)
        for begin in range(0, len(ids), BLOCK):
            block = numbers[begin : begin + BLOCK].astype(np.float32) * scales[begin : begin + BLOCK, None]
            block = block - middle
            block = block - (block @ top.T) @ top
            lengths[begin : begin + BLOCK] = np.linalg.norm(block, axis=1)
        return cls(ids, numbers, scales, middle, top, np.maximum(lengths, np.float32(1e-6)))

    def closeness(self, vector: Floats) -> Floats:
        """How close each vector is to another one: the cosine of what is left of both, shape (n,)."""
        part: Floats = vector - self.middle
        left: Floats = (part - (part @ self.top.T) @ self.top).astype(np.float32)
        asked: Floats = left / np.float32(max(float(np.linalg.norm(left)), 1e-6))
        told = np.empty(len(self.ids), np.float32)
        for begin in range(0, len(self.ids), BLOCK):
            told[begin : begin + BLOCK] = self.numbers[begin : begin + BLOCK].astype(np.float32) @ asked
        shared = np.float32(self.middle @ asked)
        result: Floats = (told * self.scales - shared) / self.lengths
        return result
