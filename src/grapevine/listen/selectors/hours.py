"""Hourly counts as numbers, poured into the pieces of a curve.

Tens of thousands of hours are read for a year of several brands, so they come as whole numbers and are never made into moments.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from grapevine.core import bulk
from grapevine.listen.periods import Bucket

_HOUR = 3600


def floor(moment: datetime) -> datetime:
    """The beginning of its hour, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def of_brands(brand_ids: Sequence[int], start: datetime, end: datetime) -> dict[int, NDArray[np.int64]]:
    """For each brand an array of shape (2, n): hours since 1970, ascending, and the posts of each. One statement."""
    if not brand_ids:
        return {}
    places = ", ".join(["%s"] * len(brand_ids))
    rows = bulk.ask(
        f"SELECT brand_id, {_number()}, SUM(posts) FROM listen_hourlyrollup WHERE brand_id IN ({places}) "
        "AND hour >= %s AND hour < %s GROUP BY brand_id, hour ORDER BY brand_id, hour",
        [*brand_ids, bulk.moment(floor(start)), bulk.moment(end)],
    )
    table = np.array([(brand, hour, int(posts)) for brand, hour, posts in rows], np.int64).reshape(-1, 3)
    return {brand_id: table[table[:, 0] == brand_id][:, 1:].T for brand_id in brand_ids}


def counted(brand_id: int, start: datetime, end: datetime, names: Sequence[str]) -> NDArray[np.int64]:
    """An array of shape (1 + len(names), n) for one brand: hours since 1970, ascending, and what the counters `names` say. One statement."""
    sums = ", ".join(f"SUM({name})" for name in names)
    rows = bulk.ask(
        f"SELECT {_number()}, {sums} FROM listen_hourlyrollup WHERE brand_id = %s AND hour >= %s AND hour < %s "
        "GROUP BY hour ORDER BY hour",
        [brand_id, bulk.moment(floor(start)), bulk.moment(end)],
    )
    return np.array([[int(one) for one in row] for row in rows], np.int64).reshape(-1, 1 + len(names)).T


def _number() -> str:
    """An hour as a number, in the words of the database."""
    if bulk.is_postgresql():
        return "(EXTRACT(EPOCH FROM hour)::bigint / 3600)"
    return "(CAST(strftime('%%s', hour) AS INTEGER) / 3600)"


def poured(counts: NDArray[np.int64], buckets: Sequence[Bucket]) -> list[int]:
    """The posts of each piece. An hour that a time zone of half hours cuts in two goes where it begins."""
    if not buckets:
        return []
    # A piece begins with the first whole hour in it, but the very first one with the hour that was asked for.
    first = int(floor(buckets[0].start_at).timestamp()) // _HOUR
    edges = [first, *(-(-int(bucket.start_at.timestamp()) // _HOUR) for bucket in buckets[1:])]
    edges.append(-(-int(buckets[-1].end_at.timestamp()) // _HOUR))
    places = np.searchsorted(counts[0], edges)
    sums = np.concatenate(([0], np.cumsum(counts[1])))
    return [int(sums[b] - sums[a]) for a, b in pairwise(places)]
