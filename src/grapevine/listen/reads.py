"""How posts read, as mentions keep it: small numbers that filters and counts can use. Pure, but for the reading itself.

A mention's mood is one of `MOODS`; 0 stands for "unsure", which is counted as no mood at all. Wishes are bits of one number, by their
place in `WANTS` (only ever added to at the end: the numbers are stored). Spam has neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grapevine.understand.actions import readings
from grapevine.understand.contracts import INTENTS, MOODS, Readings

UNSURE = 0
MOOD_NUMBERS = {name: number for number, name in enumerate(MOODS, start=1)}
WANTS = INTENTS
WANT_BITS = {name: 1 << place for place, name in enumerate(WANTS)}


class Read(NamedTuple):
    """One post's reading as its mentions keep it."""

    lang: str
    mood: int
    wants: int
    spam: bool

    @property
    def mood_name(self) -> str:
        """One of MOODS; empty when unsure."""
        return MOODS[self.mood - 1] if self.mood else ""

    @property
    def want_names(self) -> list[str]:
        return [name for name, bit in WANT_BITS.items() if self.wants & bit]


def of_texts(texts: Sequence[tuple[str, str]]) -> list[Read]:
    """How posts of these titles and texts read. Needs no database; may run in any thread."""
    return of_batch(readings.read_many([readings.whole(title, text) for title, text in texts]))


def of_batch(batch: Readings) -> list[Read]:
    """A batch's readings as mentions keep them."""
    spam = batch.is_spam()
    moods: NDArray[np.int64] = np.where(batch.sure() & ~spam, batch.moods.argmax(1) + 1, UNSURE)
    bits = np.array([1 << place for place in range(len(WANTS))], np.int64)
    wants: NDArray[np.int64] = np.where(spam, 0, batch.wanted().astype(np.int64) @ bits)
    return [*map(Read, batch.codes(), moods.tolist(), wants.tolist(), spam.tolist())]
