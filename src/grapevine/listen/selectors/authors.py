"""Who talks about a brand: how many different people, and who most. From the sets kept by day, never from mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from grapevine.listen import authors as author_sets
from grapevine.listen.models import AuthorDay
from grapevine.listen.periods import Period
from grapevine.people.selectors import names

SHOWN = 10


@dataclass(frozen=True)
class Unique:
    """Different authors in the period, and in the time before."""

    now: int
    before: int


@dataclass(frozen=True)
class Busy:
    """An author by handle, with posts about the brand in the period. `share` is of the busiest one's."""

    identity_id: int
    handle: str
    posts: int
    share: float


def unique(brand_ids: Sequence[int], period: Period) -> dict[int, Unique]:
    """How many different people mentioned each brand. One statement."""
    (first, last), (first_before, last_before) = _days(period)
    now: dict[int, list[bytes | memoryview]] = {brand_id: [] for brand_id in brand_ids}
    before: dict[int, list[bytes | memoryview]] = {brand_id: [] for brand_id in brand_ids}
    rows = AuthorDay.objects.filter(brand_id__in=brand_ids, day__gte=first_before, day__lte=last)
    for brand_id, day, authors in rows.values_list("brand_id", "day", "authors"):
        if day >= first:
            now[brand_id].append(authors)
        elif day <= last_before:
            before[brand_id].append(authors)
    return {
        brand_id: Unique(author_sets.unique(now[brand_id]), author_sets.unique(before[brand_id]))
        for brand_id in brand_ids
    }


def busiest(brand_id: int, period: Period, *, most: int = SHOWN) -> tuple[Busy, ...]:
    """Who mentioned the brand most often, by handle. Two statements."""
    first, last = _days(period)[0]
    days = AuthorDay.objects.filter(brand_id=brand_id, day__gte=first, day__lte=last).values_list(
        "authors", "repeats"
    )
    top = author_sets.busiest(days, limit=most)
    handles = names.identities([identity_id for identity_id, _posts in top])
    return tuple(
        Busy(identity_id, handles[identity_id], posts, posts / top[0][1])
        for identity_id, posts in top
        if identity_id in handles
    )


def _days(period: Period) -> tuple[tuple[date, date], tuple[date, date]]:
    """The days of the period and of the time before, both ends included.

    Sets are kept by the day of UTC: the reader's day is taken for the one it shares most hours with.
    """
    half = timedelta(hours=12)
    first = (period.start_at.astimezone(UTC) + half).date()
    last = first + timedelta(days=period.days - 1)
    return (first, last), (first - timedelta(days=period.days), first - timedelta(days=1))
