"""What the worker does for people."""

from __future__ import annotations

from datetime import timedelta

from grapevine.core import clock, jobs
from grapevine.people.actions import purchases, tidying


@jobs.job("people.tidy", every=timedelta(hours=1))
def tidy(run: jobs.Run) -> None:
    """Let go what is remembered no longer."""
    tidying.tidy(at=clock.now())


@jobs.job(purchases.READ, lane="long")
def read_purchases(run: jobs.Run) -> None:
    """Read a file of purchases."""
    purchases.read_file(file_id=run.payload["file_id"], at=clock.now(), run=run)
