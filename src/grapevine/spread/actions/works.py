"""Computing what somebody asked for: in the worker, with progress, until it is done, failed, or cancelled.

A kind of work is a model and a function. The function computes outside of transactions, says how far it is with `run.progress` (which also
ends it when somebody cancelled), and stores what came out through `finish`, in the one transaction that also says that it is done.
So a worker killed at any point leaves either nothing or all of it, and the next one begins anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction

import grapevine
from grapevine.core import access, audit, jobs, live
from grapevine.spread import channels
from grapevine.spread.faults import Fault
from grapevine.spread.models import Work, WorkState

WORK = "spread.work"
OTHERS = "spread.others.change"
"""What it takes to stop, remove or bring back what somebody else asked for."""
UNDO_WITHIN = timedelta(days=7)
"""What was removed can be restored for so long."""
_WAIT = timedelta(seconds=5)
W = TypeVar("W", bound=Work)


class NotYet(Exception):
    """What it stands on is still being worked out; it is begun again a little later."""


@dataclass(frozen=True)
class Kind:
    """How one kind of work is done. `permission` is what it takes to ask for it, to stop it and to remove it; what somebody else
    asked for takes `OTHERS`, too. `dropped` clears away what lies
    outside of the database, when a row (by its number) is gone for good."""

    name: str
    model: type[Work]
    do: Callable[[Any, jobs.Run], None]
    permission: str
    dropped: Callable[[int], None] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of work known. Raises ValueError when its name is taken."""
    if kind.name in _kinds:
        raise ValueError(f"{kind.name} is registered already")
    _kinds[kind.name] = kind


def kind(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _kinds[name]


def kinds() -> list[Kind]:
    """All kinds, those that others stand on last."""
    return sorted(_kinds.values(), key=lambda one: (one.name in ("cascade", "network"), one.name))


def kind_of(row: Work) -> Kind:
    """The kind of a row."""
    return next(one for one in _kinds.values() if isinstance(row, one.model))


@transaction.atomic
def ask(row: W, *, by: Any, at: datetime) -> W:
    """Keep what is asked for, and let the worker do it. The row must be new, with everything it needs but who, when and state.

    Raises AccessDenied.
    """
    kind = _allowed(row, by)
    row.state, row.made_by_id, row.made_at = WorkState.WAITING, getattr(by, "pk", None), at
    row.save()
    _put(kind, row)
    _tell(kind, row, "asked", by=by, at=at)
    return row


@transaction.atomic
def again(row: Work, *, by: Any, at: datetime) -> bool:
    """Compute anew what failed or was cancelled. False when it is in the making, or done. Raises AccessDenied."""
    kind = _theirs(row, by)
    ended = kind.model._default_manager.filter(
        pk=row.pk, state__in=[WorkState.FAILED, WorkState.CANCELLED]
    ).update(state=WorkState.WAITING, fault="", fault_params={}, ended_at=None)
    if ended:
        _put(kind, row)
        _tell(kind, row, "asked-again", by=by, at=at)
    return bool(ended)


@transaction.atomic
def cancel(row: Work, *, by: Any, at: datetime) -> bool:
    """Stop computing. False when it has ended already. Raises AccessDenied."""
    kind = _theirs(row, by)
    ended = kind.model._default_manager.filter(pk=row.pk, state__in=WorkState.unfinished()).update(
        state=WorkState.CANCELLED, ended_at=at
    )
    if ended:
        if row.job_id is not None:
            jobs.cancel(row.job_id, at=at)
        _tell(kind, row, "cancelled", by=by, at=at)
    return bool(ended)


@transaction.atomic
def remove(row: Work, *, by: Any, at: datetime) -> None:
    """Take it out of sight; it can be restored until it is dropped for good. What still computes is stopped. Raises AccessDenied."""
    kind = _theirs(row, by)
    cancel(row, by=by, at=at)
    kind.model._default_manager.filter(pk=row.pk, removed_at=None).update(removed_at=at)
    _tell(kind, row, "removed", by=by, at=at)


@transaction.atomic
def restore(row: Work, *, by: Any, at: datetime) -> None:
    """Bring back what was removed. Raises AccessDenied."""
    kind = _theirs(row, by)
    kind.model._default_manager.filter(pk=row.pk).update(removed_at=None)
    _tell(kind, row, "restored", by=by, at=at)


@transaction.atomic
def drop(row: Work, *, at: datetime) -> None:
    """Remove it for good, with all that hangs on it. For retention and the demo."""
    kind = kind_of(row)
    _tell(kind, row, "dropped", by=access.SYSTEM, at=at)
    if kind.dropped is not None:
        transaction.on_commit(partial(kind.dropped, row.pk))
    row.delete()


def drop_removed(*, at: datetime) -> int:
    """Remove for good what was taken out of sight long enough ago; returns how many. For the recurring job."""
    count = 0
    for kind in _kinds.values():
        for row in kind.model._default_manager.filter(removed_at__lt=at - UNDO_WITHIN):
            drop(row, at=at)
            count += 1
    return count


def language_of(row: Work) -> str:
    """In which language whoever asked for it reads."""
    return getattr(row.made_by, "language", "") or settings.LANGUAGE_CODE


def may_change(row: Work, *, by: Any) -> bool:
    """Whether `by` may stop it, try it again, remove it and bring it back: who asked for it, and leads."""
    return access.may(by, kind_of(row).permission) and is_theirs(row.made_by_id, by=by)


def is_theirs(user_id: int | None, *, by: Any) -> bool:
    """Whether what this user made is `by`'s to change: their own, or anybody's for those who may."""
    mine = user_id is not None and user_id == getattr(by, "pk", None)
    return mine or access.may(by, OTHERS)


def _theirs(row: Work, by: Any) -> Kind:
    kind = _allowed(row, by)
    if not is_theirs(row.made_by_id, by=by):
        raise access.AccessDenied(OTHERS)
    return kind


def _allowed(row: Work, by: Any) -> Kind:
    """The kind of a row that `by` may change. Raises AccessDenied."""
    kind = kind_of(row)
    access.require(by, kind.permission)
    return kind


def _tell(kind: Kind, row: Work, deed: str, *, by: Any, at: datetime) -> None:
    audit.record(f"spread.{kind.name}.{deed}", subject=row, by=by, at=at)
    _publish(kind, row)


def _put(kind: Kind, row: Work) -> None:
    job = jobs.put(WORK, {"of": kind.name, "id": row.pk}, key=f"{WORK}:{kind.name}:{row.pk}", max_attempts=3)
    if job is not None:
        row.job_id = job.pk
        kind.model._default_manager.filter(pk=row.pk).update(job_id=job.pk)


def run(run: jobs.Run, *, clock: Callable[[], datetime]) -> None:
    """Do one piece of work; called by the worker. What is gone or was stopped meanwhile is left alone."""
    kind = _kinds[run.payload["of"]]
    rows = kind.model._default_manager.filter(pk=run.payload["id"], state__in=WorkState.unfinished())
    row = rows.first()
    if row is None:
        return
    rows.update(state=WorkState.RUNNING)
    row.state = WorkState.RUNNING
    _publish(kind, row)
    try:
        kind.do(row, run)
    except NotYet:
        _put_off(kind, row, run, at=clock() + _WAIT)
    except Fault as fault:
        _end(kind, row, WorkState.FAILED, at=clock(), fault=fault.code, fault_params=fault.params)
    except Exception:
        # The job tries again; when it has done so for the last time, the row must not wait for ever.
        if run.job.attempts >= run.job.max_attempts:
            _end(kind, row, WorkState.FAILED, at=clock(), fault="broken", fault_params={})
        raise


def _put_off(kind: Kind, row: Work, run: jobs.Run, *, at: datetime) -> None:
    """Begin again a little later. Keyed by this job, so that a second try of it does not begin a second chain."""
    with transaction.atomic():
        kind.model._default_manager.filter(pk=row.pk, state=WorkState.RUNNING).update(state=WorkState.WAITING)
        job = jobs.put(WORK, run.payload, key=f"{WORK}:after:{run.job.pk}", at=at, max_attempts=3)
        if job is not None:
            kind.model._default_manager.filter(pk=row.pk).update(job_id=job.pk)
        row.state = WorkState.WAITING
        _publish(kind, row)


def finish(row: Work, run: jobs.Run, *, at: datetime, **values: Any) -> None:
    """Say that it is done, with what came out. Call it inside the transaction that stores the rest.

    Raises Cancelled, LeaseLost or Stopping, which undo that transaction: let them pass.
    """
    run.progress(run.job.total or 1)
    kind = kind_of(row)
    changed = kind.model._default_manager.filter(pk=row.pk, state=WorkState.RUNNING).update(
        state=WorkState.DONE, ended_at=at, version=grapevine.__version__, fault="", fault_params={}, **values
    )
    if not changed:
        raise jobs.Cancelled
    row.state = WorkState.DONE
    for name, value in values.items():
        setattr(row, name, value)
    _publish(kind, row)


def _end(kind: Kind, row: Work, state: WorkState, *, at: datetime, **values: Any) -> None:
    kind.model._default_manager.filter(pk=row.pk, state=WorkState.RUNNING).update(
        state=state, ended_at=at, **values
    )
    row.state = state
    _publish(kind, row)


def _publish(kind: Kind, row: Work) -> None:
    live.publish(channels.SPREAD, of=kind.name, id=row.pk, state=str(row.state))
