"""When people write: by weekday, by the hour on their own clock, and a little more each month.

Local time is worked out from the European rule for summer time, so that the demo needs no time zone data.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from grapevine.home.demo.dice import Dice

DAYS = 90
_HOURS = {
    "social": (2, 1, 1, 0.5, 0.5, 2, 6, 11, 10, 7, 6, 6, 9, 7, 6, 8, 7, 7, 7, 9, 11, 11, 8, 4),
    "forum": (3, 2, 1, 0.5, 0.5, 1, 3, 4, 5, 5, 5, 5, 6, 5, 5, 5, 5, 6, 7, 10, 13, 13, 9, 5),
    "reviews": (1, 1, 0.5, 0.5, 0.5, 1, 2, 4, 6, 7, 7, 6, 8, 7, 6, 6, 6, 6, 7, 10, 12, 10, 6, 3),
    "support": (1, 0.5, 0.5, 0.5, 0.5, 1, 3, 8, 12, 12, 10, 8, 9, 9, 8, 8, 8, 7, 6, 6, 6, 5, 3, 2),
    "office": (0, 0, 0, 0, 0, 0, 2, 8, 12, 12, 11, 9, 6, 10, 10, 9, 7, 3, 1, 0.5, 0.5, 0, 0, 0),
}
_WEEK = {
    "social": (9, 9, 10, 10, 12, 12, 10),
    "forum": (9, 9, 9, 9, 8, 11, 14),
    "reviews": (11, 10, 9, 9, 8, 9, 12),
    "support": (14, 12, 11, 10, 9, 6, 5),
    "office": (12, 14, 13, 12, 9, 1, 1),
}


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def offset(at: datetime, country: str) -> timedelta:
    """How far clocks in `country` (SE, DK, NL, GB) are ahead of UTC at `at`."""
    summer = _last_sunday(at.year, 3) <= at < _last_sunday(at.year, 10)
    return timedelta(hours=(0 if country == "GB" else 1) + (1 if summer else 0))


class Rhythm:
    """The calendar of one story: `DAYS` days that end at `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.start = until - timedelta(days=DAYS)

    def day_of(self, at: datetime) -> float:
        """Days since the start, with fractions."""
        return (at - self.start) / timedelta(days=1)

    def moment(
        self, dice: Dice, profile: str, country: str, *, low: float = 0, high: float = DAYS
    ) -> datetime:
        """A moment between days `low` and `high` when somebody in `country` would write in a place of this kind.

        Talk grows by a quarter over the whole time.
        """
        hours, week = _HOURS[profile], _WEEK[profile]
        top = max(hours) * max(week) * 1.25
        at = self.start
        for _ in range(400):
            at = self.start + timedelta(seconds=int(dice.between(low, high) * 86_400))
            local = at + offset(at, country)
            weight = hours[local.hour] * week[local.weekday()] * (1 + 0.25 * self.day_of(at) / DAYS)
            if dice.chance(weight / top):
                break
        return min(at, self.until - timedelta(seconds=dice.whole(1, 900)))

    def awake(self, dice: Dice, at: datetime, country: str) -> datetime:
        """`at`, or the morning after when it is night there (few write between one and six)."""
        local = at + offset(at, country)
        if local.hour < 6 and not dice.chance(0.06):
            return at + timedelta(hours=6 - local.hour, minutes=dice.whole(0, 110))
        return at

    def at_work(self, dice: Dice, at: datetime, country: str) -> datetime:
        """`at`, or the next hour when somebody of the house is on duty (seven to nine in the evening)."""
        local = at + offset(at, country)
        if local.hour < 7:
            return at + timedelta(hours=7 - local.hour, minutes=dice.whole(0, 70))
        if local.hour >= 21:
            return at + timedelta(hours=31 - local.hour, minutes=dice.whole(0, 70))
        return at
