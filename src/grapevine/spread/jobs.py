"""What the worker does for spread."""

from __future__ import annotations

from grapevine.core import clock, jobs
from grapevine.spread.actions import works


@jobs.job(works.WORK, lane="long")
def work(run: jobs.Run) -> None:
    """Compute one thing that somebody asked for."""
    works.run(run, clock=clock.now)
