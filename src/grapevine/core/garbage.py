"""How often the interpreter looks for circles of garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW = 100_000


@contextmanager
def seldom() -> Iterator[None]:
    """Inside, they are looked for seldom: for work that makes tens of thousands of objects at a time, which go by themselves.

    After every 700 new objects, as is usual, it took a twelfth of the time of an import, and found nothing.
    """
    before = gc.get_threshold()
    gc.set_threshold(_NEW, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
