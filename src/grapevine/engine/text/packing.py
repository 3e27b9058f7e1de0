"""Texts as one run of bytes, the shape the kernels read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]


def pack(pieces: Iterable[bytes]) -> tuple[Bytes, Offsets]:
    """All pieces behind one another, and where each begins; the last offset is the end. Shapes (sum,) and (n + 1,)."""
    pieces = pieces if isinstance(pieces, list) else list(pieces)
    offsets: NDArray[Any] = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)), out=offsets[1:])
    return np.frombuffer(b"".join(pieces), np.uint8), offsets
