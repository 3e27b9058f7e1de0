"""Questions about jobs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.http import Http404

from grapevine.core import access, clock, heartbeats, jobs
from grapevine.core.models import Job
from grapevine.core.models.jobs import JobState

SHOWN = 100


@dataclass(frozen=True)
class JobRow:
    """A job as the page shows it. `percent` is None when nobody knows how much there is to do."""

    id: int
    kind: str
    label: str
    state: str
    state_name: str
    note: str
    done: int
    total: int | None
    percent: int | None
    attempts: int
    error: str
    run_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    per_second: float | None
    seconds_left: int | None
    same: int = 0  # finished ones of its kind that it stands for

    @property
    def may_be_cancelled(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def may_be_retried(self) -> bool:
        return self.state in (JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True)
class JobsPage:
    """The page of jobs: what runs or waits, what ended of late, and whether a worker is there to do it."""

    rows: list[JobRow]
    waiting: int
    worker_alive: bool


def row(job: Job, *, at: datetime) -> JobRow:
    """One job as pages show it, with its rate and the time left."""
    rate = left = None
    if job.state == JobState.RUNNING and job.started_at and job.done:
        seconds = max(0.001, (at - job.started_at).total_seconds())
        rate = job.done / seconds
        left = round((job.total - job.done) / rate) if job.total and job.total > job.done else None
    return JobRow(
        id=job.pk,
        kind=job.kind,
        label=jobs.label(job.kind),
        state=job.state,
        state_name=job.get_state_display(),
        note=job.note,
        done=job.done,
        total=job.total,
        percent=min(100, 100 * job.done // job.total) if job.total else None,
        attempts=job.attempts,
        error=job.error,
        run_at=job.run_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        per_second=rate,
        seconds_left=left,
    )


def page(by: Any, *, at: datetime, state: str = "") -> JobsPage:
    """The jobs worth a look: running, waiting, failed, then the ended ones; of each kind that ended well the latest stands for all.

    With `state`, every one of that state. Raises AccessDenied.
    """
    access.require(by, "core.jobs.see")
    found = Job.objects.order_by("-id")
    found = found.filter(state=state) if state else found
    same: dict[int, int] = {}
    # What is done again and again would bury what people asked for, and what went wrong.
    if not state:
        done = Job.objects.filter(state=JobState.DONE).exclude(key__startswith="every:")
        for kind in done.order_by().values("kind").annotate(last=Max("pk"), number=Count("pk")):
            same[kind["last"]] = kind["number"] - 1
        found = found.filter(~Q(state=JobState.DONE) | Q(pk__in=list(same)))
    rows = [replace(row(job, at=at), same=same.get(job.pk, 0)) for job in found[:SHOWN]]
    order = [JobState.RUNNING, JobState.WAITING, JobState.FAILED, JobState.CANCELLED, JobState.DONE]
    rows.sort(key=lambda one: order.index(JobState(one.state)))
    return JobsPage(
        rows=rows,
        waiting=Job.objects.filter(state=JobState.WAITING, run_at__lte=at).count(),
        worker_alive=heartbeats.alive("worker", at=at),
    )


def reachable_by(by: Any, job_id: int) -> Job:
    """A job, for somebody who may see jobs. Raises AccessDenied, Http404."""
    access.require(by, "core.jobs.see")
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise Http404("no such job")
    return job


def of_key(key: str) -> JobRow | None:
    """The latest job with `key`, for a page that shows how far its own work is."""
    job = Job.objects.filter(key=key).order_by("-id").first()
    return row(job, at=clock.now()) if job is not None else None


def unfinished(ids: Iterable[int]) -> set[int]:
    """Of these jobs, those that a worker does or will still do; one that failed, or is gone, does nothing any more."""
    wanted = list(ids)
    if not wanted:
        return set()
    return set(
        Job.objects.filter(pk__in=wanted, state__in=JobState.unfinished()).values_list("pk", flat=True)
    )
