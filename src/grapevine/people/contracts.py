"""What rooms above may know of people: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Seen:
    """An author met in a batch of posts: as named in the latest of them, and when the earliest and the latest were published."""

    external_id: str
    handle: str
    name: str
    url: str
    followers: int | None
    first_at: datetime
    last_at: datetime
