"""Jobs: leased rows in the same database, claimed in batches.

A job is put in the transaction of the change that wants it. A worker claims due jobs under a lease and renews it while they
run; when it dies, the lease is given back (see `core.workers`) or runs out, and another worker takes the job up. So a job may
run more than once. Work that must happen once is done in a transaction that also calls `Run.progress`: who lost the lease is
stopped there, and what it did since the last commit is undone.
"""

from __future__ import annotations

import secrets
import threading
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Q

from grapevine.core import clock
from grapevine.core.models import Job
from grapevine.core.models.jobs import JobState
from grapevine.core.wording import Wording

LEASE = timedelta(seconds=60)
Lane = Literal["short", "long", "sending"]
"""What takes minutes must not keep the short ones waiting, and an answer to a person must not wait behind a slow feed."""


class Cancelled(Exception):
    """Somebody cancelled the job while it ran."""


class LeaseLost(Exception):
    """Another worker has taken the job over, so this one must stop at once."""


class Stopping(Exception):
    """The worker is asked to stop; the job goes on where it was when a worker is there again."""


@dataclass
class Run:
    """One run of a job: what its function is given."""

    job: Job
    stop: threading.Event = field(default_factory=threading.Event)
    lost: threading.Event = field(default_factory=threading.Event)
    _let_pass: bool = False

    @property
    def payload(self) -> dict[str, Any]:
        return self.job.payload

    def progress(self, done: int, *, total: int | None = None, note: str = "") -> None:
        """Say how far it is, and renew the lease.

        Call it once a batch, in the batch's transaction. Raises Cancelled, LeaseLost or Stopping: let them pass.
        """
        if self.stop.is_set():
            # A batch that is nearly done may still be committed; the next one may not.
            if self._let_pass or not connection.in_atomic_block:
                raise Stopping
            self._let_pass = True
        changed = _mine(self.job).update(
            done=done,
            total=total if total is not None else F("total"),
            note=note[:200] or F("note"),
            leased_until=clock.now() + LEASE,
        )
        if not changed:
            state = Job.objects.filter(pk=self.job.pk).values_list("state", flat=True).first()
            raise Cancelled if state == JobState.CANCELLED else LeaseLost

    def pause(self) -> None:
        """Between two batches, outside a transaction: raises Stopping or LeaseLost when there is no going on."""
        if self.stop.is_set():
            raise Stopping
        if self.lost.is_set():
            raise LeaseLost


Function = Callable[[Run], None]


@dataclass(frozen=True)
class Kind:
    """What is known of one kind of job."""

    name: str
    function: Function
    every: timedelta | None
    lane: Lane


_kinds: dict[str, Kind] = {}
_wording = Wording()
describe, label = _wording.describe, _wording.label


def job(kind: str, *, every: timedelta | None = None, lane: Lane = "short") -> Callable[[Function], Function]:
    """Register a function for jobs of `kind`; with `every`, one is put again and again by the worker's clock."""

    def register(function: Function) -> Function:
        _kinds[kind] = Kind(kind, function, every, lane)
        return function

    return register


def known() -> list[Kind]:
    """All registered kinds, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kinds(lane: Lane | None = None) -> list[str]:
    """The names of all registered kinds, of one lane or of both."""
    return sorted(kind.name for kind in _kinds.values() if lane is None or kind.lane == lane)


def put(
    kind: str,
    payload: dict[str, Any] | None = None,
    *,
    at: datetime | None = None,
    key: str = "",
    max_attempts: int = 8,
) -> Job | None:
    """Put a job, to run at `at` (now when None). None when an unfinished job with the same key is there already."""
    now = clock.now()
    if kind not in _kinds:
        raise KeyError(f"no job function is registered for {kind!r}")
    if key and Job.objects.filter(key=key, state__in=JobState.unfinished()).exists():
        return None
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
    except IntegrityError:  # somebody else was faster with the same key
        if not key:
            raise
        return None


def cancel(job_id: int, *, at: datetime) -> bool:
    """Cancel a job that is not finished. A running one stops at its next `progress`."""
    return bool(
        Job.objects.filter(pk=job_id, state__in=JobState.unfinished()).update(
            state=JobState.CANCELLED, finished_at=at
        )
    )


def retry(job_id: int, *, at: datetime) -> bool:
    """Let a failed or cancelled job run again, with all its attempts. False when the same work is waiting already."""
    try:
        with transaction.atomic():
            return bool(
                Job.objects.filter(pk=job_id, state__in=[JobState.FAILED, JobState.CANCELLED]).update(
                    state=JobState.WAITING, run_at=at, attempts=0, lease="", finished_at=None, error=""
                )
            )
    except IntegrityError:
        return False


def claim(limit: int, *, at: datetime, kinds: Iterable[str] | None = None, worker: str = "") -> list[Job]:
    """Take up to `limit` due jobs, the longest waiting first; each is leased to `worker` for `LEASE`.

    A job whose worker died under it as often as it may be tried is not given out again, but failed.
    """
    due = Q(state=JobState.WAITING, run_at__lte=at) | Q(state=JobState.RUNNING, leased_until__lt=at)
    lease = f"{worker}:{secrets.token_hex(8)}"
    rows = Job.objects.filter(due).order_by("run_at", "id")
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    # Looking takes no lock: an idle worker must not stand in the way of those who write.
    if not rows.exists():
        return []
    with transaction.atomic():
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True)
        found = list(rows.values_list("pk", "state", "attempts", "max_attempts")[:limit])
        deadly = [pk for pk, state, tried, limit_ in found if state == JobState.RUNNING and tried >= limit_]
        Job.objects.filter(pk__in=deadly).update(
            state=JobState.FAILED,
            finished_at=at,
            error="The worker stopped while it ran, each time it was tried.",
        )
        ids = [pk for pk, *_ in found if pk not in deadly]
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


def run(
    claimed: Job, *, stop: threading.Event | None = None, lost: threading.Event | None = None
) -> JobState:
    """Run one claimed job to its end, and write down how it ended. Faults are kept with the job, not raised.

    `stop` asks the job to give back at the next batch; `lost` says that the lease is gone. Raises DatabaseError only when the
    end could not be written down: then the lease runs out, and the job is run again.
    """
    kind = _kinds.get(claimed.kind)
    this = Run(claimed, stop or threading.Event(), lost or threading.Event())
    try:
        if kind is None:
            raise LookupError(f"no function is registered for jobs of kind {claimed.kind!r}")
        kind.function(this)
    except (Cancelled, LeaseLost):
        return JobState.CANCELLED
    except Stopping:
        _mine(claimed).update(state=JobState.WAITING, lease="", attempts=F("attempts") - 1)
        return JobState.WAITING
    except Exception as error:  # noqa: BLE001 - the boundary: whatever a job does wrong is kept with it
        if isinstance(error, DatabaseError) and not connection.in_atomic_block:
            connection.close()  # it may be broken; the next query opens a fresh one
        return _failed(claimed, error)
    _mine(claimed).update(state=JobState.DONE, finished_at=clock.now(), error="")
    return JobState.DONE


def run_due(*, at: datetime, limit: int = 100) -> int:
    """Run what is due here and now, one after the other, until nothing is; returns how many. For tests and `work --once`."""
    count = 0
    while count < limit and (claimed := claim(1, at=at)):
        run(claimed[0])
        count += 1
    return count


def _failed(claimed: Job, error: Exception) -> JobState:
    # The last frames are enough for the page; they hold names of files and functions, no values, so no texts leak.
    frames = "".join(traceback.format_tb(error.__traceback__, limit=-6))
    told = f"{type(error).__name__}: {str(error)[:500]}\n{frames}"[:4000]
    if claimed.attempts >= claimed.max_attempts:
        _mine(claimed).update(state=JobState.FAILED, finished_at=clock.now(), error=told)
        return JobState.FAILED
    wait = timedelta(seconds=min(3600, 2**claimed.attempts * 5))
    _mine(claimed).update(state=JobState.WAITING, run_at=clock.now() + wait, error=told, lease="")
    return JobState.WAITING


def _mine(claimed: Job) -> Any:
    return Job.objects.filter(pk=claimed.pk, lease=claimed.lease, state=JobState.RUNNING)


def renew(leases: Iterable[tuple[int, str]], *, at: datetime) -> set[int]:
    """Renew the leases of running jobs; returns the ids of those that are ours no longer."""
    ours = Job.objects.filter(state=JobState.RUNNING)
    return {pk for pk, lease in leases if not ours.filter(pk=pk, lease=lease).update(leased_until=at + LEASE)}


def give_back(worker: str, *, at: datetime) -> int:
    """Let others take up at once what a worker that is no more was running; returns how many jobs."""
    return Job.objects.filter(lease__startswith=f"{worker}:", state=JobState.RUNNING).update(
        leased_until=at - timedelta(seconds=1)
    )


def put_back(worker: str) -> int:
    """Let a worker that stops in order lay down what it has not ended; returns how many jobs.

    The try does not count, for the job has done nothing wrong. Nor may it go on here: its next `progress` finds the lease gone.
    """
    return Job.objects.filter(lease__startswith=f"{worker}:", state=JobState.RUNNING).update(
        state=JobState.WAITING, lease="", attempts=F("attempts") - 1
    )


def put_recurring(*, at: datetime) -> None:
    """Put the jobs that recur and are not waiting already. The worker calls it every few seconds."""
    for kind in _kinds.values():
        if kind.every is None:
            continue
        latest = Job.objects.filter(kind=kind.name, key=f"every:{kind.name}").order_by("-id").first()
        if latest is None or (
            latest.state not in JobState.unfinished() and latest.created_at + kind.every <= at
        ):
            put(kind.name, key=f"every:{kind.name}", max_attempts=1)
