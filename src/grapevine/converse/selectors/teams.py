"""Teams as pages show them: who sits in them, whether they are there, who is on call."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404

from grapevine.converse import clocks, closed_days
from grapevine.converse.clocks import Hours
from grapevine.converse.models import ClosedDay, Colleague, Seat, Shift, Team
from grapevine.converse.selectors import desks
from grapevine.core import access
from grapevine.core.models import User

SEE = "converse.desk.see"
CHANGE = "converse.desk.change"
SHIFTS_SHOWN = 30


@dataclass(frozen=True)
class OnCall:
    """Somebody on call, and until when."""

    id: int
    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class TeamRow:
    """A team in the list. `changes_at` is when it goes home, or is there again."""

    id: int
    name: str
    members: tuple[str, ...]
    is_open: bool
    changes_at: datetime | None
    on_call: OnCall | None
    hours: Hours
    week: tuple[clocks.Span, ...]


@dataclass(frozen=True)
class ColleagueRow:
    """Somebody who answers, with what routing knows of them."""

    id: int
    name: str
    languages: tuple[str, ...]
    load: int
    max_load: int
    away_until: datetime | None
    teams: tuple[str, ...]
    follow_up_days: int

    @property
    def is_full(self) -> bool:
        return self.load >= self.max_load


@dataclass(frozen=True)
class DayRow:
    """A day on which a team is not there, or is there after all. `id` is None for what the calendar says."""

    id: int | None
    day: date
    name: str
    open_after_all: bool
    for_all: bool


def everybody(*, at: datetime) -> list[TeamRow]:
    """All teams by name. A fixed number of questions."""
    teams = list(Team.objects.present())
    book = desks.book(at, teams=teams)
    on_call = {shift.team_id: shift for shift in desks.shifts_at(at)}
    members: dict[int, list[str]] = defaultdict(list)
    for team_id, name in (
        Seat.objects.filter(user__is_active=True).order_by("user__name").values_list("team_id", "user__name")
    ):
        members[team_id].append(name)
    return [
        _row(team, book.hours[team.pk], tuple(members[team.pk]), on_call.get(team.pk), at) for team in teams
    ]


def one(team: Team, *, at: datetime) -> TeamRow:
    """A team for its own page."""
    book = desks.book(at, teams=[team])
    on_call = next((shift for shift in desks.shifts_at(at) if shift.team_id == team.pk), None)
    names = (
        Seat.objects.filter(team=team, user__is_active=True)
        .order_by("user__name")
        .values_list("user__name", flat=True)
    )
    return _row(team, book.hours[team.pk], tuple(names), on_call, at)


def _row(team: Team, hours: Hours, members: tuple[str, ...], shift: Shift | None, at: datetime) -> TeamRow:
    is_open = clocks.is_open(hours, at)
    return TeamRow(
        id=team.pk,
        name=team.name,
        members=members,
        is_open=is_open,
        changes_at=clocks.closes(hours, at) if is_open else clocks.opens(hours, at),
        on_call=_on_call(shift) if shift else None,
        hours=hours,
        week=hours.week,
    )


def _on_call(shift: Shift) -> OnCall:
    return OnCall(shift.pk, shift.user.name, shift.starts_at, shift.ends_at)


def shifts(team: Team, *, at: datetime) -> list[OnCall]:
    """Who is on call for a team, now and after."""
    rows = Shift.objects.filter(team=team, ends_at__gt=at).select_related("user").order_by("starts_at", "pk")
    return [_on_call(row) for row in rows[:SHIFTS_SHOWN]]


def days(team: Team, *, at: datetime) -> list[DayRow]:
    """The days of the coming year on which a team is not there, or is there although one would not think so."""
    today = at.astimezone(desks.book(at, teams=[team]).hours[team.pk].zone).date()
    last = today + timedelta(days=366)
    found = {
        day: DayRow(None, day, name, False, False)
        for day, name in closed_days.of_country(team.country, (today.year, last.year)).items()
        if today <= day <= last
    }
    said = ClosedDay.objects.filter(Q(team=team) | Q(team=None), day__range=(today, last))
    # First what is said of all, so that what is said of the team stands in its place.
    for row in sorted(said, key=lambda one: one.team_id is not None):
        calendar = found.get(row.day)
        name = row.name or (calendar.name if calendar else "")
        found[row.day] = DayRow(row.pk, row.day, name, row.open_after_all, row.team_id is None)
    return [found[day] for day in sorted(found)]


def colleagues(*, at: datetime) -> list[ColleagueRow]:
    """Everybody who answers, by name."""
    people = desks.people(at)
    rows = {row.user_id: row for row in Colleague.objects.all()}
    teams: dict[int, list[str]] = defaultdict(list)
    seats = Seat.objects.filter(team__dissolved_at=None).order_by("team__name")
    for user_id, name in seats.values_list("user_id", "team__name"):
        teams[user_id].append(name)
    return [
        ColleagueRow(
            id=person.id,
            name=person.name,
            languages=tuple(sorted(person.languages)),
            load=person.load,
            max_load=person.max_load,
            away_until=person.away_until if not person.is_there(at) else None,
            teams=tuple(teams[person.id]),
            follow_up_days=rows[person.id].follow_up_days if person.id in rows else 7,
        )
        for person in sorted(people.values(), key=lambda one: (one.name.casefold(), one.id))
    ]


def reachable_by(user: Any, team_id: int, *, permission: str = SEE) -> Team:
    """A team that was not dissolved. Raises AccessDenied, Http404."""
    access.require(user, permission)
    found = Team.objects.present().filter(pk=team_id).first()
    if found is None:
        raise Http404("no such team")
    return found


def dissolved_reachable_by(user: Any, team_id: int) -> Team:
    """A dissolved team, to bring it back. Raises AccessDenied, Http404."""
    access.require(user, CHANGE)
    found = Team.objects.exclude(dissolved_at=None).filter(pk=team_id).first()
    if found is None:
        raise Http404("no such team")
    return found


def colleague_reachable_by(user: Any, user_id: int) -> User:
    """Somebody who answers: oneself, or anybody for who may change the desk. Raises AccessDenied, Http404."""
    access.require(user, "converse.thread.work")
    if user.pk != user_id and not access.may(user, CHANGE):
        raise Http404("another's description is not found, rather than refused")
    found = User.objects.active().filter(pk=user_id, role__in=desks.ANSWERING).first()
    if found is None:
        raise Http404("no such colleague")
    return found


def answering() -> list[tuple[int, str]]:
    """Everybody who may be given threads, by name, for forms."""
    return list(
        User.objects.active().filter(role__in=desks.ANSWERING).order_by("name").values_list("pk", "name")
    )


def description_of(user: User) -> Colleague:
    """What routing knows of somebody; what is usual where nobody said anything."""
    return Colleague.objects.filter(user=user).first() or Colleague(user=user)


def hold_of(user: Any) -> timedelta:
    """How long somebody's answers wait, so that they can be taken back."""
    row = Colleague.objects.filter(user_id=user.pk).first() or Colleague()
    return timedelta(seconds=row.hold_seconds)


def day_reachable_by(user: Any, team: Team, day_id: int) -> ClosedDay:
    """What was said of a day, for this team or for all. Raises AccessDenied, Http404."""
    access.require(user, CHANGE)
    found = ClosedDay.objects.filter(Q(team=team) | Q(team=None), pk=day_id).first()
    if found is None:
        raise Http404("no such day")
    return found


def shift_reachable_by(user: Any, team: Team, shift_id: int) -> Shift:
    """A shift of a team. Raises AccessDenied, Http404."""
    access.require(user, CHANGE)
    found = Shift.objects.filter(team=team, pk=shift_id).select_related("team", "user").first()
    if found is None:
        raise Http404("no such shift")
    return found
