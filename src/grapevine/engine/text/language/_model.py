"""The library's model, cut to some languages and laid out for the kernel.

Unpacking it takes more than half a second, so the tables are kept beside the compiled kernels, and mapped into memory from there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, fields
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


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
    base = os.environ.get("NUMBA_CACHE_DIR", "")
    if not base:
        return unpacked(read, others)
    asked = repr((read, others, version("py3langid"), np.__version__))
    place = Path(base) / f"langid-{blake2b(asked.encode(), digest_size=8).hexdigest()}"
    with suppress(OSError, ValueError):  # not there, or not whole: it is made anew
        return _kept(place)
    made = unpacked(read, others)
    with suppress(OSError):  # a full disk, or somebody was quicker
        _keep(made, place)
    return made


def _kept(place: Path) -> Tables:
    # Copied on write: a kernel compiled for arrays that may be written to takes these as well.
    return Tables(
        **{one.name: np.asarray(np.load(place / f"{one.name}.npy", mmap_mode="c")) for one in fields(Tables)}
    )


def _keep(made: Tables, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    begun = Path(tempfile.mkdtemp(dir=place.parent))
    try:
        for one in fields(Tables):
            np.save(begun / f"{one.name}.npy", getattr(made, one.name))
        shutil.rmtree(place, ignore_errors=True)  # what could not be read
        begun.rename(place)  # whole or not at all
    finally:
        shutil.rmtree(begun, ignore_errors=True)


def unpacked(read: tuple[str, ...], others: tuple[str, ...]) -> Tables:
    """The tables from the library itself. Raises ValueError for a class the model doesn't have."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

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
