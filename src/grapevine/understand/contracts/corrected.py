"""What people said of a text, and readings with a scope's own limit of what counts as sure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text import reading

SURE = reading.SURE
"""How likely a mood must be to count as sure where a scope has no wish of its own."""
WISHES = (0.8, 0.9, 0.95)
"""What may be wished: of the readings that count as sure, so large a share should be right."""


@dataclass(frozen=True)
class Corrected:
    """What a person said; None where nothing was said of a part. `intents` is all that the text wants."""

    mood: str | None
    intents: tuple[str, ...] | None
    spam: bool | None
    by: str
    at: datetime
    by_id: int | None = None


@dataclass(frozen=True)
class Adapted(reading.Batch):
    """Readings with a scope's own limit: `least` is how likely a mood must be to count as sure."""

    least: float = SURE

    def sure(self) -> NDArray[np.bool_]:
        """As the engine says, with this limit instead of its own."""
        parts = {one.name: getattr(self, one.name) for one in fields(reading.Batch)}
        certain = np.ones_like(self.moods)
        return (self.moods.max(1) >= self.least) & reading.Batch(**{**parts, "moods": certain}).sure()

    @classmethod
    def of(cls, read: reading.Batch, least: float) -> Adapted:
        """The same readings with a limit."""
        return cls(**{one.name: getattr(read, one.name) for one in fields(reading.Batch)}, least=least)
