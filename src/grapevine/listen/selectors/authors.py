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


def unique(brand_ids: Sequence[int], period: Period, *, compared: Sequence[int] = ()) -> dict[int, Unique]:
    """How many different people mentioned each brand; in the time before, too, for those `compared`. Two statements at most."""
    now, before = _days(period)
    here = _of_days(brand_ids, now)
    there = _of_days(compared, before) if compared else {}
    return {brand_id: Unique(here.get(brand_id, 0), there.get(brand_id, 0)) for brand_id in brand_ids}


def _of_days(brand_ids: Sequence[int], days: tuple[date, date]) -> dict[int, int]:
    found: dict[int, list[bytes | memoryview]] = {}
    rows = AuthorDay.objects.filter(brand_id__in=brand_ids, day__gte=days[0], day__lte=days[1])
    for brand_id, authors in rows.values_list("brand_id", "authors"):
        found.setdefault(brand_id, []).append(authors)
    return {brand_id: author_sets.unique(sets) for brand_id, sets in found.items()}


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
