"""How fast something spreads, and what that means for taking it away: decisions on plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
HOURS = 48
_LATELY = 6
FEW = 3
MANY = 20


def by_hour(times: Sequence[datetime], *, at: datetime, hours: int = HOURS) -> list[tuple[datetime, int]]:
    """How many per hour, of the last `hours` up to the present one, the oldest first."""
    last = at.replace(minute=0, second=0, microsecond=0)
    first = last - HOUR * (hours - 1)
    counts = dict.fromkeys((first + HOUR * place for place in range(hours)), 0)
    for time in times:
        hour = time.replace(minute=0, second=0, microsecond=0)
        if hour in counts:
            counts[hour] += 1
    return list(counts.items())


def per_hour(times: Sequence[datetime], *, at: datetime) -> float:
    """How many there were per hour lately (of the last six hours)."""
    return sum(at - HOUR * _LATELY < time <= at for time in times) / _LATELY


def level(times: Sequence[datetime], *, at: datetime) -> str:
    """Whether it is quiet, was repeated, or is spreading: "quiet", "heard", "spreading"."""
    late = sum(at - HOUR * _LATELY < time <= at for time in times)
    earlier = sum(at - HOUR * 2 * _LATELY < time <= at - HOUR * _LATELY for time in times)
    if late >= FEW and late > earlier:
        return "spreading"
    return "heard" if len(times) >= FEW else "quiet"
