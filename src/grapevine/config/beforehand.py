"""Compiling what reads posts while the first start does other things.

On a new installation the loops that read posts are compiled when the first post comes, which is the demo's: 23 seconds of its 31, one after the
other. Two processes do it side by side from the first moment on, while the database is made; the demo then finds them in the cache.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from grapevine.config import serving

_TEXT = "Så här läses en text, och så en till"


def _reading() -> None:
    from grapevine.engine.text.reading import fast

    fast.read([_TEXT])


def _the_rest() -> None:
    import numpy as np

    from grapevine.engine.text import folding, language
    from grapevine.listen import index_words

    prints = folding.fingerprints([_TEXT, _TEXT])
    folding.Folder().fold(np.arange(1, 3, dtype=np.int64), np.zeros(2, np.uint64), prints)
    index_words.of_many([_TEXT])
    language.warm()


SHARES: dict[str, Callable[[], None]] = {"reading": _reading, "rest": _the_rest}
"""What each process compiles: about the same for each, and nothing twice."""


def begin() -> list[subprocess.Popen[bytes]]:
    """Begin to compile, a process for each share."""
    environment = {**os.environ, serving.PARENT: str(os.getpid())}
    return [
        subprocess.Popen(
            [sys.executable, "-m", __name__, share],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for share in SHARES
    ]


def wait(begun: list[subprocess.Popen[bytes]]) -> None:
    """Until it is compiled. What failed is compiled by whoever needs it, and told there."""
    for process in begun:
        process.wait()


if __name__ == "__main__":
    serving.follow_parent(int(os.environ[serving.PARENT]))
    SHARES[sys.argv[1]]()
