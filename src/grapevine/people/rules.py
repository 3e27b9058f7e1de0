"""Decisions on plain values: when an identity's row is worth writing again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

A_DAY = timedelta(days=1)
TELLING = 0.1
"""Followers that changed by less than a tenth are not news: a row would be written with every post."""


class Facts(NamedTuple):
    """What is known of an author."""

    handle: str
    name: str
    url: str
    followers: int | None


def is_telling(known: Facts, seen: Facts) -> bool:
    """Whether what was seen now differs enough from what is known."""
    if known[:3] != seen[:3] and any(
        new and new != old for old, new in zip(known[:3], seen[:3], strict=True)
    ):
        return True
    if seen.followers is None or seen.followers == known.followers:
        return False
    return known.followers is None or abs(seen.followers - known.followers) > TELLING * max(
        known.followers, 1
    )


def merged(known: Facts, seen: Facts) -> Facts:
    """What is known afterwards: what was seen, where something was."""
    return Facts(
        seen.handle or known.handle,
        seen.name or known.name,
        seen.url or known.url,
        known.followers if seen.followers is None else seen.followers,
    )


def span(first: datetime, last: datetime, low: datetime, high: datetime) -> tuple[datetime, datetime] | None:
    """The widened time of being seen; None when it grew by less than a day at both ends, which is not worth a write."""
    if first - low < A_DAY and high - last < A_DAY:
        return None
    return min(first, low), max(last, high)
