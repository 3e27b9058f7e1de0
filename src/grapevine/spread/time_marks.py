"""Where an axis of time has its marks: at whole days or hours of the reader's calendar, evenly apart, each with its date or its hour."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import takewhile

from django.utils import formats, timezone

HOURS = (1, 2, 3, 6, 12)
DAYS = (1, 2, 3, 7, 14, 28, 91, 182, 364)


def marks(begin: datetime, end: datetime, *, most: int = 6) -> tuple[tuple[datetime, str], ...]:
    """So many moments from `begin` to `end` at most, with their words: the day where it begins, else the hour."""
    span = (end - begin).total_seconds() / 3600
    for hours in HOURS:
        if span / hours <= most:
            return _words(_hourly(begin, end, hours))
    days = next((one for one in DAYS if span / 24 / one <= most), DAYS[-1])
    return _words(_daily(begin, end, days))


def moment(at: datetime) -> str:
    """A moment with its day and, but at midnight, its hour."""
    local = timezone.localtime(at)
    day = formats.date_format(local, "MONTH_DAY_FORMAT")
    return day if local.time() == time() else f"{day}, {formats.date_format(local, 'TIME_FORMAT')}"


def _hourly(begin: datetime, end: datetime, hours: int) -> list[datetime]:
    local = timezone.localtime(begin)
    first = datetime.combine(local.date(), time(), local.tzinfo)
    # By the clock on the wall, which may jump between.
    walls = (first.replace(tzinfo=None) + timedelta(hours=hours * step) for step in range(24 * 8))
    moments = (timezone.make_aware(one, local.tzinfo) for one in walls)
    return [one for one in takewhile(lambda one: one <= end, moments) if one >= begin]


def _daily(begin: datetime, end: datetime, days: int) -> list[datetime]:
    local = timezone.localtime(begin)
    first = local.date() if local.time() == time() else local.date() + timedelta(days=1)
    last = timezone.localtime(end).date()
    steps = range(max(0, (last - first).days // days + 1))
    found = (
        timezone.make_aware(datetime.combine(first + timedelta(days=days * step), time())) for step in steps
    )
    return [one for one in found if one <= end]


def _words(moments: list[datetime]) -> tuple[tuple[datetime, str], ...]:
    found = []
    before = None
    for at in moments:
        local = timezone.localtime(at)
        text = formats.date_format(local, "TIME_FORMAT") if local.date() == before else moment(at)
        found.append((at, text))
        before = local.date()
    return tuple(found)
