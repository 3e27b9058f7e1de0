"""Moments counted by the reader's calendar: whole hours, days or weeks where they live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone


def counted(moments: Iterable[datetime], unit: str) -> tuple[tuple[datetime, int], ...]:
    """How many there are in each hour, day or week (from Monday on), from the first to the last, with when it begins."""
    found = Counter(begin(at, unit) for at in moments)
    if not found:
        return ()
    at, last = min(found), max(found)
    rows = []
    while at <= last:
        rows.append((at, found[at]))
        at = _after(at, unit)
    return tuple(rows)


def begin(at: datetime, unit: str) -> datetime:
    """When the hour, day or week began in which a moment lies."""
    local = timezone.localtime(at)
    if unit == "hour":
        return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    day = local.date() - timedelta(days=local.weekday() if unit == "week" else 0)
    return timezone.make_aware(datetime.combine(day, time()))


def _after(at: datetime, unit: str) -> datetime:
    if unit == "hour":
        return at + timedelta(hours=1)
    day = timezone.localtime(at).date() + timedelta(days=7 if unit == "week" else 1)
    return timezone.make_aware(datetime.combine(day, time()))


def days(begins: datetime, ends: datetime) -> tuple[datetime, datetime] | None:
    """The first and the last day of a time from midnight to midnight, where the reader lives or in the zone it was asked in; else None."""
    for zone in (timezone.get_current_timezone(), begins.tzinfo):
        one, other = begins.astimezone(zone), ends.astimezone(zone)
        if one.time() == other.time() == time() and one < other:
            return one, other - timedelta(seconds=1)
    return None
