"""Jobs that are over, and how long they are kept."""

from __future__ import annotations

from datetime import datetime

from grapevine.core import jobs
from grapevine.core.models import Job
from grapevine.core.models.jobs import JobState

KEPT = 5  # finished jobs of what recurs, by how they ended


def forget(kind: str, *, key: str = "") -> int:
    """Remove all jobs of a kind (and a key), waiting ones too: what they were for is gone. Returns how many."""
    found = Job.objects.filter(kind=kind)
    return (found.filter(key=key) if key else found).delete()[0]


def forget_done(kind: str) -> int:
    """Remove the jobs of a kind that ended well; for what follows upon itself all day. Returns how many."""
    return Job.objects.filter(kind=kind, state=JobState.DONE).delete()[0]


def forget_finished(*, before: datetime) -> int:
    """Remove finished jobs older than `before`; of what recurs all but the latest of each end. Returns how many."""
    latest: list[int] = []
    removed = 0
    for name in [kind.name for kind in jobs.known() if kind.every is not None]:
        its = Job.objects.filter(kind=name, key=f"every:{name}").order_by("-id")
        ended = its.exclude(state__in=JobState.unfinished())
        latest += its.values_list("pk", flat=True)[:1]
        kept = [
            pk for state in JobState for pk in ended.filter(state=state).values_list("pk", flat=True)[:KEPT]
        ]
        removed += ended.exclude(pk__in=[*kept, *latest]).delete()[0]
    return removed + Job.objects.filter(finished_at__lt=before).exclude(pk__in=latest).delete()[0]
