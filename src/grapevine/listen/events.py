"""News of the listen room: what happened to brands and watches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class BrandChanged:
    """A brand was added, changed, deleted or brought back. `what` is one of these."""

    brand_id: int
    what: str
    at: datetime


@dataclass(frozen=True)
class WatchChanged:
    """A watch was added, changed (its name or its query), paused, resumed, deleted or restored. `what` is one of these."""

    watch_id: int
    brand_id: int
    what: str
    at: datetime
