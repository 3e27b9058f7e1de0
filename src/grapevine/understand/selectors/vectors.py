"""Which texts mean nearly the same as some words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grapevine.understand import meaning
from grapevine.understand.actions import readings
from grapevine.understand.models import TextVector

STANDS_OUT = 2.0
"""What is close stands out: by so many standard deviations from all."""


@dataclass(frozen=True)
class Nearest:
    """The texts closest in meaning, the closest first, with how close they are; `among` so many texts were looked at."""

    ids: NDArray[np.int64]
    closeness: NDArray[np.float32]
    among: int


def is_ready(subject: str) -> bool:
    """Whether texts of a subject can be searched by meaning here: the encoder is installed and there are vectors. One small question."""
    return (
        meaning.is_installed() and TextVector.objects.filter(subject=subject, model=meaning.model()).exists()
    )


def count(subject: str) -> int:
    """How many texts of a subject have a vector."""
    return TextVector.objects.filter(subject=subject).count()


def nearest(subject: str, words: str) -> Nearest:
    """The texts that mean nearly what the words mean; none where the encoder does not load on this machine."""
    space = meaning.space(subject)
    if space is None or not words.strip() or not readings.wake_deep():
        return Nearest(np.zeros(0, np.int64), np.zeros(0, np.float32), 0)
    told = space.closeness(meaning.encode([words])[0])
    order = np.lexsort((-space.ids, -told))
    ids, closeness = space.ids[order], told[order]
    close = closeness >= told.mean() + STANDS_OUT * told.std() if len(ids) > 50 else closeness > 0
    return Nearest(ids[close], closeness[close], len(ids))
