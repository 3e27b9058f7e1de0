"""What routing knows of those who answer: one's own row is set by oneself, everybody's by a lead. And who is on call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from grapevine.converse.models import Colleague, Shift, Team
from grapevine.core import access, audit, installation
from grapevine.core.models import User

CHANGE = "converse.desk.change"
WORK = "converse.thread.work"
_LONGEST = timedelta(days=62)
WEEKS = 26


@transaction.atomic
def describe(*, user: User, by: Any, at: datetime, **values: Any) -> Colleague:
    """Set somebody's languages, load, absence and follow-up days, as far as given."""
    access.require(by, WORK if by.pk == user.pk else CHANGE)
    row, _made = Colleague.objects.get_or_create(user=user)
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    if changed:
        audit.record("converse.colleague.described", subject=user, by=by, at=at, names=changed)
    return row


@transaction.atomic
def put_on_call(
    *, team: Team, user: User, starts_at: datetime, ends_at: datetime, by: Any, at: datetime
) -> Shift:
    """Somebody is on call for a team. Raises ValueError when it ends before it begins, or lasts longer than two months."""
    access.require(by, CHANGE)
    if not starts_at < ends_at <= starts_at + _LONGEST:
        raise ValueError("no shift")
    shift = Shift.objects.create(team=team, user=user, starts_at=starts_at, ends_at=ends_at)
    audit.record("converse.shift.added", subject=team, by=by, at=at, user_id=user.pk)
    return shift


@transaction.atomic
def take_turns(
    *, team: Team, users: Sequence[User], first: date, weeks: int, by: Any, at: datetime
) -> list[Shift]:
    """Put people on call week by week in this order, over and over, from midnight to midnight by the team's clock. Returns the shifts."""
    access.require(by, CHANGE)
    if not users or not 0 < weeks <= WEEKS:
        raise ValueError(weeks)
    zone = ZoneInfo(team.zone) if team.zone else installation.zone()
    edges = [datetime.combine(first + timedelta(weeks=week), time(), zone) for week in range(weeks + 1)]
    made = Shift.objects.bulk_create(
        Shift(team=team, user=users[week % len(users)], starts_at=edges[week], ends_at=edges[week + 1])
        for week in range(weeks)
    )
    audit.record("converse.shift.added", subject=team, by=by, at=at, weeks=weeks, people=len(users))
    return made


@transaction.atomic
def take_off_call(*, shift: Shift, by: Any, at: datetime) -> None:
    """Take a shift away."""
    access.require(by, CHANGE)
    audit.record("converse.shift.removed", subject=shift.team, by=by, at=at, user_id=shift.user_id)
    shift.delete()
