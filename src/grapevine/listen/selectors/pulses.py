"""How much was said of each brand since somebody was here, and whether that is unusual. From the hourly counts alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Min, Q, Sum, Value, When

from grapevine.listen.models import Brand, HourlyRollup

BRANDS = 12
USUAL = timedelta(days=28)
LEAST = timedelta(days=7)  # a few days tell nothing of what is usual
LONGEST = timedelta(days=60)
CURVE_DAYS = 14
WEEK = timedelta(days=7)
STORM_KNOWN = timedelta(days=3)
STORM_LEAST, STORM_TIMES = 20, 3
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class BrandPulse:
    """A brand since then: posts, what is usual for as long a time (None while too little was heard to say), and two weeks by day."""

    brand: Brand
    posts: int
    usual: float | None
    curve: tuple[int, ...]

    @property
    def is_unusual(self) -> bool:
        """Much more than usual: beyond three times what chance does to a count of this size, and half as much again."""
        if self.usual is None or self.posts < 10:
            return False
        return self.posts > max(self.usual * 1.5, self.usual + 3 * math.sqrt(max(self.usual, 1.0)))


def since(start: datetime, now: datetime) -> tuple[BrandPulse, ...]:
    """All brands (the first twelve), ours first, since `start`. Five statements."""
    end = _floor(now) + _HOUR
    start = max(_floor(start), end - LONGEST)
    length = end - start
    usual_start = start - USUAL
    known = start - max(usual_start, _first_hour(usual_start, start))
    brands = list(Brand.objects.present()[:BRANDS])
    ids = [brand.pk for brand in brands]
    rows = HourlyRollup.objects.filter(brand_id__in=ids, hour__gte=usual_start, hour__lt=end)
    sums: dict[int, Mapping[str, Any]] = {
        int(row["brand"]): row
        for row in rows.order_by()
        .values("brand")
        .annotate(
            now=_sum(Q(hour__gte=start)),
            usual=_sum(Q(hour__gte=usual_start, hour__lt=start)),
        )
    }
    curves = _curves(ids, end)
    return tuple(
        BrandPulse(
            brand=brand,
            posts=sums.get(brand.pk, {}).get("now") or 0,
            usual=(sums.get(brand.pk, {}).get("usual") or 0) * (length / known) if known >= LEAST else None,
            curve=curves[brand.pk],
        )
        for brand in brands
    )


def storms(now: datetime) -> frozenset[int]:
    """Brands of which is talked much faster than usual: this hour and the one before, against the week before them. One statement.

    Nothing is usual before three days were heard.
    """
    begin = _floor(now) - _HOUR
    rows = HourlyRollup.objects.filter(hour__gte=begin - WEEK, hour__lt=begin + 2 * _HOUR).order_by()
    sums = rows.values("brand").annotate(
        now=_sum(Q(hour__gte=begin)), usual=_sum(Q(hour__lt=begin)), first=Min("hour")
    )
    found = []
    for row in sums:
        known = begin - row["first"]
        usual = row["usual"] * (2 * _HOUR / known) if known >= STORM_KNOWN else math.inf
        if row["now"] >= max(STORM_LEAST, STORM_TIMES * usual):
            found.append(row["brand"])
    return frozenset(found)


def _first_hour(start: datetime, end: datetime) -> datetime:
    """When the first post of any brand in this time was said; `end` when none was. Before that, nothing was listened to."""
    # By their ids, so that the index on brand and hour is sought for each.
    ids = Brand.objects.present().values_list("pk", flat=True)
    firsts = HourlyRollup.objects.filter(brand_id__in=list(ids), hour__gte=start, hour__lt=end)
    return firsts.aggregate(first=Min("hour"))["first"] or end


def _sum(when: Q) -> Sum:
    return Sum(Case(When(when, then=F("posts")), default=Value(0), output_field=IntegerField()))


def _curves(ids: list[int], end: datetime) -> dict[int, tuple[int, ...]]:
    start = end - CURVE_DAYS * _DAY
    rows = (
        HourlyRollup.objects.filter(brand_id__in=ids, hour__gte=start, hour__lt=end)
        .order_by()
        .values_list("brand_id", "hour")
        .annotate(posts=Sum("posts"))
    )
    curves = {brand_id: [0] * CURVE_DAYS for brand_id in ids}
    for brand_id, hour, posts in rows:
        curves[brand_id][min((hour - start) // _DAY, CURVE_DAYS - 1)] += posts
    return {brand_id: tuple(curve) for brand_id, curve in curves.items()}


def _floor(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
