"""What an adapter sees of a text, and how alike that makes two texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text.reading import fast
from grapevine.engine.text.reading._ridge import Array

BITS = 15
GRAMS, FACTS, MOODS, ALWAYS = 10.0, 0.5, 0.1, 1.0
"""How freely each kind of feature moves. Found on the open halves of nine sets; the figures hardly change within a factor of two."""


@dataclass(frozen=True)
class Features:
    """Of n texts: distinct n-grams one text after the other (`buckets`, `ends` with n + 1 places), `share` (n,) of each, `dense` (n, m)."""

    buckets: NDArray[np.int64]
    ends: NDArray[np.int64]
    share: Array
    dense: Array

    @classmethod
    def of(cls, texts: Sequence[str], langs: NDArray[Any], offsets: Array) -> Features:
        names = (*fast.LANGUAGES, "")
        emitted, ends, facts = fast.features(texts, [names[place] for place in langs.tolist()], BITS)
        row = np.repeat(np.arange(len(texts)), np.diff(ends))
        both = np.sort((row << BITS) | emitted.astype(np.int64))  # np.unique is ten times slower
        both = both[np.diff(both, prepend=-1) != 0]
        counts = np.bincount(both >> BITS, minlength=len(texts))
        dense = np.hstack(
            [
                facts.astype(np.float64) * FACTS**0.5,
                (offsets - offsets.mean(1, keepdims=True)) * MOODS**0.5,
                np.full((len(texts), 1), ALWAYS**0.5),
            ]
        )
        return cls(
            both & ((1 << BITS) - 1),
            np.concatenate([[0], np.cumsum(counts)]),
            (GRAMS / np.maximum(counts, 1)) ** 0.5,
            dense,
        )

    def of_grams_only(self, rows: NDArray[np.bool_], freely: float = 1.0) -> Features:
        """The same, but that some of the texts show nothing but their n-grams, which move so much less freely."""
        if not rows.any():
            return self
        return Features(
            self.buckets,
            self.ends,
            np.where(rows, self.share * freely**0.5, self.share),
            np.where(rows[:, None], 0.0, self.dense),
        )

    def gram(self) -> Array:
        """How alike the texts are, two by two, shape (n, n)."""
        used, place = np.unique(self.buckets, return_inverse=True)
        counts = np.diff(self.ends)
        row = np.repeat(np.arange(len(counts)), counts)
        made = self.dense @ self.dense.T
        # Piece by piece, so that no matrix of texts by n-grams is ever whole.
        for begin in range(0, len(used), 8192):
            inside = (place >= begin) & (place < begin + 8192)
            piece = np.zeros((len(counts), min(8192, len(used) - begin)), np.float32)
            piece[row[inside], place[inside] - begin] = self.share[row[inside]]
            made += piece @ piece.T
        return np.asarray(made)

    def weights(self, duals: Array) -> tuple[NDArray[np.uint32], NDArray[np.float16], NDArray[np.float32]]:
        """From one number for each text and head (n, k): weights by bucket and by dense feature."""
        used, place = np.unique(self.buckets, return_inverse=True)
        counts = np.diff(self.ends)
        each = np.repeat(duals * self.share[:, None], counts, axis=0)
        grams = np.stack(
            [np.bincount(place, each[:, k], len(used)) for k in range(duals.shape[1])], axis=1
        ).reshape(len(used), duals.shape[1])
        return used.astype(np.uint32), grams.astype(np.float16), (self.dense.T @ duals).astype(np.float32)
