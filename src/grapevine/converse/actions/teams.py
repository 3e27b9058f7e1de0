"""Teams: who sits in them, their hours, closed days. What changes hours has what is due reckoned anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from grapevine.converse import clocks
from grapevine.converse.actions import recalculation
from grapevine.converse.models import ClosedDay, Rule, Seat, Shift, Team
from grapevine.core import access, audit
from grapevine.core.models import User

CHANGE = "converse.desk.change"


@transaction.atomic
def add(*, name: str, by: Any, at: datetime, members: Collection[int] = (), **values: Any) -> Team:
    """Found a team. `values` are zone, country and assigns."""
    access.require(by, CHANGE)
    team = Team.objects.create(name=name, created_at=at, **values)
    _seat(team, members)
    audit.record("converse.team.added", subject=team, by=by, at=at, members=len(members))
    return team


@transaction.atomic
def change(
    *, team: Team, by: Any, at: datetime, members: Collection[int] | None = None, **values: Any
) -> Team:
    """Change a team's name, place, country, whether it shares out by itself, and who sits in it."""
    access.require(by, CHANGE)
    changed = sorted(name for name, value in values.items() if getattr(team, name) != value)
    for name in changed:
        setattr(team, name, values[name])
    team.save(update_fields=changed)
    if members is not None and _seat(team, members):
        changed.append("members")
    if changed:
        audit.record("converse.team.changed", subject=team, by=by, at=at, names=changed)
    if {"zone", "country"} & set(changed):
        recalculation.ask(team_id=team.pk)
    return team


@transaction.atomic
def set_hours(*, team: Team, week: Sequence[Sequence[int]], by: Any, at: datetime) -> Team:
    """Set when a team is there: weekday, minute of the begin, of the end. Raises ValueError on what is no span of a week."""
    access.require(by, CHANGE)
    spans = [[span.weekday, span.start, span.end] for span in clocks.week_of(week)]
    if spans != team.week:
        team.week = spans
        team.save(update_fields=["week"])
        minutes = sum(end - start for _day, start, end in spans)
        audit.record("converse.team.hours_set", subject=team, by=by, at=at, minutes=minutes)
        recalculation.ask(team_id=team.pk)
    return team


@transaction.atomic
def dissolve(*, team: Team, by: Any, at: datetime) -> None:
    """Dissolve a team: rules give nothing to it any longer. What it has stays its own until somebody gives it elsewhere. Can be undone."""
    access.require(by, CHANGE)
    team.dissolved_at = at
    team.save(update_fields=["dissolved_at"])
    audit.record("converse.team.dissolved", subject=team, by=by, at=at)
    recalculation.ask(team_id=team.pk)


@transaction.atomic
def restore(*, team: Team, by: Any, at: datetime) -> None:
    """Undo `dissolve`. Raises ValueError when another team bears its name by now."""
    access.require(by, CHANGE)
    if Team.objects.present().filter(name=team.name).exists():
        raise ValueError(team.name)
    team.dissolved_at = None
    team.save(update_fields=["dissolved_at"])
    audit.record("converse.team.restored", subject=team, by=by, at=at)
    recalculation.ask(team_id=team.pk)


@transaction.atomic
def close_day(
    *, team: Team | None, day: date, by: Any, at: datetime, name: str = "", open_after_all: bool = False
) -> ClosedDay:
    """A day on which a team (None: everybody) is not there; or, `open_after_all`, is there although it is a holiday."""
    access.require(by, CHANGE)
    # Two who say it of the same day at once say it once: they take turns at the teams.
    list(Team.objects.order_by("pk").select_for_update().values_list("pk"))
    row, _made = ClosedDay.objects.update_or_create(
        team=team, day=day, defaults={"name": name, "open_after_all": open_after_all}
    )
    audit.record(
        "converse.day.set",
        subject=team,
        by=by,
        at=at,
        day=day.isoformat(),
        open=open_after_all,
    )
    recalculation.ask(team_id=team.pk if team else None)
    return row


@transaction.atomic
def forget_day(*, row: ClosedDay, by: Any, at: datetime) -> None:
    """Take back what was said of a day."""
    access.require(by, CHANGE)
    audit.record("converse.day.forgotten", subject=row.team, by=by, at=at, day=row.day.isoformat())
    team_id = row.team_id
    row.delete()
    recalculation.ask(team_id=team_id)


def is_of_use(team: Team) -> bool:
    """Whether rules or shifts still speak of a team: the page warns before it is dissolved."""
    return Rule.objects.present().filter(team=team).exists() or Shift.objects.filter(team=team).exists()


def _seat(team: Team, members: Collection[int]) -> bool:
    """Let exactly these sit in a team; returns whether that was a change."""
    before = set(Seat.objects.filter(team=team).values_list("user_id", flat=True))
    wanted = set(User.objects.active().filter(pk__in=members).values_list("pk", flat=True))
    Seat.objects.filter(team=team, user_id__in=before - wanted).delete()
    Seat.objects.bulk_create(Seat(team=team, user_id=pk) for pk in sorted(wanted - before))
    return before != wanted
