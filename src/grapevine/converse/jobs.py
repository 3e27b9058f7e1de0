"""What the worker does for converse."""

from __future__ import annotations

from datetime import timedelta

from grapevine.converse.actions import drafts, index, threads
from grapevine.core import clock, jobs


@jobs.job("converse.wake", every=timedelta(minutes=1))
def wake(run: jobs.Run) -> None:
    """Open what was snoozed until now, and forget who has gone."""
    at = clock.now()
    while threads.wake(at=at):
        run.progress(0)
    drafts.forget_presence(at=at)


@jobs.job("converse.tidy", every=timedelta(hours=6), lane="long")
def tidy(run: jobs.Run) -> None:
    """Keep the full-text index small, and let go what can be undone no longer."""
    threads.forget_deeds(at=clock.now())
    index.tidy()
