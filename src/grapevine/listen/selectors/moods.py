"""How a brand's posts read, in a period and in the time before: moods along time, wishes, spam. From the hourly counts alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Brand
from grapevine.listen.periods import Period
from grapevine.listen.reads import WANT_BITS, WANTS
from grapevine.listen.selectors import hours, walks
from grapevine.understand.contracts import MOODS

SHOWN_LATEST = 3
_COUNTED = ("posts", *MOODS, "spam", "by_brand", *WANTS)

_TOLD_APART = (*MOODS, "spam", "by_brand")


@dataclass(frozen=True)
class Much:
    """Posts in the period and in the time before."""

    posts: int
    before: int


@dataclass(frozen=True)
class Moods:
    """`points` hold, for each piece of the period, the posts of each of MOODS and those nobody is sure of; spam is in none,
    and nor is what the brand says itself.

    `total` has the sums by the names of the counters (`MOODS`, `spam`, `by_brand`, `WANTS`, `posts`), and `unsure`.
    """

    points: tuple[tuple[datetime, tuple[int, ...]], ...]
    total: dict[str, Much]

    @property
    def sure(self) -> int:
        """Posts with a sure mood."""
        return sum(self.total[mood].posts for mood in MOODS)

    @property
    def balance(self) -> float | None:
        """Positive minus negative as a part of the posts with a sure mood, from -1 to 1; None where there are none."""
        return _balance(*(self.total[mood].posts for mood in MOODS))

    @property
    def balance_before(self) -> float | None:
        return _balance(*(self.total[mood].before for mood in MOODS))


@dataclass(frozen=True)
class Wanted:
    """One wish: how many posts show it, and the latest of these."""

    want: str
    much: Much
    latest: tuple[walks.Found, ...]


def of_brand(brand_id: int, period: Period) -> Moods:
    """One brand's moods. One statement."""
    counts = hours.counted(brand_id, period.before_start_at, period.end_at, _COUNTED)
    buckets = period.buckets()
    poured = {
        name: np.array(hours.poured(counts[[0, row]], buckets), np.int64)
        for row, name in enumerate(_COUNTED, 1)
    }
    poured["unsure"] = poured["posts"] - sum(poured[name] for name in _TOLD_APART)
    before = period.buckets(before=True)
    earlier = {name: sum(hours.poured(counts[[0, row]], before)) for row, name in enumerate(_COUNTED, 1)}
    earlier["unsure"] = earlier["posts"] - sum(earlier[name] for name in _TOLD_APART)
    drawn = [poured[name].tolist() for name in (*MOODS, "unsure")]
    return Moods(
        points=tuple((one.label, tuple(column)) for one, *column in zip(buckets, *drawn, strict=True)),
        total={name: Much(int(poured[name].sum()), int(earlier[name])) for name in poured},
    )


def wanted(brand: Brand, period: Period) -> tuple[Wanted, ...]:
    """What is wanted of a brand, each wish that shows with its latest posts. One statement, and two for each such wish."""
    total = of_brand(brand.pk, period).total
    found = []
    for want in WANTS:
        if total[want].posts:
            chosen = Filter(brand_id=brand.pk, want=WANT_BITS[want], start=period.start_at, end=period.end_at)
            found.append(Wanted(want, total[want], walks.older(chosen, limit=SHOWN_LATEST).rows))
    return tuple(found)


def _balance(negative: int, neutral: int, positive: int) -> float | None:
    every = negative + neutral + positive
    return (positive - negative) / every if every else None
