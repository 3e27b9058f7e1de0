"""How many posts a day a watch will catch, told from those it would have caught, with how sure that is. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Estimate:
    """Posts per day: what to expect, and the range that holds the truth nineteen times out of twenty.

    `heaped` of the posts caught bear one and the same second: what has no date gets the moment it was stored, and so many
    at once tell no pace.
    """

    per_day: float
    low: float
    high: float
    caught: int
    scanned: int
    days: float
    heaped: int = 0

    @property
    def tells_no_pace(self) -> bool:
        """Whether most of what was caught stands at one moment, so that any number of posts a day would be made up."""
        return self.heaped >= 10 and self.heaped * 2 > self.caught

    @property
    def is_rough(self) -> bool:
        """Whether the range is so wide that the number in the middle says little."""
        return self.caught < 5 or self.days < 2 or self.high > 4 * max(self.low, 0.01)


def per_day(
    caught_at: Iterable[datetime], *, scanned: int, oldest_at: datetime, newest_at: datetime
) -> Estimate | None:
    """Estimate from the posts scanned, which are all those between `oldest_at` and `newest_at`. None when nothing was scanned.

    The range is Byar's approximation of the Poisson limits (Breslow & Day 1987, §2.3), widened by how much the days differ (the
    dispersion of the daily counts, quasi-Poisson), since talk comes in bursts: independent posts would promise too much.
    """
    if not scanned:
        return None
    moments = list(caught_at)
    # A sample of an hour must not be blown up to a rate with six digits: its last post stands for some time, too.
    days = max((newest_at - oldest_at) / timedelta(days=1), 1 / 24)
    count = len(moments)
    spread = _dispersion(Counter(moment.date() for moment in moments), oldest_at.date(), newest_at.date())
    low, high = _limits(count / spread)
    return Estimate(
        per_day=count / days,
        low=low * spread / days,
        high=high * spread / days,
        caught=count,
        scanned=scanned,
        days=days,
        heaped=max(Counter(moments).values(), default=0),
    )


def _dispersion(by_day: Counter[date], first: date, last: date) -> float:
    """Variance of the daily counts over their mean, never below one.

    The days at both ends are not whole: they count only when even so they hold more than a usual day, since a burst there
    is as much of a burst.
    """
    inner = [by_day[first + timedelta(days=n)] for n in range(1, (last - first).days)]
    usual = sum(inner) / len(inner) if inner else 0
    days = inner + [by_day[end] for end in {first, last} if by_day[end] > usual]
    mean = sum(days) / len(days) if days else 0
    if len(inner) < 3 or not mean:
        return 1.0
    variance = sum((count - mean) ** 2 for count in days) / (len(days) - 1)
    return max(1.0, variance / mean)


def _limits(count: float, z: float = 1.96) -> tuple[float, float]:
    """The 95 % limits of a Poisson mean of which `count` was seen."""
    low = max(0.0, count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3) if count > 0 else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
