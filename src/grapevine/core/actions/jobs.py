"""What people do with jobs: cancel them, try them again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, jobs
from grapevine.core.models import Job


@transaction.atomic
def cancel(*, job: Job, by: Any, at: datetime) -> bool:
    """Cancel a job. False when it has ended already. Raises AccessDenied."""
    access.require(by, "core.jobs.change")
    done = jobs.cancel(job.pk, at=at)
    if done:
        audit.record("core.job.cancelled", subject=job, by=by, at=at, kind=job.kind)
    return done


@transaction.atomic
def retry(*, job: Job, by: Any, at: datetime) -> bool:
    """Let a failed or cancelled job run again. False when there is no need. Raises AccessDenied."""
    access.require(by, "core.jobs.change")
    done = jobs.retry(job.pk, at=at)
    if done:
        audit.record("core.job.retried", subject=job, by=by, at=at, kind=job.kind)
    return done
