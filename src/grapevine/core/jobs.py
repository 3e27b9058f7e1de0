"""Jobs: leased rows in the same database, claimed in batches.

A job is put in the transaction of the change that wants it. The worker claims due jobs under a lease and renews it while they run; when it
dies the lease runs out and another worker takes them up. So a job may run more than once, and its function must bear it.
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from grapevine.core import clock
from grapevine.core.models import Job
from grapevine.core.models.jobs import JobState

LEASE = timedelta(seconds=60)

_functions: dict[str, Callable[[Run], None]] = {}
_every: dict[str, timedelta] = {}


class Cancelled(Exception):
    """Somebody cancelled the job while it ran."""


class LeaseLost(Exception):
    """Another worker has taken the job over, so this one must stop at once."""


@dataclass
class Run:
    """One run of a job: what its function is given."""

    job: Job

    @property
    def payload(self) -> dict[str, Any]:
        return self.job.payload

    def progress(self, done: int, *, total: int | None = None, note: str = "") -> None:
        """Say how far it is, and renew the lease. Raises Cancelled or LeaseLost; call it at least every 20 seconds."""
        changed = Job.objects.filter(pk=self.job.pk, lease=self.job.lease, state=JobState.RUNNING).update(
            done=done,
            total=total if total is not None else F("total"),
            note=note or F("note"),
            leased_until=clock.now() + LEASE,
        )
        if not changed:
            state = Job.objects.filter(pk=self.job.pk).values_list("state", flat=True).first()
            raise Cancelled if state == JobState.CANCELLED else LeaseLost


def job(
    kind: str, *, every: timedelta | None = None
) -> Callable[[Callable[[Run], None]], Callable[[Run], None]]:
    """Register a function for jobs of `kind`; with `every`, one is put again and again by the worker's clock."""

    def register(function: Callable[[Run], None]) -> Callable[[Run], None]:
        _functions[kind] = function
        if every is not None:
            _every[kind] = every
        return function

    return register


def put(
    kind: str,
    payload: dict[str, Any] | None = None,
    *,
    at: datetime | None = None,
    key: str = "",
    max_attempts: int = 8,
) -> Job | None:
    """Put a job, to run at `at` (now when None). None when an unfinished job with the same key is there already."""
    if kind not in _functions:
        raise KeyError(f"no job function is registered for {kind!r}")
    now = clock.now()
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind,
                payload=payload or {},
                key=key,
                run_at=at or now,
                max_attempts=max_attempts,
                created_at=now,
            )
    except IntegrityError:
        return None


def cancel(job_id: int, *, at: datetime) -> bool:
    """Cancel a job that is not finished. A running one stops at its next `progress`."""
    return bool(
        Job.objects.filter(pk=job_id, state__in=[JobState.WAITING, JobState.RUNNING]).update(
            state=JobState.CANCELLED, finished_at=at
        )
    )


def claim(limit: int, *, at: datetime, kinds: Iterable[str] | None = None) -> list[Job]:
    """Take up to `limit` due jobs, the longest waiting first; each is leased to the caller for `LEASE`."""
    due = Q(state=JobState.WAITING, run_at__lte=at) | Q(state=JobState.RUNNING, leased_until__lt=at)
    lease = secrets.token_hex(16)
    with transaction.atomic():
        rows = Job.objects.filter(due).order_by("run_at", "id")
        if kinds is not None:
            rows = rows.filter(kind__in=list(kinds))
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True)
        ids = list(rows.values_list("pk", flat=True)[:limit])
        if not ids:
            return []
        Job.objects.filter(pk__in=ids).update(
            state=JobState.RUNNING,
            lease=lease,
            leased_until=at + LEASE,
            started_at=at,
            attempts=F("attempts") + 1,
        )
    return list(Job.objects.filter(pk__in=ids, lease=lease).order_by("run_at", "id"))


def run(claimed: Job) -> JobState:
    """Run one claimed job to its end, and write down how it ended. Faults are kept with the job, not raised."""
    function = _functions.get(claimed.kind)
    try:
        if function is None:
            raise LookupError(f"no function is registered for jobs of kind {claimed.kind!r}")
        function(Run(claimed))
    except (Cancelled, LeaseLost):
        return JobState.CANCELLED
    except Exception as error:  # noqa: BLE001 - the boundary: whatever a job does wrong is kept with it
        return _failed(claimed, error)
    _mine(claimed).update(state=JobState.DONE, finished_at=clock.now(), error="")
    return JobState.DONE


def _failed(claimed: Job, error: Exception) -> JobState:
    # The last line is enough for the page; a traceback's frames hold no values, so no texts leak.
    told = "".join(traceback.format_exception(error, limit=-6))[-4000:]
    if claimed.attempts >= claimed.max_attempts:
        _mine(claimed).update(state=JobState.FAILED, finished_at=clock.now(), error=told)
        return JobState.FAILED
    wait = timedelta(seconds=min(3600, 2**claimed.attempts * 5))
    _mine(claimed).update(state=JobState.WAITING, run_at=clock.now() + wait, error=told, lease="")
    return JobState.WAITING


def _mine(claimed: Job) -> Any:
    return Job.objects.filter(pk=claimed.pk, lease=claimed.lease, state=JobState.RUNNING)


def put_recurring(*, at: datetime) -> None:
    """Put the jobs that recur and are not waiting already. The worker calls it every few seconds."""
    for kind, every in _every.items():
        latest = Job.objects.filter(kind=kind).order_by("-id").first()
        if latest is None or (
            latest.state not in (JobState.WAITING, JobState.RUNNING) and latest.created_at + every <= at
        ):
            put(kind, key=f"every:{kind}", max_attempts=1)


def forget_finished(*, before: datetime) -> int:
    """Remove finished jobs older than `before`; returns how many."""
    return Job.objects.filter(finished_at__lt=before).delete()[0]
