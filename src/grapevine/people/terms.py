"""How long what we remember is kept, and which day a moment is. Pure decisions on plain values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

YEAR = timedelta(days=365)
TERMS = {
    "name": 3 * YEAR,
    "family": 2 * YEAR,
    "birthday": 3 * YEAR,
    "bought": 2 * YEAR,
    "preference": 2 * YEAR,
    "event": timedelta(days=60),
    "met": 3 * YEAR,
    "relation": 2 * YEAR,
}
"""How long each kind of fact is kept, unless a day is given; what comes up is kept so long after its day."""
LONGEST = 5 * YEAR
PROPOSALS = timedelta(days=30)
"""A proposal that nobody looked at is let go after so long."""
REMOVED = timedelta(days=1)
"""What was removed can be brought back for so long."""
CLOSED = 2 * YEAR
"""Promises that were kept or dropped are let go after so long."""
OPENED = timedelta(hours=12)
"""A person's story stays open to who opened it for so long."""
OPENINGS = YEAR
POSTPONED = 1


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The day a moment falls on, where the house stands."""
    return at.astimezone(zone).date()


def expires_on(kind: str, *, on: date | None, noted_on: date) -> date:
    """The first day on which a fact is known no longer."""
    start = max(on, noted_on) if kind == "event" and on is not None else noted_on
    return min(start + TERMS[kind], noted_on + LONGEST)


def yearly(month: int, day: int) -> int:
    """A day of every year as one number."""
    return month * 100 + day


def next_yearly(number: int, today: date) -> date:
    """When a day of every year comes next, today included. The 29th of February is kept on the 28th where there is none."""
    month, day = divmod(number, 100)
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            found = date(year, month, day - 1)
        if found >= today:
            return found
    raise AssertionError("every day comes within a year")


def yearly_of(today: date) -> tuple[int, ...]:
    """The days of every year that are kept today: the 29th of February on the 28th in a year that has none."""
    number = yearly(today.month, today.day)
    has_none = number == 228 and (today + timedelta(days=1)).month == 3
    return (228, 229) if has_none else (number,)
