"""The stretch of time a brand page is about, and the stretch before it to compare with. Pure: no clock, no database.

Days are those of the reader's time zone. The present day is not over, so the stretch before ends at the same hour of its own
last day: 30 days up to ten o'clock today are compared with the 30 days up to ten o'clock thirty days ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

# Twelve months are 52 whole weeks, so that every piece of the curve is as long as the others.
DAYS = {"7": 7, "30": 30, "90": 90, "12m": 364}
DEFAULT = "30"
_STEPS = {"day": 1, "week": 7}
LONGEST = 5 * 366  # days a person may ask for at once
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Period:
    """`key` is 7, 30, 90, 12m or "own"; `first` and `last` are days, both included; `end_at` is no later than now."""

    key: str
    first: date
    last: date
    start_at: datetime
    end_at: datetime
    zone: tzinfo
    clipped: bool = False  # the person asked for something we had to change (the wrong way round, too long, in the future)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def length(self) -> timedelta:
        return self.end_at - self.start_at

    @property
    def before_start_at(self) -> datetime:
        return _midnight(self.first - timedelta(days=self.days), self.zone)

    @property
    def before_end_at(self) -> datetime:
        """The same hour of the clock as `end_at`, as many days earlier."""
        local = self.end_at.astimezone(self.zone)
        earlier = datetime.combine(local.date() - timedelta(days=self.days), local.time(), self.zone)
        return earlier.astimezone(UTC)

    @property
    def whole_end_at(self) -> datetime:
        """The end of the last day, which may be yet to come."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    @property
    def bucket(self) -> str:
        """How finely a curve is drawn: hour, day or week."""
        if self.days <= 2:
            return "hour"
        return "day" if self.days <= 92 else "week"

    @property
    def params(self) -> dict[str, str]:
        """What the page's address says of the period."""
        if self.key == "own":
            return {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return {"period": self.key}

    def buckets(self, *, before: bool = False) -> list[Bucket]:
        """The pieces of the curve in order; with `before`, those of the stretch before, one for one."""
        start, end = (self.before_start_at, self.before_end_at) if before else (self.start_at, self.end_at)
        shift = timedelta(days=self.days if before else 0)
        if self.bucket == "hour":
            hours = []
            while start < end:
                hours.append(Bucket(start.astimezone(self.zone), start, min(start + _HOUR, end)))
                start += _HOUR
            return hours
        step = timedelta(days=_STEPS[self.bucket])
        # Counted from the last day back: what is left over goes to the oldest piece, where nobody looks for news.
        edges = [self.last + timedelta(days=1)]
        while edges[0] - step > self.first:
            edges.insert(0, edges[0] - step)
        edges.insert(0, self.first)
        pieces = []
        for first, following in pairwise(edges):
            begins = _midnight(first - shift, self.zone)
            ends = min(_midnight(following - shift, self.zone), end)
            pieces.append(
                Bucket(datetime.combine(first - shift, time(), self.zone), begins, max(begins, ends))
            )
        return pieces


@dataclass(frozen=True)
class Bucket:
    """One piece of a curve: its beginning by the reader's clock, and both ends in UTC."""

    label: datetime
    start_at: datetime
    end_at: datetime


def chosen(params: Mapping[str, str], *, now: datetime, zone: tzinfo) -> Period:
    """The period an address asks for (`?period=90`, or `?from=…&to=…` with days), the last 30 days if it asks for none.

    Whatever is typed there gives a period: ends the wrong way round are exchanged, the future and the too long are cut off.
    """
    today = now.astimezone(zone).date()
    first, last = _day(params.get("from", "")), _day(params.get("to", ""))
    if first is None and last is None:
        key = params.get("period", DEFAULT)
        key = key if key in DAYS else DEFAULT
        return _period(key, today - timedelta(days=DAYS[key] - 1), today, now, zone)
    asked = (first, last)
    last = min(last or today, today)
    first = min(first or last, today)
    if first > last:
        first, last = last, first
    if (last - first).days >= LONGEST:
        first = last - timedelta(days=LONGEST - 1)
    return _period("own", first, last, now, zone, clipped=(first, last) != asked)


def _period(
    key: str, first: date, last: date, now: datetime, zone: tzinfo, *, clipped: bool = False
) -> Period:
    end = min(_midnight(last + timedelta(days=1), zone), _next_hour(now))
    return Period(key, first, last, _midnight(first, zone), end, zone, clipped)


def _next_hour(now: datetime) -> datetime:
    # Counts are kept by the hour, so the hour we are in belongs to the period as a whole.
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + _HOUR


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        return None
    # Years at the rim of the calendar have no day before them, and no time zone knows them.
    return day if 1970 <= day.year <= 2200 else None
