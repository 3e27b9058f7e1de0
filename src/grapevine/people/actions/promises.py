"""Keeping a promise, putting it off, dropping it, and undoing the last of these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, live, news
from grapevine.people import events
from grapevine.people.channels import PROMISES
from grapevine.people.models import Promise
from grapevine.people.models.memory import PromiseState


class NothingToUndo(ValueError):
    """Nothing was done with the promise that could be undone."""


def done(*, promise: Promise, by: Any, at: datetime) -> None:
    """It is done."""
    _step(promise, "people.promise.done", by=by, at=at, state=PromiseState.DONE, closed_at=at)


def drop(*, promise: Promise, by: Any, at: datetime) -> None:
    """It won't be done, or it was no promise."""
    _step(promise, "people.promise.dropped", by=by, at=at, state=PromiseState.DROPPED, closed_at=at)


def postpone(*, promise: Promise, until: date, by: Any, at: datetime) -> None:
    """Put it off until another day."""
    _step(promise, "people.promise.postponed", by=by, at=at, due_on=until)


def hand(*, promise: Promise, owner: Any, by: Any, at: datetime) -> None:
    """Give it to a colleague."""
    _step(promise, "people.promise.handed", by=by, at=at, owner=owner)


@transaction.atomic
def undo(*, promise: Promise, by: Any, at: datetime) -> None:
    """Take the last step back, exactly. Raises NothingToUndo. Tells PromiseMoved."""
    access.require(by, "people.person.change")
    row = Promise.objects.select_for_update().get(pk=promise.pk)
    if not row.before:
        raise NothingToUndo
    for name, value in row.before.items():
        setattr(row, name, _read(name, value))
    row.before = {}
    row.save()
    _told(row, "people.promise.undone", by=by, at=at)


@transaction.atomic
def _step(promise: Promise, deed: str, *, by: Any, at: datetime, **changed: Any) -> None:
    access.require(by, "people.person.change")
    row = Promise.objects.select_for_update().get(pk=promise.pk)
    # Two clicks are one step, so that the second doesn't spoil what the first would undo.
    if all(getattr(row, name) == value for name, value in changed.items() if name != "closed_at"):
        return
    row.before = {
        "state": row.state,
        "due_on": row.due_on.isoformat(),
        "owner_id": row.owner_id,
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    _told(row, deed, by=by, at=at)


def _read(name: str, value: Any) -> Any:
    if name == "due_on":
        return date.fromisoformat(value)
    if name == "closed_at" and value:
        return datetime.fromisoformat(value)
    return value


def _told(row: Promise, deed: str, *, by: Any, at: datetime) -> None:
    audit.record(deed, subject=row.identity, by=by, at=at, promise_id=row.pk, due_on=row.due_on.isoformat())
    live.publish(PROMISES, owner=row.owner_id)
    news.tell(events.PromiseMoved(row.pk, row.identity_id, row.state, at))
