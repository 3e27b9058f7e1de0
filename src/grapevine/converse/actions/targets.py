"""Within which time answers are due, by channel and priority."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.converse.actions import recalculation
from grapevine.converse.models import Target
from grapevine.converse.targets import LONGEST, Aim
from grapevine.core import access, audit


@transaction.atomic
def set_for(*, channel: str, aims: Mapping[int, Aim | None], by: Any, at: datetime) -> None:
    """Set the targets of a channel (empty: of all) by priority; None leaves it to the general one. Raises ValueError on a target of no length."""
    access.require(by, "converse.desk.change")
    before = {one.priority: Aim(one.minutes, one.by_clock) for one in Target.objects.filter(channel=channel)}
    changed = {priority: aim for priority, aim in aims.items() if before.get(priority) != aim}
    for priority, aim in changed.items():
        if aim is None:
            Target.objects.filter(channel=channel, priority=priority).delete()
            continue
        if not 0 < aim.minutes <= LONGEST:
            raise ValueError(aim.minutes)
        Target.objects.update_or_create(
            channel=channel,
            priority=priority,
            defaults={"minutes": aim.minutes, "by_clock": aim.by_clock},
        )
    if changed:
        told = {str(priority): aim.minutes if aim else None for priority, aim in changed.items()}
        audit.record("converse.targets.set", by=by, at=at, channel=channel, minutes=told)
        recalculation.ask()
