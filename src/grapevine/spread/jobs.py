"""What the worker does for spread."""

from __future__ import annotations

from datetime import timedelta

from grapevine.core import clock, jobs
from grapevine.spread.actions import removals, works


@jobs.job(works.WORK, lane="long")
def work(run: jobs.Run) -> None:
    """Compute one thing that somebody asked for."""
    works.run(run, clock=clock.now)


@jobs.job("spread.purge", every=timedelta(days=1))
def purge(run: jobs.Run) -> None:
    """Clear out what was removed some days ago."""
    removals.purge(at=clock.now())
