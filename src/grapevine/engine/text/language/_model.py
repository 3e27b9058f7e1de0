"""The library's model, cut to some languages and laid out for the kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier


@dataclass(frozen=True)
class Tables:
    """`moves` (rows of 256 by byte → state), `rows` (state → its row), `outputs` (state → feature, -1 none),
    `weights` (feature, class) and `prior` (class,) in log space; classes in the order asked for."""

    moves: NDArray[np.uint32]
    rows: NDArray[np.uint32]
    outputs: NDArray[np.int32]
    weights: NDArray[np.float32]
    prior: NDArray[np.float32]


def load(read: tuple[str, ...], others: tuple[str, ...]) -> Tables:
    """The tables for the classes `read` + `others`. Raises ValueError for one the model doesn't have."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    wanted = (*read, *others)
    known = list(model.nb_classes)
    columns = []
    for name in wanted:
        if known.count(name) != 1:
            raise ValueError(f"the model does not have one class for {name!r}")
        columns.append(known.index(name))
    return Tables(
        # As it lies in memory where it can be: there are ten million of them.
        moves=np.frombuffer(model.tk_nextmove, np.uint32)
        if memoryview(model.tk_nextmove).format == "I"
        else np.array(model.tk_nextmove, np.uint32),
        rows=np.array(model.tk_row, np.uint32),
        outputs=np.array(model.tk_output, np.int32),
        weights=np.ascontiguousarray(model.nb_ptc[:, columns].astype(np.float32)),
        prior=np.ascontiguousarray(model.nb_pc[columns].astype(np.float32)),
    )
