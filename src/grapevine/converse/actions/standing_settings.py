"""How each part of this room's settings stands, as plain values, and how it is brought back to that: for what undoes a change.

A subject says whose it is: a team's number, a channel, a user's number, `kind:key` of what leads write down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.dateparse import parse_datetime

from grapevine.converse.actions import colleagues, editions, rules, snippets, targets, teams, views
from grapevine.converse.models import (
    ClosedDay,
    Colleague,
    Label,
    Rule,
    SavedView,
    Seat,
    Shift,
    Snippet,
    Target,
    Team,
)
from grapevine.converse.selectors import editions as written
from grapevine.converse.targets import Aim
from grapevine.core.models import User

_TEAM = ("name", "zone", "country", "assigns", "week")
_RULE = (
    "name", "active", "languages", "wants", "moods", "brands", "sources", "words", "needs_mandate",
    "team_id", "to_user_id", "priority", "label_id", "deleted_at",
)  # fmt: skip
_COLLEAGUE = ("languages", "max_load", "away_until", "follow_up_days")


@dataclass(frozen=True)
class _Part:
    read: Callable[[str], Any]
    write: Callable[..., None]


def read(part: str, subject: str) -> Any:
    """How it stands, in values that JSON keeps as they are."""
    return _PARTS[part].read(subject)


def write(part: str, subject: str, was: Any, *, by: Any, at: datetime) -> None:
    """Bring it back to how it stood, by the actions that change it."""
    _PARTS[part].write(subject, was, by=by, at=at)


def _team(subject: str) -> Any:
    row = Team.objects.get(pk=subject)
    seats = Seat.objects.filter(team=row).order_by("user_id").values_list("user_id", flat=True)
    return {**{name: getattr(row, name) for name in _TEAM}, "members": list(seats)}


def _write_team(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    team, values = Team.objects.get(pk=subject), dict(was)
    week = values.pop("week")
    teams.change(team=team, by=by, at=at, **values)
    teams.set_hours(team=team, week=week, by=by, at=at)


def _days(subject: str) -> Any:
    rows = ClosedDay.objects.filter(Q(team_id=subject) | Q(team=None)).order_by("day", "team_id")
    return [[one.team_id, one.day.isoformat(), one.name, one.open_after_all] for one in rows]


def _write_days(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    now = _days(subject)
    for team_id, day, _name, _open in (one for one in now if one not in was):
        teams.forget_day(row=ClosedDay.objects.get(team_id=team_id, day=day), by=by, at=at)
    for team_id, day, name, after_all in (one for one in was if one not in now):
        team = Team.objects.get(pk=team_id) if team_id else None
        teams.close_day(
            team=team, day=date.fromisoformat(day), name=name, open_after_all=after_all, by=by, at=at
        )


def _shifts(subject: str) -> Any:
    rows = Shift.objects.filter(team_id=subject).order_by("starts_at", "user_id", "pk")
    return [[one.user_id, one.starts_at.isoformat(), one.ends_at.isoformat()] for one in rows]


def _write_shifts(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    left = list(was)
    for shift in Shift.objects.filter(team_id=subject).select_related("team"):
        told = [shift.user_id, shift.starts_at.isoformat(), shift.ends_at.isoformat()]
        if told in left:
            left.remove(told)
        else:
            colleagues.take_off_call(shift=shift, by=by, at=at)
    team = Team.objects.get(pk=subject)
    people = User.objects.active().in_bulk([user_id for user_id, _start, _end in left])
    for user_id, start, end in (one for one in left if one[0] in people):
        colleagues.put_on_call(
            team=team, user=people[user_id], starts_at=_moment(start), ends_at=_moment(end), by=by, at=at
        )


def _targets(subject: str) -> Any:
    rows = Target.objects.filter(channel=subject).order_by("priority")
    return {str(one.priority): [one.minutes, one.by_clock] for one in rows}


def _write_targets(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    aims = {int(priority): None for priority in {*_targets(subject), *was}} | {
        int(priority): Aim(minutes, by_clock) for priority, (minutes, by_clock) in was.items()
    }
    targets.set_for(channel=subject, aims=aims, by=by, at=at)


def _rule(subject: str) -> Any:
    row = Rule.objects.get(pk=subject)
    return {name: _plain(getattr(row, name)) for name in _RULE}


def _write_rule(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    there = {
        "team_id": Team.objects.all(),
        "to_user_id": User.objects.all(),
        "label_id": Label.objects.all(),
    }
    # Whom it named may have gone since; the rest comes back all the same.
    gone = {name for name, rows in there.items() if was[name] and not rows.filter(pk=was[name]).exists()}
    values = {name: None if name in gone else value for name, value in was.items() if name != "deleted_at"}
    rules.change(rule=Rule.objects.get(pk=subject), by=by, at=at, **values)


def _colleague(subject: str) -> Any:
    row = Colleague.objects.filter(user_id=subject).first() or Colleague()
    return {name: _plain(getattr(row, name)) for name in _COLLEAGUE}


def _write_colleague(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    values = {**was, "away_until": _moment(was["away_until"])}
    colleagues.describe(user=User.objects.get(pk=subject), by=by, at=at, **values)


def _snippet(subject: str) -> Any:
    row = Snippet.objects.get(pk=subject)
    return [
        row.kind,
        row.name,
        row.text,
        row.lang,
        row.brand_id,
        _plain(row.checked_on),
        _plain(row.removed_at),
    ]


def _write_snippet(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    row = Snippet.objects.get(pk=subject)
    kind, name, text, lang, brand_id, checked, _removed = was
    brand = row.brand if row.brand_id == brand_id else Snippet(brand_id=brand_id).brand
    seen = date.fromisoformat(checked) if checked else None
    snippets.keep(
        kind=kind, name=name, text=text, lang=lang, brand=brand, checked_on=seen, snippet=row, by=by, at=at
    )


def _views(subject: str) -> Any:
    every = SavedView.objects.order_by("pk")
    rows = every.filter(user_id=int(subject)) if subject else every.filter(user=None)
    return [[one.name, one.params] for one in rows]


def _write_views(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    there = [one[0] for one in _views(subject)]
    for name, params in (one for one in was if one[0] not in there):
        views.save(name=name, params=params, shared=not subject, by=by, at=at)


def _edition(subject: str) -> Any:
    kind, _colon, key = subject.partition(":")
    try:
        now = written.current(kind, key)
    except Http404:
        return {"number": 0, "content": None, "retired": True}
    return {"number": now.number, "content": now.content, "retired": now.retired}


def _write_edition(subject: str, was: Any, *, by: Any, at: datetime) -> None:
    """What was written stays in the history; the one before it is written once more. A page that was new is taken away."""
    kind, _colon, key = subject.partition(":")
    now = written.current(kind, key)
    content = now.content if was["content"] is None else was["content"]
    editions.write(
        kind=kind, key=key, content=content, based_on=now.number, retired=was["retired"], by=by, at=at
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _moment(value: Any) -> Any:
    return parse_datetime(value) if value else None


_PARTS = {
    "team": _Part(_team, _write_team),
    "days": _Part(_days, _write_days),
    "shifts": _Part(_shifts, _write_shifts),
    "targets": _Part(_targets, _write_targets),
    "rule": _Part(_rule, _write_rule),
    "colleague": _Part(_colleague, _write_colleague),
    "snippet": _Part(_snippet, _write_snippet),
    "views": _Part(_views, _write_views),
    "edition": _Part(_edition, _write_edition),
}
