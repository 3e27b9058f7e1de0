"""What is due today: promises and follow-ups, and whose birthday it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404

from grapevine.core import access, installation
from grapevine.people import terms
from grapevine.people.models import Fact, Identity, Promise
from grapevine.people.models.memory import PromiseState
from grapevine.people.selectors import contact, lines
from grapevine.people.selectors.lines import PromiseLine

SHOWN = 30


@dataclass(frozen=True)
class Due:
    """A promise in the owner's list, with what the person is called. `days` is how long it is overdue; 0: today."""

    promise: PromiseLine
    called: str
    days: int


@dataclass(frozen=True)
class Birthday:
    """Somebody whose birthday it is today. `turns` is 0 when the year is not known."""

    identity_id: int
    called: str
    turns: int


@dataclass(frozen=True)
class Today:
    """What somebody has to think of today. `more` says that there is more than is shown."""

    day: date
    due: tuple[Due, ...]
    ahead: tuple[Due, ...]
    birthdays: tuple[Birthday, ...]
    more: bool

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.birthdays)


def reachable(promise_id: int) -> Promise:
    """The promise of this number. Raises Http404."""
    found = Promise.objects.select_related("identity", "owner").filter(pk=promise_id).first()
    if found is None:
        raise Http404
    return found


def today(*, by: Any, at: datetime, everybody: bool = False, limit: int = SHOWN) -> Today:
    """What is due for `by` (for everybody, when asked and permitted), the longest due first. Along indexes, a handful of statements."""
    day = terms.day_of(at, installation.zone())
    rows = Promise.objects.filter(state=PromiseState.OPEN).select_related("owner", "identity__person")
    user = getattr(by, "pk", None) or 0
    if not (everybody and access.may(by, lines.SEE_ALL)):
        rows = rows.filter(owner_id=user)
    due = list(rows.filter(due_on__lte=day).order_by("due_on", "pk")[: limit + 1])
    ahead = rows.filter(due_on__gt=day).order_by("due_on", "pk")[:10]
    return Today(
        day=day,
        due=tuple(_due(row, day) for row in due[:limit]),
        ahead=tuple(_due(row, day) for row in ahead),
        birthdays=_birthdays(user, day, at),
        more=len(due) > limit,
    )


def _due(row: Promise, day: date) -> Due:
    return Due(lines.promise(row), called(row.identity), (day - row.due_on).days)


def _birthdays(user: int, day: date, at: datetime) -> tuple[Birthday, ...]:
    """Of those whose birthday `user` noted: who noted it knows them. Nobody who wants to be left alone everywhere."""
    rows = Fact.objects.filter(
        noted_by_id=user, yearly__in=terms.yearly_of(day), removed_at=None, expires_on__gt=day
    ).select_related("identity__person")
    found = list(rows.order_by("-pk")[:SHOWN])
    left_alone = _left_alone((one.identity_id for one in found), at)
    return tuple(
        Birthday(one.identity_id, called(one.identity), day.year - one.on.year if one.on else 0)
        for one in found
        if one.identity_id not in left_alone
    )


def _left_alone(ids: Iterable[int], at: datetime) -> set[int]:
    told = contact.refusals(set(ids), at=at)
    return {one for one, each in told.items() if any(refusal.channel == "" for refusal in each)}


def called(identity: Identity) -> str:
    """What somebody we know is called: what we remember, or the handle."""
    return (identity.person.name if identity.person else "") or identity.handle or identity.name
