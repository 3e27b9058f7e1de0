"""How the kernel's functions are compiled, and kept compiled between runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit

# numba looks only at a function's own file to tell whether what it kept is old; ours call one another across files.
_FILES = sorted(
    (path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in Path(__file__).parent.glob("_*.py")
)
_VERSION = hashlib.sha256(repr(_FILES).encode()).hexdigest()[:12]
_SPEED = {"nogil": True, "boundscheck": False, "error_model": "numpy"}
# Arrays are Python's and outlive every call, so counting who refers to them is left out: that took nine tenths of the time. Such
# functions cannot make arrays.
_BORROWED = {**_SPEED, "_nrt": False}


def inner(function: Callable[..., Any]) -> Any:
    """Compile a function that only compiled functions call, as part of them: for speed, without bounds checks, and without what
    Python would need to call it. A tuple of arrays costs a hundred moves to hand over, unless the call melts into its caller."""
    return njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True, **_BORROWED)(function)


def apart(function: Callable[..., Any]) -> Any:
    """Like `inner`, for larger functions with several callers and for what is rarely called: it stays a function of its own."""
    return njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **_BORROWED)(function)


def woven(function: Callable[..., Any]) -> Any:
    """Like `inner`, for a large function with one caller: it is put into that caller's text, as if it had been written there. That
    saves compiling it, with all that it calls, one more time."""
    return njit(inline="always", no_cpython_wrapper=True, no_cfunc_wrapper=True, **_BORROWED)(function)


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function that Python calls: like `inner`, without the interpreter's lock; the machine code is kept beside the
    package or, where that may not be written to, in the user's cache folder."""
    return _kept(njit(cache=True, no_cfunc_wrapper=True, **_BORROWED)(function))


def making(function: Callable[..., Any]) -> Any:
    """Like `compiled`, for functions that make arrays."""
    return _kept(njit(cache=True, no_cfunc_wrapper=True, **_SPEED)(function))


def _kept(dispatcher: Any) -> Any:
    """Keep the machine code under a name of this version of the kernel; what another version kept may not even be readable."""
    kept = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if kept is not None and hasattr(kept, "_index_path") and hasattr(kept, "_data_name_pattern"):
        path = Path(kept._index_path)
        kept._index_path = str(path.with_name(f"{_VERSION}.{path.name}"))
        kept._data_name_pattern = f"{_VERSION}.{kept._data_name_pattern}"
    return dispatcher
