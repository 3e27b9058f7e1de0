"""Ids of posts: the second of publication in front, a running number behind.

Newest first is then the order of the primary key, a span of time is a span of ids, and a batch of new posts is written at the end of every
index. 34 bits of seconds since the year 1900 (until 2444) and 29 bits of a number that never stands still make 63 bits. Programs
that read JSON with floating-point numbers only must get ids as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

NUMBER_BITS = 29
NUMBERS = 1 << NUMBER_BITS
_OFFSET = 2208988800  # seconds from 1900-01-01 to 1970-01-01
_LATEST = (1 << 34) - 1


def make(published_at: datetime, number: int) -> int:
    """The id of a post published at `published_at` (aware) that got the running `number`."""
    return floor(published_at) | (number % NUMBERS)


def make_many(published_at: Iterable[datetime], numbers: Sequence[int]) -> list[int]:
    """As `make`, for many."""
    seconds = np.floor([at.timestamp() for at in published_at]).astype(np.int64) + _OFFSET
    made: list[int] = (
        (seconds.clip(0, _LATEST) << NUMBER_BITS) | (np.array(numbers, np.int64) % NUMBERS)
    ).tolist()
    return made


def floor(moment: datetime) -> int:
    """The least id of a post published in that second or later. Moments out of range count as the first or last second."""
    seconds = int(moment.timestamp() // 1) + _OFFSET
    return min(max(seconds, 0), _LATEST) << NUMBER_BITS


def moment(post_id: int) -> datetime:
    """When the post with this id was published, to the second."""
    return datetime.fromtimestamp((post_id >> NUMBER_BITS) - _OFFSET, UTC)


def seconds(post_ids: Any) -> Any:
    """When posts with these ids (an array) were published, in seconds since 1970."""
    return (np.asarray(post_ids, np.int64) >> NUMBER_BITS) - _OFFSET
