"""Within which time an answer is due, and by whose hours. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from grapevine.converse import clocks
from grapevine.converse.clocks import Hours
from grapevine.converse.models.threads import Priority


@dataclass(frozen=True)
class Aim:
    """So many minutes: of the team's hours, or of the clock, night and weekend counted."""

    minutes: int
    by_clock: bool = False

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


# What holds until somebody says otherwise. What is urgent does not wait for Monday.
USUAL: Mapping[int, Aim] = {
    Priority.URGENT: Aim(60, by_clock=True),
    Priority.HIGH: Aim(2 * 60),
    Priority.NORMAL: Aim(8 * 60),
    Priority.LOW: Aim(24 * 60),
}
LONGEST = 60 * 24 * 90  # minutes that may be set


@dataclass(frozen=True)
class Book:
    """All that is needed to say when an answer is due: hours by team, those of threads without one, targets, and sources' channels."""

    house: Hours
    hours: Mapping[int, Hours] = field(default_factory=dict)
    aims: Mapping[tuple[str, int], Aim] = field(default_factory=dict)  # by channel ("" is any) and priority
    channels: Mapping[int, str] = field(default_factory=dict)  # by source

    def hours_of(self, team_id: int | None) -> Hours:
        return self.hours.get(team_id or 0, self.house)

    def aim(self, source_id: int, priority: int) -> Aim:
        """What was set for the channel, or else for all channels, or else what is usual."""
        channel = self.channels.get(source_id, "")
        for key in ((channel, priority), ("", priority)):
            if key in self.aims:
                return self.aims[key]
        return USUAL.get(priority, USUAL[Priority.NORMAL])

    def counting(
        self, *, team_id: int | None, source_id: int, priority: int
    ) -> tuple[timedelta, Hours | None]:
        """A thread's target, and the hours it is counted in (None: by the clock)."""
        aim = self.aim(source_id, priority)
        return aim.length, None if aim.by_clock else self.hours_of(team_id)

    def due(
        self, watch: clocks.Watch, *, team_id: int | None, source_id: int, priority: int
    ) -> datetime | None:
        """When an answer is due. A team that is never there is measured by the clock: nobody is left waiting without end."""
        target, hours = self.counting(team_id=team_id, source_id=source_id, priority=priority)
        found = watch.due(target, hours)
        return found if found is not None or hours is None else watch.due(target, None)
