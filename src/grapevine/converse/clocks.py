"""Business time: how long they have waited while we were there, and when an answer is due. Pure: no database, no present moment.

Hours are kept by the clock on the wall of a place, all arithmetic is done in UTC. A minute is a working minute when that clock, at that minute,
shows a time within the hours of its day. So the hour that a change to winter time repeats is worked twice, the one that a change to summer time
skips is worked never, and nobody needs to think of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = 24 * 60  # minutes
MINUTE = timedelta(minutes=1)
_LOOK = timedelta(days=15)  # so much of a calendar is laid out at once
_FARTHEST = timedelta(days=3 * 366)  # a target further off is none: nobody is ever there

Opening = tuple[datetime, datetime]


@dataclass(frozen=True, order=True)
class Span:
    """Hours of one day of the week (0 is Monday) in minutes from its midnight. An `end` beyond 24:00 lies in the next day."""

    weekday: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday <= 6 and 0 <= self.start < DAY and self.start < self.end <= 2 * DAY):
            raise ValueError(f"no span of a week: {self.weekday}, {self.start}–{self.end}")


@dataclass(frozen=True)
class Hours:
    """When somebody is there. What begins on a closed day does not begin; a night that began the day before goes on to its end."""

    zone: ZoneInfo
    week: tuple[Span, ...] = ()
    closed: frozenset[date] = frozenset()


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether somebody is there."""
    return any(begin <= at < end for begin, end in openings(hours, at, at + MINUTE))


def opens(hours: Hours, at: datetime) -> datetime | None:
    """When somebody is there next: `at` itself within the hours. None when that is never."""
    return _first(hours, at, timedelta(0))


def closes(hours: Hours, at: datetime) -> datetime | None:
    """When the present opening ends. None when nobody is there, or is there without end."""
    for begin, end in openings(hours, at, at + _LOOK):
        if begin <= at < end:
            return end if end < at + _LOOK else None
    return None


def spent(hours: Hours | None, start: datetime, end: datetime) -> timedelta:
    """How much of the time from `start` to `end` somebody was there. Without hours the clock never stops."""
    if hours is None:
        return max(end - start, timedelta(0))
    return sum((till - begin for begin, till in openings(hours, start, end)), timedelta(0))


def due(since: datetime, target: timedelta, hours: Hours | None) -> datetime | None:
    """When `target` is used up for somebody who waits from `since` on. None when that is never, since nobody is ever there."""
    if hours is None:
        return since + target
    return _first(hours, since, target)


def remaining(since: datetime, target: timedelta, hours: Hours | None, at: datetime) -> timedelta:
    """What is left of `target` at a moment; negative when it is late."""
    return target - spent(hours, since, at)


@dataclass(frozen=True)
class Watch:
    """A stop-watch on one turn of ours: it runs while they wait for us, and stands while we wait for them.

    `spent` is what it showed when it was last stopped; it runs when `since` is set.
    """

    since: datetime | None = None
    spent: timedelta = timedelta(0)

    def run(self, at: datetime) -> Watch:
        """It is our turn from `at` on. One that runs, runs on."""
        return self if self.since is not None else Watch(at, self.spent)

    def stop(self, at: datetime, hours: Hours | None) -> Watch:
        """It is their turn from `at` on: what was used of the target is kept, for when the turn comes back to us."""
        return Watch(None, self.shows(at, hours))

    def shows(self, at: datetime, hours: Hours | None) -> timedelta:
        """What is used of the target."""
        return self.spent + (spent(hours, self.since, at) if self.since is not None else timedelta(0))

    def due(self, target: timedelta, hours: Hours | None) -> datetime | None:
        """When the target is used up, if it runs on. What was used up before is due since it runs."""
        if self.since is None:
            return None
        return due(self.since, max(target - self.spent, timedelta(0)), hours)


def openings(hours: Hours, start: datetime, end: datetime) -> list[Opening]:
    """The stretches from `start` to `end` (UTC) in which somebody is there, in order, none touching the next."""
    if end <= start:
        return []
    day = start.astimezone(hours.zone).date() - timedelta(days=2)  # a night may have begun the day before
    last = end.astimezone(hours.zone).date()
    found: list[Opening] = []
    while day <= last:
        found += _of_day(hours, day)
        day += timedelta(days=1)
    clipped = ((max(begin, start), min(till, end)) for begin, till in found)
    return _merged(one for one in clipped if one[0] < one[1])


def _first(hours: Hours, since: datetime, wanted: timedelta) -> datetime | None:
    """The moment at which `wanted` has been spent; with nothing wanted, the first one in which somebody is there."""
    since, edge = since.astimezone(UTC), since.astimezone(UTC) + _FARTHEST
    start, left = since, wanted
    while hours.week and start < edge:
        for begin, end in openings(hours, start, start + _LOOK):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        start += _LOOK
    return None


def _merged(found: Iterable[Opening]) -> list[Opening]:
    result: list[Opening] = []
    for begin, end in sorted(found):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((begin, end))
    return result


@lru_cache(maxsize=8192)
def _of_day(hours: Hours, day: date) -> tuple[Opening, ...]:
    """What begins on one day by the clock on the wall, in UTC."""
    if day in hours.closed:
        return ()
    midnight = datetime.combine(day, time())
    return tuple(
        piece
        for span in hours.week
        if span.weekday == day.weekday()
        for piece in _pieces(
            hours.zone,
            midnight + timedelta(minutes=span.start),
            midnight + timedelta(minutes=span.end),
        )
    )


def _pieces(zone: ZoneInfo, start: datetime, end: datetime) -> list[Opening]:
    """The moments at which the clock of `zone` shows a time from `start` to `end`: one stretch, or two around a change of the clock."""
    before, after = _offset(zone, start, fold=0), _offset(zone, end, fold=1)
    first, second = (start - before, end - before), (start - after, end - after)
    if before == after:
        return [_aware(first)]
    changed = _change(zone, min(first[0], second[0]), max(first[1], second[1]))
    both = [(first[0], min(first[1], changed)), (max(second[0], changed), second[1])]
    return [_aware(one) for one in both if one[0] < one[1]]


def _offset(zone: ZoneInfo, local: datetime, *, fold: int) -> timedelta:
    return local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0)


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The moment (UTC) between two at which the clock of `zone` is set: it shows the old time before it, the new time from it on."""
    low, high = low - timedelta(minutes=1), high + timedelta(minutes=1)
    old = _shown(zone, low)
    seconds = int((high - low).total_seconds())
    reach = range(seconds + 1)
    under, over = reach[0], reach[-1]
    while over - under > 1:
        middle = (under + over) // 2
        under, over = (
            (middle, over) if _shown(zone, low + timedelta(seconds=middle)) == old else (under, middle)
        )
    return low + timedelta(seconds=over)


def _shown(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta(0)


def _aware(opening: tuple[datetime, datetime]) -> Opening:
    return opening[0].replace(tzinfo=UTC), opening[1].replace(tzinfo=UTC)


def week_of(rows: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """Spans as they are stored (weekday, start, end), in order, those that touch made one."""
    spans = sorted(Span(*row) for row in rows)
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last is not None and last.weekday == span.weekday and span.start <= last.end:
            merged[-1] = Span(last.weekday, last.start, max(last.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def never_closes(week: tuple[Span, ...]) -> bool:
    """Whether the hours of a week leave no minute out."""
    marks = sorted((span.weekday * DAY + span.start, span.weekday * DAY + span.end) for span in week)
    marks += [(begin + 7 * DAY, end + 7 * DAY) for begin, end in marks]
    if not marks:
        return False
    reached = marks[0][1]
    for (_begin, end), (begin, _end) in pairwise(marks):
        reached = max(reached, end)
        if begin > reached:
            return False
    return reached >= marks[0][0] + 7 * DAY
