"""The cellar that counts: queries against posts, texts. Pure Python that has never heard of Django.

Compiled kernels are kept between runs. Numba asks only whether the file that a kernel stands in has changed, not whether those have that it
imports, so after an upgrade a kernel might run with its forebear's constants: each state of our sources has a folder of its own.
"""

from __future__ import annotations

import os
import shutil
import time
from hashlib import blake2b
from pathlib import Path

_HERE = Path(__file__).parent
_MARK = "kernels-"
_OLD = 30 * 24 * 3600.0


def _fingerprint(folder: Path = _HERE) -> str:
    """Of all sources in a folder: names, sizes and moments of change."""
    print_ = blake2b(digest_size=8)
    for path in sorted(folder.rglob("*.py")):
        told = path.stat()
        print_.update(f"{path.name} {told.st_size} {told.st_mtime_ns}\n".encode())
    return print_.hexdigest()


def _keep_kernels_apart() -> None:
    given = os.environ.get("NUMBA_CACHE_DIR", "")
    if Path(given).name.startswith(_MARK):
        return  # a process that began this one has done it
    base = Path(given) if given else _HERE / "__pycache__"
    try:
        base.mkdir(parents=True, exist_ok=True)
    except OSError:
        return  # installed where we may not write: numba has a place of its own for that
    if not os.access(base, os.W_OK):
        return
    here = base / f"{_MARK}{_fingerprint()}"
    os.environ["NUMBA_CACHE_DIR"] = str(here)
    if not here.exists():
        here.mkdir(exist_ok=True)
        for other in base.glob(f"{_MARK}*"):
            if time.time() - other.stat().st_mtime > _OLD:
                shutil.rmtree(other, ignore_errors=True)


_keep_kernels_apart()
