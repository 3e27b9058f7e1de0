"""What the worker does for spread."""

from __future__ import annotations

from datetime import timedelta

from grapevine.core import clock, jobs
from grapevine.spread.actions import cascades, forecasts, networks, tie_files, works


@jobs.job(works.WORK, lane="long")
def work(run: jobs.Run) -> None:
    """Compute one thing that somebody asked for."""
    works.run(run, clock=clock.now)


@jobs.job(cascades.DRAW, lane="long")
def draw(run: jobs.Run) -> None:
    """Draw the charts of a cascade that is done, in the language of who asked for it: nobody waits for them on the page."""
    # Imported when it is wanted: the engine takes a while, and every process knows the jobs.
    from grapevine.spread import drawn_before

    drawn_before.of_cascade(int(run.payload["id"]))


@jobs.job("spread.renew", every=timedelta(hours=1))
def renew(run: jobs.Run) -> None:
    """Ask for those networks anew that are kept fresh and are older than a night."""
    networks.renew(at=clock.now())


@jobs.job("spread.tidy", every=timedelta(hours=6), lane="long")
def tidy(run: jobs.Run) -> None:
    """Let go old networks on which nothing hangs, and what was removed long enough ago."""
    at = clock.now()
    networks.let_go(at=at)
    works.drop_removed(at=at)
    tie_files.drop_removed(at=at)
    forecasts.drop_removed(at=at)
