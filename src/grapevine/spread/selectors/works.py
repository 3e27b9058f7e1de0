"""Where a piece of work stands, whatever kind it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.http import Http404

from grapevine.core.models import Job
from grapevine.spread import words
from grapevine.spread.actions import works
from grapevine.spread.models import Work, WorkState

W = TypeVar("W", bound=Work)
TONES = {WorkState.FAILED: "bad", WorkState.CANCELLED: "warn"}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where it stands. `done` of `total` is behind while it runs (0 of None before); `fault` says in words why it failed."""

    kind: str
    id: int
    name: str
    state: str
    label: str
    tone: str
    done: int
    total: int | None
    note: str
    fault: str
    made_at: datetime
    ended_at: datetime | None
    version: str
    may_change: bool

    @property
    def is_open(self) -> bool:
        """Whether it still changes by itself."""
        return self.state in WorkState.unfinished()

    @property
    def is_done(self) -> bool:
        return self.state == WorkState.DONE


def standing(row: Work, *, by: Any) -> Standing:
    """Where a piece of work stands, for `by`. One statement at most."""
    kind = works.kind_of(row)
    job = None
    if row.state in WorkState.unfinished() and row.job_id is not None:
        job = Job.objects.filter(pk=row.job_id).first()
    return Standing(
        kind=kind.name,
        id=row.pk,
        name=str(row),
        state=row.state,
        label=str(WorkState(row.state).label),
        tone=TONES.get(WorkState(row.state), ""),
        done=job.done if job is not None else 0,
        total=job.total if job is not None else None,
        note=job.note if job is not None else "",
        fault=words.fault(row.fault, row.fault_params),
        made_at=row.made_at,
        ended_at=row.ended_at,
        version=row.version,
        may_change=works.may_change(row, by=by),
    )


def reachable(model: type[W], row_id: int, *, removed: bool = False, related: Sequence[str] = ()) -> W:
    """The row of this number, with those `related` to it; one that was removed only when asked for. Raises Http404."""
    rows = model._default_manager.all()
    if related:
        rows = rows.select_related(*related)
    wanted = rows.filter(pk=row_id) if removed else rows.filter(pk=row_id, removed_at=None)
    found: Any = wanted.first()
    if not isinstance(found, model):
        raise Http404
    return found
