"""How the kernel's functions are compiled, and kept compiled between runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit

# numba looks only at a function's own file to tell whether what it kept is old; ours call one another across files.
_NEWEST = max((path.stat().st_mtime, path.stat().st_size) for path in Path(__file__).parent.glob("_*.py"))


def compiled(function: Callable[..., Any]) -> Any:
    """Compile for speed, without the interpreter's lock and without bounds checks; the machine code is kept beside the
    package or, where that may not be written to, in the user's cache folder."""
    dispatcher = njit(cache=True, nogil=True, boundscheck=False, error_model="numpy")(function)
    kept = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if hasattr(kept, "_source_stamp"):
        kept._source_stamp = (*kept._source_stamp, *_NEWEST)
    return dispatcher
