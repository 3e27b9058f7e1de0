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


@dataclass(frozen=True)
class MentionsCaught:
    """Posts of one batch were caught: how many mentions of each brand."""

    source_id: int
    brands: tuple[tuple[int, int], ...]
    at: datetime


@dataclass(frozen=True)
class MentionsDropped:
    """Mentions went with their posts, or because a watch was changed."""

    count: int
    at: datetime


@dataclass(frozen=True)
class HistoryMatched:
    """A watch was held against all that is stored. `caught` posts satisfy it now."""

    watch_id: int
    brand_id: int
    caught: int
    at: datetime
