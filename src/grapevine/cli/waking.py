"""A quick start for commands that run for a moment: most of their time would go into loading numba."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def quickly() -> Iterator[None]:
    """Load inside what compiled kernels stand on: up to a quarter of the time is saved.

    Numba's registries are a hundred thousand small objects that stay to the end, so nothing is collected while they are made, nor looked at
    afterwards. Where scipy is installed they ask whether its linear algebra is there, which no kernel of ours needs; loading it takes as long as our
    tables do.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        _without("scipy.linalg", "numba.np.arraymath")
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _without(hidden: str, wanted: str) -> None:
    """Import a module that does without another where that is missing. Who asks for that one later, finds it."""
    if hidden in sys.modules or wanted in sys.modules:
        return
    modules: dict[str, Any] = sys.modules
    modules[hidden] = None
    try:
        importlib.import_module(wanted)
    finally:
        del modules[hidden]
