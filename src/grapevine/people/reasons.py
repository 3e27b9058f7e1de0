"""The next reason to get in touch with somebody. Pure rules on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from grapevine.people import terms

AHEAD = timedelta(days=30)
"""Further ahead nothing is a reason yet."""
AFTER_PURCHASE = (timedelta(weeks=3), timedelta(weeks=6))
"""Between these, what somebody bought is a reason to ask how it is."""
AFTER_EVENT = timedelta(days=14)
"""So long after something they told us of, we may ask how it went."""
KINDS = ("promise", "follow_up", "birthday", "event", "bought")


@dataclass(frozen=True)
class Due:
    """Something that may be a reason: what kind, on which day, and what it is about."""

    kind: str
    on: date
    about: str = ""


@dataclass(frozen=True)
class Reason:
    """Why, and when. `days` is how far away it is: 0 today, negative when it is overdue."""

    kind: str
    on: date
    about: str
    days: int


def following(
    today: date,
    *,
    promised: Iterable[Due] = (),
    birthdays: Iterable[int] = (),
    events: Iterable[Due] = (),
    bought: Iterable[Due] = (),
) -> Reason | None:
    """The next reason, or None when there is none within a month. What is due comes first; then what comes soonest."""
    found = _all(today, promised=promised, birthdays=birthdays, events=events, bought=bought)
    return min(found, key=_rank) if found else None


def _all(
    today: date,
    *,
    promised: Iterable[Due],
    birthdays: Iterable[int],
    events: Iterable[Due],
    bought: Iterable[Due],
) -> Sequence[Reason]:
    found = [_reason(one.kind, one.on, one.about, today) for one in promised]
    found += [_reason("birthday", terms.next_yearly(number, today), "", today) for number in birthdays]
    for one in events:
        if one.on >= today:
            found.append(_reason("event", one.on, one.about, today))
        elif today - one.on <= AFTER_EVENT:
            found.append(_reason("event", today, one.about, today))
    for one in bought:
        first, last = one.on + AFTER_PURCHASE[0], one.on + AFTER_PURCHASE[1]
        if today <= last:
            found.append(_reason("bought", max(first, today), one.about, today))
    return [one for one in found if one.days <= AHEAD.days]


def _reason(kind: str, on: date, about: str, today: date) -> Reason:
    return Reason(kind, on, about, (on - today).days)


def _rank(one: Reason) -> tuple[date, int]:
    return one.on, KINDS.index(one.kind)
