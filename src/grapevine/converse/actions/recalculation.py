"""What is due, reckoned anew after hours or targets changed: a job, batch by batch along the index of open threads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.converse.actions import waits
from grapevine.converse.models import Status, Thread
from grapevine.converse.selectors import desks
from grapevine.core import jobs

KIND = "converse.desk.recalculate"
TOGETHER = 500


def ask(*, team_id: int | None = None) -> None:
    """Have it done, of one team or of all. What is asked twice before it began is done once."""
    jobs.put(KIND, {"team": team_id}, key=f"{KIND}:{team_id or 'all'}")


def run(run_: jobs.Run, *, at: datetime) -> int:
    """Reckon the open threads anew; returns how many are due at another moment. Can be stopped and taken up at any batch."""
    team_id = run_.payload.get("team")
    rows = Thread.objects.filter(status=Status.OPEN, merged_into=None).exclude(waiting_since=None)
    if team_id is not None:
        rows = rows.filter(team_id=team_id)
    total, done, moved, last = rows.count(), 0, 0, 0
    book = desks.book(at)
    while True:
        run_.pause()
        with transaction.atomic():
            batch = list(rows.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))[:TOGETHER])
            if not batch:
                break
            changed = waits.changed(batch, at=at, book=book)
            Thread.objects.bulk_update(changed, waits.FIELDS, batch_size=TOGETHER)
            done, moved, last = done + len(batch), moved + len(changed), batch[-1].pk
            run_.progress(done, total=total)
    return moved


def is_running() -> dict[str, Any] | None:
    """How far the latest one is that has not finished; None when all is reckoned."""
    row = jobs.Job.objects.filter(kind=KIND, state__in=["waiting", "running"]).order_by("-id").first()
    return {"done": row.done, "total": row.total} if row is not None else None
